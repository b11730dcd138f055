// Debian's Chromium, Firefox and WebKitGTK. The first two are driven over WebDriver BiDi, because Playwright requires its
// own build of Firefox; webkit.ts drives WebKitGTK. The page imports the built package. It has its own origin, so every
// call to a sandbox is cross-origin.

import puppeteer from "puppeteer-core";
import { afterAll, beforeAll, describe } from "vitest";
import { FLAGS, serve } from "./page.js";
import { launchWebKit } from "./webkit.js";

const { CHROME, FIREFOX, WEBKIT } = process.env;

/** A browser as the tests use it, independent of the driver. */
export interface DrivenBrowser {
  newPage(): Promise<DrivenPage>;
  close(): Promise<void>;
}

export interface DrivenPage {
  goto(url: string): Promise<unknown>;
  /** Runs a function in the page. Its arguments and result are data that JSON can represent. */
  evaluate<A extends unknown[], T>(work: (...args: A) => T | Promise<T>, ...args: A): Promise<T>;
  close(): Promise<void>;
}

/** The browsers; `isHere` says whether the environment variable with the browser's path is set. */
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

type BrowserName = keyof typeof browsers;

/** The name of a group of tests in a browser, or in another place that may be missing. */
export const titleOf = ({ title, isHere }: { title: string; isHere: boolean }) =>
  `${title}${isHere ? "" : " (the environment does not say where it is)"}`;

/**
 * Runs tests in each browser that is here. The others are skipped.
 *
 * @param module see `openBrowser`
 * @param tests is given a function that opens a tab
 */
export function inEachBrowser(
  module: string,
  tests: (openTab: () => Promise<Tab>, name: BrowserName) => void,
) {
  for (const name of Object.keys(browsers) as BrowserName[]) {
    describe.skipIf(!browsers[name].isHere)(titleOf(browsers[name]), () => {
      let browser: Awaited<ReturnType<typeof openBrowser>> | undefined;
      beforeAll(async () => {
        browser = await openBrowser(name, module);
      });
      afterAll(() => browser?.close());
      tests(async () => {
        if (!browser) throw new Error("the browser opens before the tests");
        return browser.openTab();
      }, name);
    });
  }
}

/** A function that is running in a tab. */
export interface Running<T> {
  /** The return value of the function; rejects if it throws. */
  result(): Promise<T>;
}

/** A tab with the page. The functions return data that JSON can represent. */
export interface Tab {
  /** Starts a function of the page's module. It is called with the package and the argument. */
  start<T>(name: string, argument?: unknown): Promise<Running<T>>;
  /** Runs a function of the page's module and returns its result. */
  run<T>(name: string, argument?: unknown): Promise<T>;
  close(): Promise<void>;
}

/**
 * Starts a browser whose tabs can call the functions that a module exports.
 *
 * @param module the path of the module in the repository. `/worker.js` is a worker that responds to messages of the form
 *   `[name, argument]` with the result of that function; `/frame` is a page for iframes that does the same
 */
export async function openBrowser(name: BrowserName, module: string) {
  const script = `
    import * as api from "/pkg/dist/index.js";
    import * as functions from "/${module}";
    globalThis.call = (name, argument) => functions[name](api, argument);
  `;
  const responder = (to: string) => `${script}
    addEventListener("message", async ({ data: [name, argument] }) => ${to}.postMessage(await call(name, argument)${to === "self" ? "" : ', "*"'}));
    ${to}.postMessage("loaded"${to === "self" ? "" : ', "*"'});
  `;
  const html = (script: string) =>
    `<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="${script}"></script>`;
  const { server, url } = await serve(
    {
      "/": html("/script.js"),
      "/script.js": script,
      "/worker.js": responder("self"),
      "/frame": html("/frame.js"),
      "/frame.js": responder("parent"),
    },
    // A sandboxed frame has an opaque origin and loads its modules cross-origin.
    { "access-control-allow-origin": "*" },
  );
  const { title, launch } = browsers[name];
  const browser = await launch();

  async function openTab(): Promise<Tab> {
    const page = await browser.newPage();
    await page.goto(url);
    // With WebDriver, `goto` may return before the module has run.
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
      // Closing the tab rejects this promise; that must not be an unhandled rejection.
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
