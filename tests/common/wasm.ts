// The package's own wasm modules, which its index does not show: to look at their memory, and to trap them.

import type { Glue } from "../../pkg/src/wasm/glue.js";
import type { WasmModule } from "../../pkg/src/wasm/module.js";

const load = async (name: string) =>
  (await import(`../../pkg/dist/wasm/${name}.js`)) as Record<string, unknown>;

export const { validator } = (await load("validator")) as typeof import("../../pkg/src/wasm/validator.js");
export const { drafts } = (await load("drafts")) as typeof import("../../pkg/src/wasm/drafts.js");
export const { merger } = (await load("merger")) as typeof import("../../pkg/src/wasm/merger.js");
export const { caller } = (await load("caller")) as typeof import("../../pkg/src/wasm/caller.js");

/** The size in bytes of a module's memory, which never shrinks. */
export function memoryOf(module: Pick<WasmModule<Glue>, "instance">): number {
  return module.instance.memory().buffer.byteLength;
}
