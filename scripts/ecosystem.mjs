// `npm run test:ecosystem`: the packed tarball in the environments of tests/ecosystem/cells.mjs, one row each.
// `-- --always` leaves out the cells that need large tools; `-- Node Vite` runs those whose names have one of the words.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { delimiter, dirname, extname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { cells } from "../tests/ecosystem/cells.mjs";
import { build } from "./build.mjs";
import { installApart } from "./setup/apart.mjs";
import { attempt, Failure, main, run } from "./setup/child.mjs";
import { seconds } from "./setup/progress.mjs";
import { root, setup } from "./setup.mjs";

/** @typedef {import("../tests/ecosystem/cell.mjs").Cell} Cell */

const work = join(root, "target", "ecosystem");
const ANSWER = "/vocabulary/1";

/** A cell that runs longer than this hangs. */
const LIMIT_MS = 5 * 60_000;

/** Packs the package and installs the tarball, as an application would. @returns {Promise<string>} the tarball */
async function packAndInstall() {
  const app = join(work, "app");
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  // What it is built from is up to date: `prepack` would only say so, in the midst of the JSON.
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", app];
  await run("npm", pack, { cwd: join(root, "pkg") });
  const tarball = readdirSync(app).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new Failure("npm pack wrote no tarball");
  writeFileSync(join(app, "package.json"), '{ "private": true }');
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(app, tarball)], { cwd: app });
  return join(app, tarball);
}

/** @param {Cell} cell @param {NodeJS.ProcessEnv} env @returns {Promise<string>} */
async function versionOf({ group, tool }, env) {
  if (tool === "node") return process.versions.node;
  if (tool === "chromium") return (await run(env.CHROME ?? "", ["--version"])).match(/[\d.]+/)?.[0] ?? "?";
  const places = [join(work, group, "node_modules"), join(root, "node_modules")];
  const manifest = places.map((place) => join(place, tool, "package.json")).find(existsSync);
  return manifest ? JSON.parse(readFileSync(manifest, "utf8")).version : "?";
}

/** @param {string} module @returns {string} the text that it is packed as */
function packed(module) {
  const file = join(
    work,
    "app",
    "node_modules",
    "symbl-tracker",
    "dist",
    "wasm",
    "generated",
    `${module}.js`,
  );
  const text = readFileSync(file, "utf8").match(/text = "([^"]*)"/)?.[1];
  if (text === undefined) throw new Failure(`${file} has no packed text`);
  return text;
}

const MODULES = ["validate", "draft", "merge", "call"];

/** @param {string} module @returns {string} a part of its text that no other module has, and that minifiers leave alone */
function markOf(module) {
  const others = MODULES.filter((other) => other !== module).map(packed);
  const mark = packed(module)
    .match(/[^"'`\\$]{80}/g)
    ?.find((part) => !others.some((other) => other.includes(part)));
  if (mark === undefined) throw new Failure(`the module "${module}" has nothing of its own`);
  return mark;
}

/**
 * Runs a cell.
 * @param {Cell} cell
 * @param {string} tarball
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} what went wrong
 */
async function runCell(cell, tarball, env) {
  const tools = join(work, cell.group, "node_modules");
  const folder = join(work, cell.group, "cells", cell.name.replace(/\W+/g, "-"));
  rmSync(folder, { recursive: true, force: true });
  const files = { "package.json": '{ "name": "cell", "private": true, "type": "module" }', ...cell.files };
  const placed = (/** @type {string} */ text) =>
    text.replaceAll("$TARBALL", tarball).replaceAll("$TOOLS", tools).replaceAll("$ROOT", root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), placed(text));
  }
  cpSync(join(work, "app", "node_modules"), join(folder, "node_modules"), { recursive: true });
  // Before the tools: npm links one of the other Nodes as "node".
  const own = dirname(process.execPath);
  const path = [own, join(tools, ".bin"), join(root, "node_modules", ".bin"), env.PATH].join(delimiter);
  let all = "";
  for (const command of cell.run ?? []) {
    const [program = "", ...args] = command.map(placed);
    const options = { cwd: folder, env: { ...env, PATH: path, ...cell.env }, timeoutMs: LIMIT_MS };
    const result = await attempt(program, args, options);
    all = result.all;
    if (result.timedOut) return `${command.join(" ")} hangs:\n${all}`;
    if (result.code !== 0) return `${command.join(" ")} ends with ${result.code}:\n${all}`;
  }
  if (cell.page !== undefined) {
    const [program = "", ...args] = cell.server ?? [];
    // Chromium waits for it; it ends with this process at the latest.
    const server =
      program === "" ? undefined : spawn(program, args, { cwd: folder, env: { ...env, PATH: path } });
    try {
      return await openPage(
        cell.page.startsWith("http") ? cell.page : join(folder, cell.page),
        cell.headers,
        env,
      );
    } finally {
      server?.kill();
    }
  }
  if (!all.includes(ANSWER)) return `the answer is not ${ANSWER}:\n${all}`;

  for (const file of [...(cell.lacks ?? []), ...(cell.has ?? [])]) {
    const text = readFileSync(join(folder, file), "utf8");
    if (!text.includes(markOf("validate"))) return `${file} lacks the module "validate"`;
    const unused = cell.has?.includes(file) ? [] : ["draft", "call"];
    for (const module of unused)
      if (text.includes(markOf(module))) return `${file} has the module "${module}"`;
    if (unused.length === 0 && !text.includes(markOf("draft"))) return `${file} lacks the module "draft"`;
  }
}

