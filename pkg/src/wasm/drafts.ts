/** The module that holds drafts, advises and splits: the crate's `draft/`, `advice/` and `split.rs`. */
import { type Exports, glue, text } from "./generated/draft.js";
import { WasmModule } from "./module.js";
import { bytesAt, decode } from "./output.js";

export const drafts = /* @__PURE__ */ new WasmModule<Exports>(() => glue(folding), text);

let folded = new Uint8Array(0);

/** Unicode's tables are the engine's: what `src/js/fold.rs` imports. */
const folding = {
  fold_text(start: number, length: number): number {
    let text = decode(bytesAt(drafts.instance, start, length));
    try {
      text = text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
    } catch {
      // A page that has replaced these methods with broken ones: nothing is folded.
    }
    folded = new TextEncoder().encode(text);
    return folded.length;
  },
  folded(start: number): void {
    bytesAt(drafts.instance, start, folded.length).set(folded);
  },
};
