// One declaration file for each entry of the package, with nothing in it but what callers can name: the declarations of
// internal modules need libraries, and versions of TypeScript, that callers may not have.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

/**
 * Replaces the declarations that tsc wrote, one for each module, by one file for each entry.
 *
 * @param {string} folder pkg/dist, or what becomes of it
 * @param {string[]} entries names of modules in it
 */
export async function flattenDeclarations(folder, entries) {
  const bundle = await rolldown({
    input: Object.fromEntries(entries.map((name) => [name, join(folder, `${name}.d.ts`)])),
    // tsc has checked and written them: there is nothing left to be inferred.
    plugins: [dts({ dtsInput: true, oxc: true, tsconfig: false })],
  });
  const { output } = await bundle.generate({ format: "es", chunkFileNames: "declarations/[name].d.ts" });
  await bundle.close();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".d.ts")) rmSync(join(folder, name));
  }
  for (const file of output) {
    if (file.type === "chunk") write(join(folder, file.fileName), onLines(file.code));
  }
}

/**
 * @param {string} file
 * @param {string} code
 */
function write(file, code) {
  mkdirSync(dirname(file), { recursive: true });
  // Without the comments that name the temporary folder.
  writeFileSync(file, code.replace(/^\/\/.*\bdist\.tmp-.*\n/gm, ""));
}

/**
 * Puts each doc comment on lines of its own. The bundler writes some behind the member before, where TypeScript takes
 * them for that member's and does not show them.
 *
 * @param {string} code
 * @returns {string}
 */
function onLines(code) {
  const split = code
    // What is before a comment, and what is behind one, on the first line that has both.
    .replace(/^( *)(\S.*?) *(?=\/\*\*)/gm, "$1$2\n$1")
    .replace(/^( *)(.*\*\/) *(?=\S)/gm, "$1$2\n$1");
  return split === code ? code : onLines(split);
}
