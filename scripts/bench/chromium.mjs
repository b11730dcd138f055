/** Measures in headless Chromium, on a cross-origin isolated page, whose timers have a resolution of 5 µs. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const HEADERS = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

const FLAGS =
  "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --enable-precise-memory-info --js-flags=--expose-gc";

/**
 * @param {string} folder the folder of the bundles
 * @param {string} executablePath
 * @returns {Promise<import("./bench.mjs").Engine>}
 */
export async function inChromium(folder, executablePath) {
  const server = createServer(async ({ url }, response) => {
    const script = url?.match(/^\/[\w-]+\.js$/)?.[0];
    response.writeHead(200, { ...HEADERS, "Content-Type": script ? "text/javascript" : "text/html" });
    response.end(script ? await readFile(folder + script) : "<!doctype html><title>bench</title>");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" && address?.port}/`;

  /**
   * @template T
   * @param {(page: import("playwright-core").Page) => Promise<T>} work
   */
  async function onNewPage(work) {
    const browser = await chromium.launch({ executablePath, args: FLAGS.split(" ") });
    try {
      const page = await browser.newPage();
      await page.goto(origin);
      return await work(page);
    } finally {
      await browser.close();
    }
  }

  return {
    name: await onNewPage(async (page) => `Chromium ${page.context().browser()?.version()}`),
    measure: (names, plan) =>
      onNewPage((page) =>
        page.evaluate(
          async ([names, plan]) => {
            const { measure } = await import(String("/measure.js"));
            const heap = () => Reflect.get(performance, "memory").usedJSHeapSize;
            return measure(names, "/", plan, heap);
          },
          /** @type {const} */ ([names, plan]),
        ),
      ),
    measureDrafts: (names, rounds) =>
      onNewPage((page) =>
        page.evaluate(
          async ([names, rounds]) => {
            const { measureDrafts } = await import(String("/draft.js"));
            return measureDrafts(names, "/", rounds);
          },
          /** @type {const} */ ([names, rounds]),
        ),
      ),
    firstCall: (name) =>
      onNewPage((page) =>
        page.evaluate(async (name) => {
          const { firstCall } = await import(String("/measure.js"));
          return firstCall(`/${name}.js`);
        }, name),
      ),
    close: () => server.close(),
  };
}
