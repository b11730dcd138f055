// The package as an application's bundler emits it.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const workspace = fileURLToPath(new URL("../../node_modules", import.meta.url));

/**
 * Bundles a module for production with Vite, as one file, and gives its text.
 *
 * @param where a folder from which "symbl-tracker" is found
 */
export async function bundle(source: string, where = workspace): Promise<string> {
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
    if (chunks.length !== 1 || chunks[0]?.type !== "chunk") throw new Error("not bundled into one file");
    return chunks[0].code;
  } finally {
    await rm(folder, { recursive: true });
  }
}