/**
 * Serves a folder.
 * @param {string} folder
 * @param {http.OutgoingHttpHeaders} headers of every response
 */
async function serve(folder, headers) {
  /** @type {Record<string, string>} */
  const types = { ".js": "text/javascript", ".html": "text/html; charset=utf-8" };
  const server = http.createServer(({ url = "/" }, response) => {
    const file = join(folder, url === "/" ? "index.html" : new URL(url, "http://localhost").pathname);
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { ...headers, "content-type": types[extname(file)] }).end(readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", () => listening(undefined)));
  return server;
}

/**
 * Opens a page, which has to show the answer as its title.
 * @param {string} place its address, or a folder
 * @param {http.OutgoingHttpHeaders | undefined} headers of the folder's server
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>} what went wrong
 */
async function openPage(place, headers, env) {
  const server = place.startsWith("http") ? undefined : await serve(place, headers ?? {});
  const address = /** @type {import("node:net").AddressInfo | undefined} */ (server?.address());
  const url = address ? `http://127.0.0.1:${address.port}/` : place;
  const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
  // Imported here, because the set-up may have to install it first.
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: env.CHROME ?? "", args });
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const problems = [];
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    // A development server takes a moment to listen.
    for (let tries = 0; ; tries++) {
      const error = await page.goto(url).then(
        () => undefined,
        (error) => error,
      );
      if (error === undefined) break;
      if (tries === 100) return String(error);
      await pause(100);
    }
    for (let tries = 0; tries < 200 && problems.length === 0; tries++) {
      if ((await page.title()) === ANSWER) break;
      await pause(100);
    }
    const title = await page.title();
    if (title !== ANSWER || problems.length > 0) return [`the title is "${title}"`, ...problems].join("\n");
  } finally {
    await browser.close();
    server?.closeAllConnections();
    server?.close();
  }
}

await main(async () => {
  const args = process.argv.slice(2);
  const words = args.filter((arg) => !arg.startsWith("--"));
  const chosen = cells
    .filter(({ group }) => group === "tools" || !args.includes("--always"))
    .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  if (chosen.length === 0) throw new Failure(`No cell has ${words.join(" or ")} in its name.`);
  const toolchain = await setup({ tests: false, browsers: ["chromium"] });
  await build(toolchain);
  const { env } = toolchain;
  const tarball = await packAndInstall();
  for (const group of new Set(chosen.map(({ group }) => group)))
    await installApart(join(root, "tests", "ecosystem", group), join(work, group));

  let failed = 0;
  for (const cell of chosen) {
    const begin = performance.now();
    const problem = await runCell(cell, tarball, env);
    const version = await versionOf(cell, env);
    const result = problem === undefined ? "passed" : "FAILED";
    console.log(
      `${result}  ${cell.name.padEnd(60)} ${`${cell.tool} ${version}`.padEnd(32)} ${seconds(begin)} s`,
    );
    if (problem === undefined) continue;
    failed++;
    console.log(problem.replace(/^/gm, "        "));
  }
  console.log(`ecosystem: ${chosen.length - failed} passed${failed > 0 ? `, ${failed} failed` : ""}`);
  process.exitCode = failed > 0 ? 1 : 0;
});
