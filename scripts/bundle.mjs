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
 */
export async function bundle(source, where = workspace) {
  const folder = await mkdtemp(path.join(where, ".bundle-"));
  try {
    const input = path.join(folder, "main.js");
    await writeFile(input, source);
    const result = await build({
      root: folder,
      configFile: false,
      logLevel: "warn",
      build: {
        write: false,
        modulePreload: false,
        rolldownOptions: { input, preserveEntrySignatures: "strict" },
      },
    });
    const chunks = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
    if (chunks.length !== 1 || chunks[0]?.type !== "chunk") throw new Error("expected one output file");
    return chunks[0].code;
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
