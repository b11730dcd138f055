/** Puts what a module imports from npm into the module itself, so that the package has no dependencies. */
import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * @param {string} file a module of pkg/dist, which is replaced
 * @param {string} licence file of the library's licence text, which must be shipped with it
 */
export async function inline(file, licence) {
  // Imported here, because the set-up may have to install it first.
  const { build } = await import("vite");
  const result = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      minify: "oxc",
      lib: { entry: file, formats: ["es"] },
    },
  });
  const chunks = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  const [chunk] = chunks;
  if (chunks.length !== 1 || chunk?.type !== "chunk" || chunk.imports.length > 0)
    throw new Error(`${file} was not bundled into one module`);
  // It would be that of the module without the library.
  rmSync(`${file}.map`, { force: true });
  writeFileSync(file, `/*!\n${readFileSync(licence, "utf8").trim()}\n*/\n${chunk.code}`);
}
