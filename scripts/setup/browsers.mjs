// Finds or installs the browsers that the tests drive, and the chromedriver that wasm-pack needs.
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Failure, probe } from "./child.mjs";
import { aptRemedy, canInstall, isDebian } from "./debian.mjs";

/**
 * @typedef {object} Browser
 * @property {string} browser
 * @property {string} [driver]
 */

/** The executables with these names on PATH; a name with a slash is a path. @param {(string | undefined)[]} names */
function onPath(names) {
  const found = [];
  for (const name of names) {
    if (!name) continue;
    const candidates = name.includes("/")
      ? [name]
      : (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));
    const executable = candidates.find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
    if (executable) found.push(executable);
  }
  return found;
}

/** The first number in the output of `--version`. @param {string} text */
const major = (text) => text.match(/\d+/)?.[0] ?? "?";

/**
 * Finds Chromium or Chrome, and a driver of the same major version, which it requires.
 * @returns {Promise<{found?: Browser, seen: string[]}>} `seen` says why others cannot be used
 */
async function findChromium() {
  const { CHROME, CHROMEDRIVER } = process.env;
  const version = async (/** @type {string} */ path) => ({ path, ...(await probe(path, ["--version"])) });
  const [browsers, drivers] = await Promise.all([
    Promise.all(
      onPath([CHROME, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]).map(version),
    ),
    Promise.all(onPath([CHROMEDRIVER, "chromedriver"]).map(version)),
  ]);
  const seen = [];
  for (const browser of browsers.filter(({ ok }) => ok)) {
    for (const driver of drivers.filter(({ ok }) => ok)) {
      if (major(browser.out) === major(driver.out)) {
        return { found: { browser: browser.path, driver: driver.path }, seen };
      }
      seen.push(`${driver.path} is ${major(driver.out)}, ${browser.path} is ${major(browser.out)}`);
    }
  }
  for (const { path, why } of [...browsers, ...drivers].filter(({ ok }) => !ok))
    seen.push(`${path} fails: ${why}`);
  if (browsers.length === 0) seen.push("there is no Chromium or Chrome on PATH");
  if (drivers.length === 0) seen.push("there is no chromedriver on PATH");
  return { seen };
}

/** Finds Firefox, which needs no driver. @returns {Promise<{found?: Browser, seen: string[]}>} */
async function findFirefox() {
  for (const path of onPath([process.env.FIREFOX, "firefox-esr", "firefox"])) {
    if ((await probe(path, ["--version"])).ok) return { found: { browser: path }, seen: [] };
  }
  return { seen: ["there is no Firefox on PATH"] };
}

/** The paths at which distributions install the browser that the driver of WebKitGTK starts. */
function miniBrowsers() {
  const folders = ["/usr/lib", "/usr/libexec"].flatMap((folder) => [folder, ...subfolders(folder)]);
  return folders.flatMap((folder) =>
    subfolders(folder, "webkit2gtk-4").map((version) => join(version, "MiniBrowser")),
  );
}

/** The subfolders whose names have this prefix. @param {string} folder @param {string} [prefix] */
function subfolders(folder, prefix = "") {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && entry.name.startsWith(prefix))
    .map(({ name }) => join(folder, name));
}

/** Finds WebKitGTK, its driver, and xvfb-run, which gives them a display. @returns {Promise<{found?: Browser, seen: string[]}>} */
async function findWebKit() {
  const { WEBKIT, WEBKITDRIVER } = process.env;
  const [browser] = onPath([WEBKIT, ...miniBrowsers()]);
  const [driver] = onPath([WEBKITDRIVER, "WebKitWebDriver"]);
  const [display] = onPath(["xvfb-run"]);
  if (browser && driver && display) return { found: { browser, driver }, seen: [] };
  const missing = Object.entries({ MiniBrowser: browser, WebKitWebDriver: driver, "xvfb-run": display });
  return { seen: missing.filter(([, path]) => !path).map(([name]) => `there is no ${name}`) };
}

const kinds = {
  chromium: {
    find: findChromium,
    packages: ["chromium", "chromium-driver"],
    instructions:
      "Install Chromium or Chrome and a chromedriver of the same version, or set CHROME and CHROMEDRIVER to their paths.",
  },
  firefox: {
    find: findFirefox,
    packages: ["firefox-esr"],
    instructions: "Install Firefox, or set FIREFOX to its path.",
  },
  webkit: {
    find: findWebKit,
    packages: ["webkit2gtk-driver", "xvfb", "xauth"],
    instructions:
      "Install xvfb-run and WebKitGTK's MiniBrowser and WebKitWebDriver, or set WEBKIT and WEBKITDRIVER to their paths.",
  },
};

/**
 * Finds the browser and does not install anything.
 * @param {keyof typeof kinds} kind
 * @returns {Promise<{packages: string[], browser: () => Promise<Browser>}>} call `browser` after
 *   `packages` are installed
 */
export async function planBrowser(kind) {
  const { find, packages, instructions } = kinds[kind];
  const { found, seen } = await find();
  if (found) return { packages: [], browser: async () => found };
  /** @param {string[]} seen */
  const fail = (seen) =>
    new Failure(
      `The tests need ${kind}:\n${seen.map((line) => `  ${line}\n`).join("")}` +
        `${isDebian ? `${aptRemedy(packages)}\nOr: ` : ""}${instructions}`,
    );
  if (!(await canInstall(Object.fromEntries(packages.map((name) => [name, ""]))))) throw fail(seen);
  return {
    packages,
    browser: async () => {
      const again = await find();
      if (again.found) return again.found;
      throw fail(again.seen);
    },
  };
}
