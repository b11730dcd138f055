// Runtimes without a browser, and package managers.
import { cell } from "../cell.mjs";
import * as programs from "../programs.mjs";

export const node = [
  cell("Node, import", { files: { "main.js": programs.imported }, run: [["node", "main.js"]] }),
  cell("Node, require", {
    files: { "main.cjs": programs.required },
    run: [["node", "--no-warnings", "main.cjs"]],
  }),
  cell("Node, worker thread", {
    files: {
      "worker.js": programs.imported,
      "main.js": 'import { Worker } from "node:worker_threads";\nnew Worker("./worker.js");\n',
    },
    run: [["node", "main.js"]],
  }),
  ...["18", "22", "24", "26"].map((version) =>
    cell(`Node ${version}, import`, {
      group: "demand",
      tool: `node-${version}`,
      files: { "main.js": programs.imported },
      run: [[`node-${version}`, "main.js"]],
    }),
  ),
  ...["22", "24", "26"].map((version) =>
    cell(`Node ${version}, require`, {
      group: "demand",
      tool: `node-${version}`,
      files: { "main.cjs": programs.required },
      run: [[`node-${version}`, "--no-warnings", "main.cjs"]],
    }),
  ),
];

/** The program itself: the one that npm links has to be replaced by a script that runs on installation. */
const bun = "$TOOLS/@oven/bun-linux-x64/bin/bun";

export const otherRuntimes = [
  cell("Bun, import", {
    group: "demand",
    tool: "bun",
    files: { "main.js": programs.imported },
    run: [[bun, "main.js"]],
  }),
  cell("Bun, require", {
    group: "demand",
    tool: "bun",
    files: { "main.cjs": programs.required },
    run: [[bun, "main.cjs"]],
  }),
  cell("Bun, bundle", {
    group: "demand",
    tool: "bun",
    files: { "main.js": programs.imported },
    run: [
      [bun, "build", "main.js", "--minify", "--outfile", "main.out.js"],
      ["node", "main.out.js"],
    ],
    lacks: ["main.out.js"],
  }),
  cell("Bun, test", {
    group: "demand",
    tool: "bun",
    files: { "main.test.js": programs.tested('import { expect, it } from "bun:test";\n') },
    run: [[bun, "test"]],
  }),
  cell("Deno, run", {
    group: "demand",
    tool: "deno",
    files: { "main.js": programs.imported },
    run: [["deno", "run", "--no-remote", "--node-modules-dir=manual", "main.js"]],
  }),
  cell("Deno, check and run TypeScript", {
    group: "demand",
    tool: "deno",
    files: { "main.ts": programs.typed },
    run: [["deno", "run", "--check", "--no-remote", "--node-modules-dir=manual", "main.ts"]],
  }),
  cell("tsx", {
    group: "demand",
    tool: "tsx",
    files: { "main.ts": programs.typed },
    run: [["tsx", "main.ts"]],
  }),
];

export const packageManagers = [
  cell("pnpm", {
    group: "demand",
    tool: "pnpm",
    files: { "main.js": programs.imported },
    run: [
      ["rm", "-rf", "node_modules"],
      ["pnpm", "add", "--offline", "--ignore-workspace", "$TARBALL"],
      ["node", "main.js"],
    ],
  }),
  cell("Yarn, Plug'n'Play", {
    group: "demand",
    tool: "@yarnpkg/cli-dist",
    files: { "main.js": programs.imported, "yarn.lock": "" },
    env: { YARN_ENABLE_TELEMETRY: "0", YARN_ENABLE_GLOBAL_CACHE: "false" },
    run: [
      ["rm", "-rf", "node_modules"],
      ["yarn", "add", "symbl-tracker@file:$TARBALL"],
      ["yarn", "node", "main.js"],
    ],
  }),
];
