/** The module that validates: the crate's `validate/` and `json/`. */
import { glue, text } from "./generated/validate.js";
import { WasmModule } from "./module.js";

export const validator = /* @__PURE__ */ new WasmModule(glue, text);
