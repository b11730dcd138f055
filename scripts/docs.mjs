// `npm run docs` writes the API reference to docs/api/, from the types and doc comments of pkg/dist. It fails where
// something that an application can name has no doc comment.
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installApart } from "./setup/apart.mjs";
import { Failure, main } from "./setup/child.mjs";
import { root } from "./setup.mjs";

/** TypeDoc comes with a TypeScript of its own, because it needs the compiler's programming interface. */
const folder = join(root, "scripts", "docs");

/**
 * The part of a TypeDoc reflection that is looked at.
 * @typedef {object} Reflection
 * @property {number} kind
 * @property {Reflection} [parent]
 * @property {() => string} getFullName
 * @property {() => boolean} hasComment
 * @property {object} [inheritedFrom]
 * @property {Reflection[]} [signatures]
 * @property {Reflection} [getSignature]
 */

/**
 * Reads the declarations, and lists the exported names and public members that have no doc comment. Members of an object
 * type without a name are left out: the comment of what has that type describes them.
 *
 * @param {string[]} declarations the paths of .d.ts files, one for each entry of the package
 * @param {string} [output] a folder, for the reference as HTML
 * @returns {Promise<{undocumented: string[], warnings: string[]}>}
 */
export async function apiReference(declarations, output) {
  await installApart(folder);
  const { resolve } = createRequire(join(folder, "package.json"));
  const [{ Application, Logger, ReflectionKind }, { default: ts }] = await Promise.all(
    ["typedoc", "typescript"].map((name) => import(pathToFileURL(resolve(name)).href)),
  );
  const application = await Application.bootstrap({
    name: "symbl-tracker",
    entryPoints: declarations,
    readme: "none",
    disableSources: true,
    githubPages: false,
    validation: { notExported: true, invalidLink: true, notDocumented: false },
  });
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    types: [],
  };
  application.options.setCompilerOptions(declarations, compilerOptions, undefined);
  /** @type {string[]} */
  const warnings = [];
  application.logger = new (class extends Logger {
    /** @param {string} message @param {number} level from 0, debugging, to 3, an error */
    log(message, level) {
      if (level >= 2) warnings.push(message);
    }
  })();
  const project = await application.convert();
  if (!project) throw new Failure(`TypeDoc cannot read ${declarations.join(", ")}:\n${warnings.join("\n")}`);
  application.validate(project);

  let kinds = 0;
  for (const name of application.options.getValue("requiredToBeDocumented")) kinds |= ReflectionKind[name];
  /** @type {Reflection[]} */
  const reflections = project.getReflectionsByKind(kinds);
  const undocumented = reflections.filter((reflection) => {
    const { parent, inheritedFrom, signatures, getSignature } = reflection;
    if (inheritedFrom || parent?.kind === ReflectionKind.TypeLiteral) return false;
    return ![reflection, ...(signatures ?? []), getSignature].some((part) => part?.hasComment());
  });
  if (output) await application.generateDocs(project, output);
  return { undocumented: undocumented.map((reflection) => reflection.getFullName()).sort(), warnings };
}

/** The declarations of the package's entries, except those that only extend the types of another package. */
export function entries() {
  const dist = join(root, "pkg", "dist");
  if (!existsSync(dist)) throw new Failure("There is no pkg/dist yet: run npm run build first.");
  const { exports } = JSON.parse(readFileSync(join(root, "pkg", "package.json"), "utf8"));
  const types = Object.values(exports).flatMap(({ types }) => types ?? []);
  const paths = types.map((/** @type {string} */ path) => join(root, "pkg", path));
  return paths.filter((path) => !readFileSync(path, "utf8").includes("declare module"));
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(async () => {
    const output = join(root, "docs", "api");
    const { undocumented, warnings } = await apiReference(entries(), output);
    const gaps = undocumented.map((name) => `${name} has no doc comment`);
    if (gaps.length + warnings.length > 0) throw new Failure([...gaps, ...warnings].join("\n"));
    console.log(`docs: ${join(output, "index.html")}`);
  });
}
