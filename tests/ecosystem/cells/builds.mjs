// Bundlers, and a linter that looks for what is imported.
import { bundlers } from "../bundlers.mjs";
import { cell } from "../cell.mjs";
import * as programs from "../programs.mjs";

/** Each bundle is run; one of validation alone must have nothing of drafts and sending in it. */
export const bundled = Object.entries(bundlers).map(([tool, script]) =>
  cell(`${tool}, production build`, {
    tool,
    files: {
      "main.js": programs.imported,
      "more.js": programs.drafted,
      "build.js": script("main.js", "main.out.js"),
      "build-more.js": script("more.js", "more.out.js"),
    },
    run: [
      ["node", "build.js"],
      ["node", "build-more.js"],
      ["node", "more.out.js"],
      ["node", "main.out.js"],
    ],
    lacks: ["main.out.js"],
    has: ["more.out.js"],
  }),
);

export const otherBundlers = [
  cell("Parcel, production build", {
    group: "demand",
    tool: "parcel",
    files: { "main.js": programs.imported, "index.html": '<script type="module" src="./main.js"></script>' },
    run: [
      ["parcel", "build", "main.js", "--no-cache", "--no-optimize", "--dist-dir", "out"],
      ["node", "out/main.js"],
    ],
  }),
];

export const linters = [
  cell("eslint-plugin-import", {
    tool: "eslint-plugin-import",
    files: {
      "main.js": programs.imported,
      "eslint.config.js": `
        import plugin from "eslint-plugin-import";
        const rules = { "import/no-unresolved": "error", "import/named": "error", "import/namespace": "error" };
        const languageOptions = { ecmaVersion: 2022, sourceType: "module" };
        export default [{ files: ["main.js"], plugins: { import: plugin }, languageOptions, rules }];
      `,
    },
    run: [
      ["eslint", "--max-warnings", "0", "main.js"],
      ["node", "main.js"],
    ],
  }),
];
