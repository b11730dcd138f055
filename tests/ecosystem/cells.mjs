// The matrix: in which environments the packed tarball is run. A cell is a folder of an application with the package
// installed, and the commands that build and run it.
import { readFileSync } from "node:fs";
import { bundlers } from "./bundlers.mjs";
import * as programs from "./programs.mjs";

/**
 * @typedef {object} Cell
 * @property {string} name
 * @property {"tools" | "demand"} group whose tools it uses; those of "tools" always run
 * @property {string} tool the npm package whose version is printed; "node" is the Node that runs this
 * @property {Record<string, string>} files
 * @property {string[][]} [run] commands, one after the other; the tools are on the PATH. The last prints the answer,
 *   unless there is a page
 * @property {string} [page] a folder that Chromium opens, or an address: the page's title becomes the answer
 * @property {string[]} [server] runs meanwhile
 * @property {import("node:http").OutgoingHttpHeaders} [headers] of the server on which Chromium opens the folder
 * @property {Record<string, string>} [env]
 * @property {string[]} [lacks] files that must not have the modules "draft" and "call" in them
 * @property {string[]} [has] files that must have the module "draft" in them
 */

/** @param {object} content */
const json = (content) => `${JSON.stringify(content, undefined, 2)}\n`;

/** @param {string} name @param {Partial<Cell>} cell @returns {Cell} */
const cell = (name, cell) => ({ name, group: "tools", tool: "node", files: {}, ...cell });

