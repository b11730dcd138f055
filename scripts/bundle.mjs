/** Measures what imports cost an application: bundles them as Vite's production build does. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "vite";

const workspace = fileURLToPath(new URL("../node_modules", import.meta.url));

/** The sets of imports whose cost the README and `tests/budget.json` list. */
export const IMPORTS = [
  "validateTracker",
  "validateTracker, updateTracker",
  "validateTracker, TrackerDraft",
  "*",
];

/**
 * Bundles a module into one minified file and returns its text.
 *
 * @param {string} source
 * @param {string} [where] a folder in which the import "symbl-tracker" resolves
 * @param {string} [name] of the module, which tells the language
 */
export async function bundle(source, where = workspace, name = "main.js") {
  const [chunk, ...others] = await chunks(source, where, name, false);
  if (!chunk || others.length > 0) throw new Error("not bundled into one file");
  return chunk.code;
}

/**
 * Bundles a module as an application does: what is imported dynamically is a file of its own.
 *
 * @param {string} source
 * @param {string} [where]
 * @param {string} [name]
 * @param {boolean} [codeSplitting]
 */
export async function chunks(source, where = workspace, name = "main.js", codeSplitting = true) {
  const folder = await mkdtemp(path.join(where, ".bundle-"));
  try {
    const input = path.join(folder, name);
    await writeFile(input, source);
    const result = await build({
      root: folder,
      configFile: false,
      logLevel: "warn",
      build: {
        write: false,
        modulePreload: false,
        rolldownOptions: { input, preserveEntrySignatures: "strict", output: { codeSplitting } },
      },
    });
    const output = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
    return output.flatMap((one) => (one.type === "chunk" ? [one] : []));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Returns the size in bytes of a bundle with these imports.
 *
 * @param {string} imports one of {@link IMPORTS}
 */
export async function costOf(imports) {
  const code = await bundle(`export ${imports === "*" ? "*" : `{ ${imports} }`} from "symbl-tracker";`);
  return {
    minified: Buffer.byteLength(code),
    brotli: brotliCompressSync(code).length,
    gzip: gzipSync(code, { level: 9 }).length,
  };
}
