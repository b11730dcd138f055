// Debian's Chromium and Firefox, driven over WebDriver, which both speak: Playwright drives no Firefox but its own.
// A page imports the package as it was built, from an origin of its own, so that every call to a sandbox is a
// cross-origin one.

import { Browser, Builder, type WebDriver } from "selenium-webdriver";
import * as chrome from "selenium-webdriver/chrome.js";
import * as firefox from "selenium-webdriver/firefox.js";
import { serve } from "./page.js";

const { CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER } = process.env;

// With the paths of both drivers it has nothing to look for; it shall not try to download one either.
process.env.SE_OFFLINE = "true";

/** The browsers, and whether the environment says where they are. */
export const browsers = {
  chromium: { title: "Chromium", isHere: Boolean(CHROME && CHROMEDRIVER), launch: launchChromium },
  firefox: { title: "Firefox", isHere: Boolean(FIREFOX && GECKODRIVER), launch: launchFirefox },
};

function launchChromium(): Promise<WebDriver> {
  const options = new chrome.Options();
  options.setChromeBinaryPath(CHROME as string);
  options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking");
  options.addArguments("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage");
  return new Builder()
    .forBrowser(Browser.CHROME)
    .setChromeOptions(options)
    .setChromeService(new chrome.ServiceBuilder(CHROMEDRIVER))
    .build();
}

function launchFirefox(): Promise<WebDriver> {
  const options = new firefox.Options();
  options.setBinary(FIREFOX as string);
  options.addArguments("-headless");
  return new Builder()
    .forBrowser(Browser.FIREFOX)
    .setFirefoxOptions(options)
    .setFirefoxService(new firefox.ServiceBuilder(GECKODRIVER))
    .build();
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
  const driver = await launch();
  /** Stays open: without a window in focus, a driver opens none. */
  const first = await driver.getWindowHandle();
  await driver.manage().setTimeouts({ script: 60_000 });
  let count = 0;

  async function openTab(): Promise<Tab> {
    await driver.switchTo().window(first);
    await driver.switchTo().newWindow("tab");
    const handle = await driver.getWindowHandle();
    await driver.get(url);
    const focus = () => driver.switchTo().window(handle);
    const start = async <T>(name: string, argument: unknown = null): Promise<Running<T>> => {
      await focus();
      const id = `running${++count}`;
      // Firefox runs scripts of the driver in a realm of their own, from which the page's globals are seen.
      await driver.executeScript(
        `const [id, name, argument] = arguments;
        window[id] = window.call(name, JSON.parse(argument)).then(
          (value) => JSON.stringify({ value }),
          (error) => JSON.stringify({ error: String(error) + "\\n" + error?.stack }),
        );`,
        ...[id, name, JSON.stringify(argument)],
      );
      return {
        async result() {
          await focus();
          const text = await driver.executeAsyncScript<string>(
            "window[arguments[0]].then(arguments[1]); delete window[arguments[0]];",
            id,
          );
          const { value, error } = JSON.parse(text);
          if (error !== undefined) throw new Error(`in ${title}: ${error}`);
          return value;
        },
      };
    };
    return {
      start,
      run: async (name, argument) => (await start<never>(name, argument)).result(),
      async close() {
        await focus();
        await driver.close();
      },
    };
  }
  return {
    openTab,
    async close() {
      await driver.quit();
      server.closeAllConnections();
      server.close();
    },
  };
}
