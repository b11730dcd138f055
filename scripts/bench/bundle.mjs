/** Bundles each contestant as an application would. The bundles are what is measured, for speed and for size. */
import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { Ajv } from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "vite";
import { costOf, IMPORTS } from "../bundle.mjs";
import { schema } from "./contestants/ajv-validator.mjs";

export const CONTESTANTS = [
  "floor",
  "symbl-tracker",
  "hand-written",
  "zod",
  "valibot",
  "ajv",
  "ajv-standalone",
];

/** The modules that measure the contestants. */
const RUNNERS = ["measure", "draft"];

/** @type {import("vite").Plugin} */
const ajvStandalone = {
  name: "ajv-standalone",
  resolveId: (id) => (id === "virtual:ajv-standalone" ? `\0${id}` : null),
  load(id) {
    if (id !== "\0virtual:ajv-standalone") return null;
    const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true } });
    return standaloneCode.default(ajv, ajv.compile(schema));
  },
};

/**
 * Returns the bundle size of each set of imports in `IMPORTS`.
 *
 * @returns {Promise<Record<string, Awaited<ReturnType<typeof costOf>>>>}
 */
export async function costs() {
  const entries = [];
  for (const imports of IMPORTS) entries.push(/** @type {const} */ ([imports, await costOf(imports)]));
  return Object.fromEntries(entries);
}

/**
 * @param {string} outDir
 * @returns {Promise<Record<string, number>>} the size of each contestant in bytes, minified and compressed with brotli
 */
export async function bundle(outDir) {
  /** @type {Record<string, number>} */
  const sizes = {};
  for (const name of [...CONTESTANTS, ...RUNNERS]) {
    const folder = RUNNERS.includes(name) ? "." : "./contestants";
    await build({
      configFile: false,
      logLevel: "error",
      plugins: [ajvStandalone],
      build: {
        outDir,
        emptyOutDir: false,
        target: "es2022",
        rolldownOptions: {
          input: new URL(`${folder}/${name}.mjs`, import.meta.url).pathname,
          preserveEntrySignatures: "strict",
          output: { entryFileNames: `${name}.js` },
        },
      },
    });
    if (!RUNNERS.includes(name))
      sizes[name] = brotliCompressSync(readFileSync(`${outDir}/${name}.js`)).length;
  }
  return sizes;
}
