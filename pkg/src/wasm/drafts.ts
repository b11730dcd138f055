/** The module for drafts, advice, splitting and merging: the crate's `draft/`, `advice/`, `split.rs` and `merge.rs`. */
import { type Exports, glue, text } from "./generated/draft.js";
import { WasmModule } from "./module.js";
import { bytesAt, decode } from "./output.js";

export const drafts = /* @__PURE__ */ new WasmModule<Exports>(() => glue(folding), text);

let folded = new Uint8Array(0);

/** What `src/js/fold.rs` imports: folding uses the engine's Unicode tables. */
const folding = {
  fold_text(start: number, length: number): number {
    let text = decode(bytesAt(drafts.instance, start, length));
    try {
      text = text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
    } catch {
      // The page has replaced these methods with broken ones, so nothing is folded.
    }
    folded = new TextEncoder().encode(text);
    return folded.length;
  },
  folded(start: number): void {
    bytesAt(drafts.instance, start, folded.length).set(folded);
  },
};
