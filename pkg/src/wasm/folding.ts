import type { Glue } from "./glue.js";
import type { WasmModule } from "./module.js";
import { bytesAt, decode } from "./output.js";

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
      let text = decode(bytesAt(module().instance, start, length));
      try {
        text = text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
      } catch {
        // The page has replaced these methods with broken ones, so nothing is folded.
      }
      encoder ??= new TextEncoder();
      folded = encoder.encode(text);
      return folded.length;
    },
    folded(start: number): void {
      bytesAt(module().instance, start, folded.length).set(folded);
    },
  };
}
