import type { Glue } from "./glue.js";
import type { WasmModule } from "./module.js";
import { bytesAt, decode } from "./output.js";

/** The text in one case and one Unicode form; what is equal then are near duplicates (`src/advice/near_duplicate.rs`). */
export function fold(text: string): string {
  try {
    return text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
  } catch {
    // The page has replaced these methods with broken ones, so nothing is folded.
    return text;
  }
}

/**
 * What `src/js/fold.rs` imports: folding uses the engine's Unicode tables.
 *
 * @param module the module that calls them
 */
export function folding(module: () => Pick<WasmModule<Glue>, "instance">) {
  let folded = new Uint8Array(0);
  // Created when it is first needed: some test environments lack it.
  let encoder: TextEncoder | undefined;
  return {
    fold_text(start: number, length: number): number {
      const text = decode(bytesAt(module().instance, start, length));
      encoder ??= new TextEncoder();
      folded = encoder.encode(fold(text));
      return folded.length;
    },
    folded(start: number): void {
      bytesAt(module().instance, start, folded.length).set(folded);
    },
  };
}
