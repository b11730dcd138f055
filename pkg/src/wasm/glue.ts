/** What the glue of every module has (`scripts/glue.mjs`), besides the module's own exports. */
export interface Glue {
  imports(): WebAssembly.Imports;
  start(instance: WebAssembly.Instance): unknown;
  memory(): WebAssembly.Memory;
  reserve(bytes: number): number;
  capacity(): number;
  text_length(): number;
}
