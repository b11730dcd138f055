/** The module that decides the course of a call to the API: the crate's `call/`. */
import { glue, text } from "./generated/call.js";
import { WasmModule } from "./module.js";

export const caller = /* @__PURE__ */ new WasmModule(glue, text);