const node = [
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

/** Each bundle is run; one of validation alone must have nothing of drafts and sending in it. */
const bundled = Object.entries(bundlers).map(([tool, script]) =>
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

const testRunners = [
  ...["node", "jsdom", "happy-dom"].map((environment) =>
    cell(`Vitest, ${environment}`, {
      tool: "vitest",
      files: {
        "main.test.js": programs.tested('import { expect, it } from "vitest";\n'),
        // Without it, Vitest takes the configuration of a folder above.
        "vitest.config.js": "export default {};",
      },
      run: [["vitest", "run", "--root", ".", "--environment", environment]],
    }),
  ),
  cell("Jest, ES modules, node", {
    tool: "jest",
    files: { "main.test.js": programs.tested(), "jest.config.json": json({ transform: {} }) },
    env: { NODE_OPTIONS: "--experimental-vm-modules --no-warnings" },
    run: [["jest", "--env", "node"]],
  }),
  cell("Jest, ES modules, jsdom", {
    tool: "jest",
    files: {
      // Its jsdom has no TextEncoder: the package can be imported without one, and a call needs it.
      "import.test.js":
        'import "symbl-tracker";\nit("is imported", () => expect(typeof TextEncoder).toBe("undefined"));\n',
      "main.test.js": `import "./globals.js";\n${programs.tested()}`,
      "globals.js":
        'import { TextDecoder, TextEncoder } from "node:util";\nObject.assign(globalThis, { TextDecoder, TextEncoder });\n',
      "jest.config.json": json({ transform: {} }),
    },
    env: { NODE_OPTIONS: "--experimental-vm-modules --no-warnings" },
    run: [["jest", "--env", "jsdom"]],
  }),
  cell("Jest, require", {
    group: "demand",
    tool: "jest",
    files: {
      "main.test.cjs": programs.tested().replace(/^import (.*) from (.*);/, "const $1 = require($2);"),
      "jest.config.json": json({ transform: {}, testMatch: ["**/*.test.cjs"] }),
    },
    // Jest requires ES modules where Node has synchronous modules in contexts.
    run: [["node-26", "--experimental-vm-modules", "--no-warnings", "$TOOLS/jest/bin/jest.js"]],
  }),
];

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
const callers = readFileSync(new URL("../callers.ts", import.meta.url), "utf8");

/** With the DOM library, all that callers write; with the language's library alone, what the package exports. */
const types = compilers.flatMap(([version, resolutions]) =>
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

const linters = [
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

const html = (/** @type {string} */ script) =>
  `<!doctype html><link rel="icon" href="data:,"><script type="importmap">{"imports":{"symbl-tracker":"/node_modules/symbl-tracker/dist/index.js"}}</script>${script}`;
const module = '<script type="module" src="/main.js"></script>';
const direct = (/** @type {string} */ program) =>
  program.replace('"symbl-tracker"', '"/node_modules/symbl-tracker/dist/index.js"');
const title = programs.reported("document.title = String");

/** Nothing between the tarball and the browser. */
const pages = [
  cell("Chromium, module script with an import map", {
    tool: "chromium",
    page: ".",
    files: { "index.html": html(module), "main.js": title },
  }),
  cell("Chromium, module worker", {
    tool: "chromium",
    page: ".",
    files: {
      "index.html": html(module),
      "main.js":
        'new Worker("/worker.js", { type: "module" }).onmessage = ({ data }) => { document.title = data; };',
      "worker.js": direct(programs.reported("postMessage")),
    },
  }),
  cell("Chromium, strict Content-Security-Policy and Trusted Types", {
    tool: "chromium",
    page: ".",
    headers: {
      "content-security-policy":
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'; img-src data:",
    },
    files: {
      "index.html": `<!doctype html><link rel="icon" href="data:,">${module}`,
      "main.js": direct(title),
    },
  }),
  cell("Chromium, sandboxed frame", {
    tool: "chromium",
    page: ".",
    headers: { "access-control-allow-origin": "*" },
    files: {
      "index.html": `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="/frame.html"></iframe><script>onmessage = ({ data }) => { document.title = data; }</script>`,
      "frame.html": html(module),
      "main.js": direct(programs.reported('((text) => parent.postMessage(text, "*"))')),
    },
  }),
];

const linked = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="./main.js"></script>`;
const starter = `new Worker(new URL("./worker.js", import.meta.url), { type: "module" }).onmessage = ({ data }) => {
  document.title = data;
};
`;

/** What development servers and bundlers make of a page and its worker. */
const builtPages = [
  cell("Vite, development server", {
    tool: "vite",
    files: { "index.html": linked, "main.js": title, "vite.config.js": "export default {};" },
    server: ["vite", "--host", "127.0.0.1", "--port", "43120", "--strictPort"],
    page: "http://127.0.0.1:43120/",
  }),
  cell("Vite, module worker", {
    tool: "vite",
    files: {
      "index.html": linked,
      "main.js": starter,
      "worker.js": programs.reported("postMessage"),
      "vite.config.js": 'export default { worker: { format: "es" } };',
    },
    run: [["vite", "build", "--logLevel", "error"]],
    page: "dist",
  }),
  cell("Vite, server-side rendering", {
    tool: "vite",
    files: {
      "main.js": programs.imported,
      "vite.config.js": "export default { ssr: { noExternal: true } };",
    },
    run: [
      ["vite", "build", "--logLevel", "error", "--ssr", "main.js"],
      ["node", "dist/main.js"],
    ],
  }),
  cell("webpack, worker", {
    tool: "webpack",
    files: {
      "main.js": starter,
      "worker.js": programs.reported("postMessage"),
      "build.js": bundlers.webpack?.("main.js", "main.js").replace('resolve(".")', 'resolve("out")') ?? "",
      "out/index.html": linked.replace('type="module" ', ""),
    },
    run: [["node", "build.js"]],
    page: "out",
  }),
];

const otherRuntimes = [
  cell("Bun, import", {
    group: "demand",
    tool: "bun",
    files: { "main.js": programs.imported },
    run: [["bun", "main.js"]],
  }),
  cell("Bun, require", {
    group: "demand",
    tool: "bun",
    files: { "main.cjs": programs.required },
    run: [["bun", "main.cjs"]],
  }),
  cell("Bun, bundle", {
    group: "demand",
    tool: "bun",
    files: { "main.js": programs.imported },
    run: [
      ["bun", "build", "main.js", "--minify", "--outfile", "main.out.js"],
      ["node", "main.out.js"],
    ],
    lacks: ["main.out.js"],
  }),
  cell("Bun, test", {
    group: "demand",
    tool: "bun",
    files: { "main.test.js": programs.tested('import { expect, it } from "bun:test";\n') },
    run: [["bun", "test"]],
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

const wrangler = ["node-22", "$TOOLS/wrangler/bin/wrangler.js"];
const edge = [
  cell("Cloudflare Workers: wrangler and workerd", {
    group: "demand",
    tool: "wrangler",
    files: {
      "main.js": programs.served,
      "wrangler.json": json({ name: "worker", main: "main.js", compatibility_date: "2026-07-01" }),
      "run.js": programs.asked([...wrangler, "dev", "--port", "43119"], 43119, "Ready on", ["/"]),
    },
    env: { WRANGLER_SEND_METRICS: "false", CI: "1" },
    run: [
      [...wrangler, "deploy", "--dry-run", "--outdir", "out"],
      ["node", "run.js"],
    ],
  }),
];

const otherBundlers = [
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

/**
 * Middleware runs in the edge runtime.
 * @param {string} bundler
 * @param {number} port
 * @param {boolean} edge with an edge route as well, which Next 16.4.6 does not build with webpack, whatever is in it
 */
const next = (bundler, port, edge) =>
  cell(`Next, ${bundler}: pages, route, middleware${edge ? ", edge route" : ""}`, {
    group: "demand",
    tool: "next",
    files: {
      "app/layout.js": "export default ({ children }) => <html><body>{children}</body></html>;",
      "app/page.js": `import { validateTracker } from "symbl-tracker";\nexport default () => <p>{${programs.expression}}</p>;`,
      "app/client/page.js": `"use client";\nimport { validateTracker } from "symbl-tracker";\nexport default () => <p>{${programs.expression}}</p>;`,
      "app/node/route.js": `import { validateTracker } from "symbl-tracker";\nexport const dynamic = "force-dynamic";\nexport const GET = () => new Response(${programs.expression});`,
      ...(edge && {
        "app/edge/route.js": `import { validateTracker } from "symbl-tracker";\nexport const runtime = "edge";\nexport const GET = () => new Response(${programs.expression});`,
      }),
      "middleware.js": `import { NextResponse } from "next/server";\nimport { validateTracker } from "symbl-tracker";\nexport function middleware() {\n  const response = NextResponse.next();\n  response.headers.set("x-middleware", ${programs.expression});\n  return response;\n}`,
      "run.js": programs.asked(
        ["next", "start", "-p", `${port}`],
        port,
        "Ready in",
        ["/", "/client", "/node", ...(edge ? ["/edge"] : [])],
        "x-middleware",
      ),
    },
    env: { NEXT_TELEMETRY_DISABLED: "1" },
    run: [
      ["next", "build", `--${bundler}`],
      ["node", "run.js"],
    ],
  });

const packageManagers = [
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

/** @type {Cell[]} */
export const cells = [
  ...node,
  ...bundled,
  ...testRunners,
  ...types,
  ...linters,
  ...pages,
  ...builtPages,
  ...otherRuntimes,
  ...edge,
  ...otherBundlers,
  next("webpack", 43117, false),
  next("turbopack", 43118, true),
  ...packageManagers,
];
