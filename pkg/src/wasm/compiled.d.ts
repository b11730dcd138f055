/** A wasm file as bundlers for edge runtimes import it. */
declare module "*.wasm?module" {
  const compiled: WebAssembly.Module;
  export default compiled;
}
