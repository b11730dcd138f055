// Installs only what is missing: npm packages, a rustc for wasm32-unknown-unknown and wasm-bindgen's command-line
// tool; for the tests also wasm-pack, clippy, rustfmt and browsers.
//
// It may run before `npm ci` and therefore imports only Node's own modules.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { planBrowser } from "./setup/browsers.mjs";
import { withLock } from "./setup/cache.mjs";
import { Failure, main, run } from "./setup/child.mjs";
import { aptInstall } from "./setup/debian.mjs";
import { Progress, seconds } from "./setup/progress.mjs";
import { cargoHome, planRust } from "./setup/rust.mjs";
import { installTool, isInstalled, neededTools } from "./setup/tools.mjs";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * @typedef {object} Toolchain
 * @property {NodeJS.ProcessEnv} env the environment for every child process: the tools come first on its PATH
 * @property {string} rustc
 * @property {string} cargo
 * @property {string} rustVersion the output of `rustc -vV`
 * @property {string} rustSources the folder in which the compiler looks for the sources of its standard library
 * @property {string} wasmBindgen
 * @property {string | undefined} wasmPack only for the tests
 * @property {string | undefined} chromium
 * @property {string | undefined} chromedriver
 * @property {string | undefined} firefox
 */

/**
 * @param {{tests: boolean, browsers?: ("chromium" | "firefox" | "webkit")[]}} need `browsers` defaults to all of them for
 *   the tests, and to none otherwise
 * @returns {Promise<Toolchain>}
 */
export async function setup({ tests, browsers = tests ? ["chromium", "firefox", "webkit"] : [] }) {
  const begin = performance.now();
  checkNode();
  const npmMissing = !npmPackagesMatch();
  const tools = neededTools(root, { tests });
  const toolsMissing = tools.filter((tool) => !isInstalled(tool));
  const [rust, ...browserPlans] = await Promise.all([
    planRust({ root, tests }),
    browsers.includes("chromium") ? planBrowser("chromium") : undefined,
    browsers.includes("firefox") ? planBrowser("firefox") : undefined,
    browsers.includes("webkit") ? planBrowser("webkit") : undefined,
  ]);
  const packages = [...rust.packages, ...browserPlans.flatMap((plan) => plan?.packages ?? [])];

  const progress = new Progress(
    "set-up",
    Number(npmMissing) + Number(packages.length > 0) + rust.steps + toolsMissing.length,
  );
  const compileTools = async () => {
    if (packages.length > 0) {
      await progress.step(`Debian's ${packages.join(" ")} (about 40 s)`, (onLine) =>
        aptInstall(packages, onLine),
      );
    }
    const compiler = await rust.compiler(progress);
    // In parallel: each build often waits for a single crate, and there are at least two cores.
    const [ready] = await Promise.all([
      rust.withTarget(compiler, progress),
      ...toolsMissing.map((tool) =>
        progress.step(`${tool.crate} ${tool.version} (about ${tool.seconds} s)`, (onLine) =>
          installTool(tool, compiler, onLine),
        ),
      ),
    ]);
    return ready;
  };
  const [ready] = await Promise.all([
    compileTools(),
    npmMissing ? progress.step("npm packages (about 10 s)", installNpmPackages) : undefined,
  ]);
  const [chrome, fox, webkit] = await Promise.all(browserPlans.map((plan) => plan?.browser()));
  console.log(`set-up: ${progress.steps === 0 ? "nothing to install" : "done"} (${seconds(begin)} s)`);

  /** @param {string} crate @param {string} [program] */
  const program = (crate, program = crate) => {
    const tool = tools.find((tool) => tool.crate === crate);
    return tool && join(tool.bin, program);
  };
  // Cargo looks for `cargo-clippy` in its own folder first, unless that folder is on PATH. It is, so the order of PATH
  // decides.
  const path = [ready.bin, ...tools.map(({ bin }) => bin), process.env.PATH, join(cargoHome, "bin")];
  const env = {
    ...process.env,
    PATH: path.join(delimiter),
    ...(chrome && { CHROME: chrome.browser, CHROMEDRIVER: chrome.driver }),
    ...(fox && { FIREFOX: fox.browser }),
    ...(webkit && { WEBKIT: webkit.browser, WEBKITDRIVER: webkit.driver }),
    // Everything is installed, so neither rustup's proxies nor wasm-pack may download a toolchain.
    ...{ RUSTUP_AUTO_INSTALL: "0", RUSTUP_DIST_SERVER: "http://127.0.0.1:9" },
    // Unset, so that the first compiler on PATH is used.
    ...{ RUSTC: undefined, RUSTDOC: undefined, ...(ready.sysroot && { RUSTUP_TOOLCHAIN: undefined }) },
  };
  return {
    env,
    ...{ rustc: ready.rustc, cargo: ready.cargo, rustVersion: ready.version, rustSources: ready.sources },
    wasmBindgen: /** @type {string} */ (program("wasm-bindgen-cli", "wasm-bindgen")),
    wasmPack: program("wasm-pack"),
    ...{ chromium: chrome?.browser, chromedriver: chrome?.driver, firefox: fox?.browser },
  };
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Failure(
    `This project needs Node 20.19 or later, but this is Node ${process.versions.node}. Install a newer Node and start again.`,
  );
}

/**
 * Whether node_modules has the packages of package-lock.json. Compares their contents, because git changes the
 * modification time of files that have not changed.
 */
function npmPackagesMatch() {
  // npm writes this file last, so an incomplete installation does not have it.
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  /** @type {{packages: Record<string, {version?: string, optional?: boolean, link?: boolean}>}[]} */
  const [locked, present] = [join(root, "package-lock.json"), installed].map((path) =>
    JSON.parse(readFileSync(path, "utf8")),
  );
  return Object.entries(locked?.packages ?? {}).every(
    ([path, { version, optional, link }]) =>
      // Most optional packages are for other platforms.
      !path.startsWith("node_modules/") || optional || link || present?.packages[path]?.version === version,
  );
}

/** @param {(line: string) => void} onLine */
async function installNpmPackages(onLine) {
  const name = `npm-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`;
  await withLock(
    name,
    async () => {
      if (npmPackagesMatch()) return;
      // `npm publish --dry-run` hands its option down to what `prepack` runs.
      await run("npm", ["ci", "--no-dry-run"], {
        cwd: root,
        onLine,
        remedy:
          "The npm packages could not be installed. If npm mentions package-lock.json above, that file does not " +
          "match package.json: run npm install. Otherwise, check that npm can reach its registry (network, proxy).",
      });
    },
    () => onLine("waiting for another set-up that is installing them"),
  );
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await setup({ tests: true });
  });
}
