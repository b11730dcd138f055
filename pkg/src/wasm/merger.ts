/** The module for merging and splitting: the crate's `merge.rs` and `split.rs`. */
import { folding } from "./folding.js";
import { type Exports, glue, text } from "./generated/merge.js";
import { WasmModule } from "./module.js";

export const merger: WasmModule<Exports> = /* @__PURE__ */ new WasmModule<Exports>(
  () => glue(folding(() => merger)),
  text,
);
