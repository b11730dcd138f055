/**
 * The entry for Cloudflare's workerd and for edge runtimes, by the export conditions `workerd` and `edge-light`: they
 * refuse to compile bytes at run time, and import a `.wasm` as a compiled module.
 */
import call from "./wasm/call.wasm?module";
import { caller } from "./wasm/caller.js";
import draft from "./wasm/draft.wasm?module";
import { drafts } from "./wasm/drafts.js";
import merge from "./wasm/merge.wasm?module";
import { merger } from "./wasm/merger.js";
import validate from "./wasm/validate.wasm?module";
import { validator } from "./wasm/validator.js";

validator.provide(validate);
drafts.provide(draft);
merger.provide(merge);
caller.provide(call);

export * from "./index.js";
