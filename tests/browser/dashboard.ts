// The dashboard in a browser, with the sandbox as the service, for the tests beside this file. Everything is found
// the way people find it: by role, label and description.

import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { createServer, type InlineConfig, type ViteDevServer } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { start } from "../../www/sandbox/server.mjs";
import { CHROME } from "../common/page.js";

export const ID = "4476908732794496";
/** What the documented sample sends, and what the service had before and keeps. */
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
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export let sandbox: Awaited<ReturnType<typeof start>>;
/** Of the dashboard's server. */
export let config: InlineConfig;
export let page: Page;
let vite: ViteDevServer;
let browser: Browser;
/** What the page says to its console that it should not. */
let complaints: string[];

/** Retries until the expectation holds. */
export const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 10_000 });

/** Tests that find the dashboard open, with the sample in it. */
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
      browser = await chromium.launch({ executablePath: CHROME as string, args });
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
      const said = complaints;
      await page.context().close();
      expect(said).toEqual([]);
    });

    tests();
  });
}

interface Screen {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  hasTouch?: boolean;
  /** Of another server than the usual one. */
  url?: string | undefined;
}

/** Opens the dashboard anew, as another person would, and waits until it has read the trackers. */
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
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refused request is noted by the browser itself.
    const ordinary = message.type() !== "error" || message.text().startsWith("Failed to load resource");
    if (!ordinary) complaints.push(message.text());
  });
  await page.goto(url as string);
  await page.locator("body:not([inert])").waitFor();
}

/** The service goes, and comes back at the same address as if nothing had been. */
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
export const answer = () => page.getByRole("region", { name: "Answer" });
export const rows = () => page.getByRole("grid").getByRole("row");

/** How the element that has the focus is called; its id where it has no label of its own. */
export const focused = () =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.ariaLabel ?? (element?.id || element?.textContent);
  });

/** The calls that would have changed something at the service. */
export const changes = () =>
  sandbox.record().requests.filter(({ kind, method }) => kind === "management" && method !== "GET");

/** What came last to the service, as text. */
export const lastBody = () => Buffer.from(sandbox.lastBody() ?? []).toString();

/** What a field's aria-describedby says, if the field is marked as invalid. */
export async function issueOf(field: Locator): Promise<string | null> {
  if ((await field.getAttribute("aria-invalid")) !== "true") return null;
  const ids = (await field.getAttribute("aria-describedby")) ?? "";
  return page.locator(`[id="${ids}"]`).textContent();
}

/** Pastes from the clipboard, as people do with a megabyte. */
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

/** Phrases as people have them: distinct, and a sentence long. */
export const phrases = (count: number) =>
  Array.from({ length: count }, (_, index) => `we talked about the offer number ${index}`);

/** A tracker of exactly so many bytes, about a megabyte. */
export function trackerOf(bytes: number) {
  const tracker = { ...SAMPLE, vocabulary: phrases(25_000) };
  const missing = () => bytes - Buffer.byteLength(JSON.stringify(tracker));
  while (missing() < 0) tracker.vocabulary.length -= Math.ceil(-missing() / 50);
  tracker.vocabulary[0] += "x".repeat(missing());
  return tracker;
}
