/** The module for drafts and advice: the crate's `draft/` and `advice/`. */
import { folding } from "./folding.js";
import { type Exports, glue, text } from "./generated/draft.js";
import { WasmModule } from "./module.js";

export const drafts: WasmModule<Exports> = /* @__PURE__ */ new WasmModule<Exports>(
  () => glue(folding(() => drafts)),
  text,
);
