/**
 * wasm-bindgen's glue of one module as a function: each call is a fresh closure for a fresh instance, so nothing runs
 * at import, and nothing of an instance that trapped is left behind.
 */
import { Failure } from "./setup/child.mjs";

/**
 * The pass of `wasm-opt` that shortens the names of imports and exports and prints them. wasm-bindgen's imports carry
 * a hash of sixteen digits each, which does not compress.
 */
export const SHORTEN = "--minify-imports-and-exports-and-modules";

/**
 * @param {string} javascript wasm-bindgen's output for `--target web`
 * @param {string} printed what {@link SHORTEN} printed: `{"imports": [[module, name, short]], "exports": [[name, short]]}`
 * @returns {string} a module that exports the function `glue`
 */
export function glueOf(javascript, printed) {
  const loader = javascript.indexOf("async function __wbg_load(");
  if (loader < 0)
    throw new Failure("wasm-bindgen writes its loader otherwise than scripts/glue.mjs expects.");
  /** @type {string[]} */
  const exported = [];
  // What the module imports is handed to the function.
  const provided = /^import ({.*}) from .*;\n/m.exec(javascript)?.[1] ?? "";
  const body = javascript
    .slice(0, loader)
    .replace(/^\/\* @ts-self-types.*\n/, "")
    .replace(/^import .*\n/gm, "")
    .replace(/^export (function|class) (\w+)/gm, (_, kind, name) => {
      exported.push(name);
      return `${kind} ${name}`;
    });
  const fields = [
    ...exported,
    "imports: __wbg_get_imports",
    "start: __wbg_finalize_init",
    "memory: () => wasm.memory",
  ];
  return withShortNames(
    `export function glue(${provided}) {\n${body}\nreturn { ${fields.join(", ")} };\n}\n`,
    printed,
  );
}

/** @param {string} glue @param {string} printed */
function withShortNames(glue, printed) {
  /** @type {{imports: [string, string, string][], exports: [string, string][]}} */
  const names = JSON.parse(printed);
  const imports = new Map(names.imports.map(([, name, short]) => [name, short]));
  const exports = new Map(names.exports);
  let left = imports.size;
  const renamed = glue
    .replace(/"\.\/\w+_bg\.js":/, "a:")
    // Functions that are not in the wasm any more keep their names.
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
  if (left !== 0) throw new Failure("The glue is written otherwise than scripts/glue.mjs expects.");
  return renamed;
}

/**
 * The declarations of what `glue` returns, from wasm-bindgen's own.
 *
 * @param {string} declarations
 */
export function declarationsOf(declarations) {
  const end = declarations.indexOf("export type InitInput");
  if (end < 0) throw new Failure("wasm-bindgen writes its types otherwise than scripts/glue.mjs expects.");
  const own = declarations.slice(0, end).replace(/^\/\* .*\*\/\n/gm, "");
  const functions = [...own.matchAll(/(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export function [^\n]*;\n/g)].map(
    ([text]) => text.replace("export function ", ""),
  );
  const others = own.replace(/(?:\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export function [^\n]*;\n/g, "");
  return `${others.trim()}

import type { Glue } from "../glue.js";

/** What the module exports. */
export interface Exports extends Glue {
${functions.join("\n")}}

export function glue(provided?: Record<string, Function>): Exports;
/** The wasm as text; see \`unpack.js\`. */
export const text: string;
`;
}
