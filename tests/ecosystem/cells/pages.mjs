// Pages in Chromium.
import { bundlers } from "../bundlers.mjs";
import { cell } from "../cell.mjs";
import * as programs from "../programs.mjs";

const html = (/** @type {string} */ script) =>
  `<!doctype html><link rel="icon" href="data:,"><script type="importmap">{"imports":{"symbl-tracker":"/node_modules/symbl-tracker/dist/index.js"}}</script>${script}`;
const module = '<script type="module" src="/main.js"></script>';
const direct = (/** @type {string} */ program) =>
  program.replace('"symbl-tracker"', '"/node_modules/symbl-tracker/dist/index.js"');

const title = programs.reported("document.title = String");

/** Nothing between the tarball and the browser. */
export const pages = [
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
export const builtPages = [
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
