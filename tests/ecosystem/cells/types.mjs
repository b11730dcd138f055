// Versions of TypeScript, and how each finds the declarations.
import { readFileSync } from "node:fs";
import { cell, json } from "../cell.mjs";
import * as programs from "../programs.mjs";

/** @param {string} moduleResolution */
const optionsFor = (moduleResolution) => ({
  target: "es2020",
  module: ["node16", "nodenext"].includes(moduleResolution) ? moduleResolution : "esnext",
  moduleResolution,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  types: [],
});

/** @type {[version: string, resolutions: string[]][]} */
const compilers = [
  ["5.0", ["node10", "node16", "nodenext", "bundler"]],
  ["5.4", ["node10", "node16", "nodenext", "bundler"]],
  ["5.9", ["node10", "node16", "nodenext", "bundler"]],
  ["6.0", ["nodenext", "bundler"]],
  ["7.0", ["nodenext", "bundler"]],
];
const callers = readFileSync(new URL("../../callers.ts", import.meta.url), "utf8");

/** With the DOM library, all that callers write; with the language's library alone, what the package exports. */
export const types = compilers.flatMap(([version, resolutions]) =>
  resolutions.map((resolution) => {
    const tool = version === "7.0" ? "typescript" : `typescript-${version}`;
    const place = version === "7.0" ? "$ROOT/node_modules" : "$TOOLS";
    const tsc = ["node", `${place}/${tool}/bin/tsc`, "-p"];
    const compilerOptions = optionsFor(resolution);
    return cell(`TypeScript ${version}, ${resolution}`, {
      tool,
      files: {
        "main.ts": programs.typed,
        "callers.ts": callers,
        "everything.ts": programs.everything,
        "dom.json": json({
          compilerOptions: { ...compilerOptions, lib: ["es2020", "dom"] },
          files: ["main.ts", "callers.ts", "everything.ts"],
        }),
        "no-dom.json": json({
          compilerOptions: { ...compilerOptions, lib: ["es2020"], noEmit: true },
          files: ["everything.ts"],
        }),
      },
      run: [
        [...tsc, "no-dom.json"],
        [...tsc, "dom.json"],
        ["node", "main.js"],
      ],
    });
  }),
);
