/**
 * Measures `<tracker-editor>` with 33,000 phrases in headless Chromium: how long the page takes from a key to the next
 * frame, and how long it takes to open. A frame begins up to 17 ms after a key, whatever the page does.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PHRASES = 33_000;

/**
 * Times in milliseconds.
 * @typedef {{ phrases: number, opened: number, key: { median: number, p95: number, longest: number } }} EditorTimes
 */

const dist = fileURLToPath(new URL("../../pkg/dist/", import.meta.url));

async function serve() {
  const server = createServer(async ({ url = "/" }, response) => {
    const isScript = url.endsWith(".js");
    response.writeHead(200, { "Content-Type": isScript ? "text/javascript" : "text/html" });
    response.end(
      isScript
        ? await readFile(dist + url)
        : "<!doctype html><title>bench</title><tracker-editor></tracker-editor>",
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  return server;
}

/**
 * @param {string} executablePath of Chromium
 * @param {number} keys how many keys are typed
 * @returns {Promise<EditorTimes>}
 */
export async function measureEditor(executablePath, keys) {
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    const address = server.address();
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`http://127.0.0.1:${typeof address === "object" && address?.port}/`);
    await page.evaluate(() => import(String("/editor/index.js")));
    const opened = await page.evaluate(async (count) => {
      // 500 of them are repeated.
      const vocabulary = Array.from(
        { length: count },
        (_, index) => `we talked about offer ${index % (count - 500)}`,
      );
      const start = performance.now();
      const editor = /** @type {any} */ (document.querySelector("tracker-editor"));
      editor.value = { id: "42", name: "Sale", vocabulary };
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return performance.now() - start;
    }, PHRASES);
    await page.evaluate(() => {
      /** @type {number[]} */
      const times = [];
      Reflect.set(globalThis, "times", times);
      let start = 0;
      addEventListener(
        "keydown",
        () => {
          start = performance.now();
        },
        true,
      );
      addEventListener("input", () => {
        const begin = start;
        // After the frame that shows the key.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => times.push(performance.now() - begin);
          port2.postMessage(undefined);
        });
      });
      const editor = /** @type {any} */ (document.querySelector("tracker-editor"));
      editor.focus({ phrase: 20_000 });
    });
    for (let key = 0; key < keys; key++)
      await page.keyboard.press("abcdefghij"[key % 10] ?? "a", { delay: 5 });
    const times = await page.evaluate(() => /** @type {number[]} */ (Reflect.get(globalThis, "times")));
    times.sort((a, b) => a - b);
    const at = (/** @type {number} */ share) => times[Math.floor(share * (times.length - 1))] ?? 0;
    return { phrases: PHRASES, opened, key: { median: at(0.5), p95: at(0.95), longest: at(1) } };
  } finally {
    await browser.close();
    server.close();
  }
}

/**
 * @param {EditorTimes} times
 * @returns {string}
 */
export function editorLines({ phrases, opened, key: { median, p95, longest } }) {
  const ms = (/** @type {number} */ time) => `${time.toFixed(1)} ms`;
  return [
    `<tracker-editor> with ${phrases} phrases opens in ${ms(opened)}`,
    `a key to its frame: median ${ms(median)}, 95th percentile ${ms(p95)}, longest ${ms(longest)}`,
  ].join("\n");
}
