// Debian's Chromium and Firefox, driven over WebDriver BiDi, which Firefox speaks by itself: Playwright drives no
// Firefox but its own. A page imports the package as it was built, from an origin of its own, so that every call to
// a sandbox is a cross-origin one.

import puppeteer from "puppeteer-core";
import { FLAGS, serve } from "./page.js";
import { launchWebKit } from "./webkit.js";

const { CHROME, FIREFOX, WEBKIT } = process.env;

/** What the tests need of a browser, whatever drives it. */
export interface DrivenBrowser {
  newPage(): Promise<DrivenPage>;
  close(): Promise<void>;
}

export interface DrivenPage {
  goto(url: string): Promise<unknown>;
  /** Runs a function in the page. Arguments and result are plain data. */
  evaluate<A extends unknown[], T>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  close(): Promise<void>;
}

/** The browsers, and whether the environment says where they are. */
export const browsers = {
  chromium: { title: "Chromium", isHere: Boolean(CHROME), launch: launchChromium },
  firefox: { title: "Firefox", isHere: Boolean(FIREFOX), launch: launchFirefox },
  webkit: { title: "WebKit", isHere: Boolean(WEBKIT), launch: launchWebKit },
};

async function launchChromium(): Promise<DrivenBrowser> {
  const browser: unknown = await puppeteer.launch({
    browser: "chrome",
    executablePath: CHROME as string,
    args: FLAGS,
  });
  return browser as DrivenBrowser;
}

async function launchFirefox(): Promise<DrivenBrowser> {
  const browser: unknown = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX as string });
  return browser as DrivenBrowser;
}

/** A function under way in a tab. */
export interface Running<T> {
  /** What it came to; rejects where it throws. */
  result(): Promise<T>;
}

/** A tab with the page. Its functions return plain data. */
export interface Tab {
  /** Starts a function of the page's module, which is given the package and the argument. */
  start<T>(name: string, argument?: unknown): Promise<Running<T>>;
  run<T>(name: string, argument?: unknown): Promise<T>;
  close(): Promise<void>;
}

/**
 * Starts a browser whose tabs have the functions that a module exports.
 *
 * @param module path in the repository. `/worker.js` is a worker that answers `[name, argument]` likewise, and
 *   `/frame` a page that does, for iframes
 */
export async function openBrowser(name: keyof typeof browsers, module: string) {
  const script = `
    import * as api from "/pkg/dist/index.js";
    import * as functions from "/${module}";
    globalThis.call = (name, argument) => functions[name](api, argument);
  `;
  const answering = (to: string) => `${script}
    addEventListener("message", async ({ data: [name, argument] }) => ${to}.postMessage(await call(name, argument)${to === "self" ? "" : ', "*"'}));
    ${to}.postMessage("loaded"${to === "self" ? "" : ', "*"'});
  `;
  const html = (script: string) =>
    `<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="${script}"></script>`;
  const { server, url } = await serve(
    {
      "/": html("/script.js"),
      "/script.js": script,
      "/worker.js": answering("self"),
      "/frame": html("/frame.js"),
      "/frame.js": answering("parent"),
    },
    // A sandboxed frame has an origin of its own, and has to load its modules all the same.
    { "access-control-allow-origin": "*" },
  );
  const { title, launch } = browsers[name];
  const browser = await launch();

  async function openTab(): Promise<Tab> {
    const page = await browser.newPage();
    await page.goto(url);
    // WebDriver's "load" may come before the module has run.
    await page.evaluate(async () => {
      for (let tries = 0; tries < 500 && !("call" in globalThis); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    const start = async <T>(name: string, argument: unknown = null): Promise<Running<T>> => {
      const result = page.evaluate(
        async (name, argument) =>
          JSON.stringify(await Reflect.get(globalThis, "call")(name, argument)) ?? "null",
        name,
        argument,
      );
      // A tab that is closed takes along what runs in it.
      result.catch(() => {});
      return {
        result: () =>
          result.then(
            (text) => JSON.parse(text),
            (error) => {
              throw new Error(`in ${title}: ${error}`);
            },
          ),
      };
    };
    return {
      start,
      run: async (name, argument) => (await start<never>(name, argument)).result(),
      close: () => page.close(),
    };
  }
  return {
    openTab,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
