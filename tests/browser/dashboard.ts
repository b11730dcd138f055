// Helpers for the tests in this folder: the dashboard in a browser, with the sandbox as the service. They find elements
// as users do: by role, label and description.

import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { createServer, type InlineConfig, type ViteDevServer } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { start } from "../../www/sandbox/server.mjs";
import { CHROME, FLAGS } from "../common/page.js";

export const ID = "4476908732794496";
/** The phrases that the documented sample sends, and those that the service already has and keeps. */
export const SENT = [
  "A flat 10 20 percent sale is",
  "Flash sale is available right now",
  "Lifestyle discount is available",
];
export const KEPT = [
  "We have a special promotion going on if you book this before",
  "I can offer you a discount of 10 20 percent you being a new customer for us",
  "We have our month special this month",
  "We have a sale right now on",
];
export const SAMPLE = { id: ID, name: "Promotion Mention", vocabulary: SENT };
export const LIMIT = 1_048_576;
const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export let sandbox: Awaited<ReturnType<typeof start>>;
/** The configuration of the dashboard's server. */
export let config: InlineConfig;
export let page: Page;
let vite: ViteDevServer;
let browser: Browser;
/** Uncaught errors and console errors of the page. */
let errors: string[];

/** Retries until the expectation holds. */
export const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 10_000 });

/** A suite of tests that each start with the sample open in the dashboard. */
export function inChromium(title: string, tests: () => void): void {
  describe.skipIf(!CHROME)(title, () => {
    beforeAll(async () => {
      sandbox = await start();
      config = {
        configFile: false,
        root: fileURLToPath(new URL("../../www", import.meta.url)),
        define: { __SANDBOX_URL__: JSON.stringify(sandbox.url) },
        logLevel: "error",
        server: { host: "127.0.0.1", port: 0 },
        preview: { host: "127.0.0.1", port: 0 },
      };
      vite = await createServer(config);
      await vite.listen();
      browser = await chromium.launch({ executablePath: CHROME as string, args: FLAGS });
    });

    afterAll(async () => {
      await browser?.close();
      await vite?.close();
      await sandbox?.close();
    });

    beforeEach(async () => {
      sandbox.reset();
      await open();
      await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    });

    afterEach(async () => {
      const found = errors;
      await page.context().close();
      expect(found).toEqual([]);
    });

    tests();
  });
}

interface Screen {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  hasTouch?: boolean;
  /** The URL of a different server. */
  url?: string | undefined;
}

/** Opens the dashboard in a new browser context and waits until it has loaded the trackers. */
export async function open({ url = vite.resolvedUrls?.local[0], ...screen }: Screen = {}): Promise<void> {
  await page?.context().close();
  const permissions = ["clipboard-read", "clipboard-write"];
  const context = await browser.newContext({
    viewport: DESKTOP,
    reducedMotion: "reduce",
    permissions,
    ...screen,
  });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    // The browser reports a request that was refused; this is expected.
    const expected = message.type() !== "error" || message.text().startsWith("Failed to load resource");
    if (!expected) errors.push(message.text());
  });
  await page.goto(url as string);
  await page.locator("body:not([inert])").waitFor();
}

/** Stops the service, and starts a new one at the same address. */
export const service = {
  stop: () => sandbox.close(),
  async start(): Promise<void> {
    sandbox = await start({ port: sandbox.port });
  },
};

export const name = () => page.getByLabel("Name");
export const phrase = (number: number) =>
  page.getByRole("textbox", { name: `Phrase ${number.toLocaleString("en")}`, exact: true });
export const json = () => page.getByLabel("Tracker as JSON");
export const tab = (label: "Form" | "JSON") => page.getByRole("tab", { name: label });
export const button = (label: string) => page.getByRole("button", { name: label, exact: true });
export const update = () => button("Update tracker");
export const status = () => page.getByRole("status").textContent();
export const request = () => page.getByRole("region", { name: "Request" });
export const response = () => page.getByRole("region", { name: "Response" });
export const rows = () => page.getByRole("grid").getByRole("row");

/** The label of the element that has the focus, or else its id or text. */
export const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.ariaLabel ?? (element?.id || element?.textContent);
  });

/** The calls to the service, except for those that only read. */
export const changes = () =>
  sandbox.record().requests.filter(({ kind, method }) => kind === "management" && method !== "GET");

/** The last request body that the service received, as text. */
export const lastBody = () => Buffer.from(sandbox.lastBody() ?? []).toString();

/** The description of a field if it is marked as invalid, otherwise null. */
export async function issueOf(field: Locator): Promise<string | null> {
  if ((await field.getAttribute("aria-invalid")) !== "true") return null;
  const ids = (await field.getAttribute("aria-describedby")) ?? "";
  return page.locator(`[id="${ids}"]`).textContent();
}

/** Replaces the text of a field by pasting from the clipboard. */
export async function pasteInto(field: Locator, text: string): Promise<void> {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await field.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+V");
}

export async function openJson(value: unknown): Promise<void> {
  await tab("JSON").click();
  await pasteInto(json(), typeof value === "string" ? value : JSON.stringify(value));
}

/** Distinct phrases of the length of a sentence. */
export const phrases = (count: number) =>
  Array.from({ length: count }, (_, index) => `we talked about the offer number ${index}`);

/** A tracker with a body of exactly this size, which has to be about a megabyte. */
export function trackerOf(bytes: number) {
  const tracker = { ...SAMPLE, vocabulary: phrases(25_000) };
  const missing = () => bytes - Buffer.byteLength(JSON.stringify(tracker));
  while (missing() < 0) tracker.vocabulary.length -= Math.ceil(-missing() / 50);
  tracker.vocabulary[0] += "x".repeat(missing());
  return tracker;
}
