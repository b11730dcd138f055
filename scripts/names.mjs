/**
 * Short names between the wasm and its glue. wasm-bindgen's carry a hash each, sixteen digits of which brotli makes
 * nothing, twice over: 1.5 kB in all.
 */
import { Failure } from "./setup/child.mjs";

/** The pass of `wasm-opt` that shortens the names in the wasm, calls its one module of imports `a`, and prints the rest. */
export const SHORTEN = "--minify-imports-and-exports-and-modules";

/**
 * The glue with the names that `wasm-opt` gave.
 *
 * @param {string} glue
 * @param {string} printed `{"imports": [[module, name, short]], "exports": [[name, short]]}`
 */
export function withShortNames(glue, printed) {
  /** @type {{imports: [string, string, string][], exports: [string, string][]}} */
  const names = JSON.parse(printed);
  const imports = new Map(names.imports.map(([, name, short]) => [name, short]));
  const exports = new Map(names.exports);
  let left = imports.size;
  const renamed = glue
    .replace('"./wasm_bg.js":', '"a":')
    // Those that are not in the wasm any more keep their names.
    .replace(/^( {8})(\w+)(?=: function)/gm, (line, indent, name) => {
      const short = imports.get(name);
      if (short === undefined) return line;
      left--;
      return indent + short;
    })
    .replace(/\bwasm\.(\w+)/g, (_, name) => {
      const short = exports.get(name);
      if (short === undefined) throw new Failure(`The glue uses ${name}, which the wasm does not export.`);
      return `wasm.${short}`;
    });
  if (left !== 0 || imports.size === 0)
    throw new Failure("The glue is written otherwise than scripts/names.mjs knows it.");
  return renamed;
}
