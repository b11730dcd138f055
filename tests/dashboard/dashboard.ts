// Helpers for the tests in this folder: the built dashboard in Chromium, with the sandbox as the service. They find
// elements as people do: by role, label and description.

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "vitest";
import { buildDashboard, sandboxConfig } from "../../scripts/dashboard.mjs";
import { start } from "../../www/sandbox/server.mjs";
import { CHROME, FLAGS } from "../common/page.js";

/** The sandbox's tracker: the documented sample. */
export const SAMPLE = {
  id: "4476908732794496",
  name: "Promotion Mention",
  vocabulary: [
    "We have a special promotion going on if you book this before",
    "I can offer you a discount of 10 20 percent you being a new customer for us",
    "We have our month special this month",
    "We have a sale right now on",
  ],
};
const DESKTOP = { width: 1280, height: 800 };

export let sandbox: Awaited<ReturnType<typeof start>>;
/** The URL of the dashboard. */
export let url: string;
export let browser: Browser;
/** The context of the test: its pages share storage and locks, as the tabs of a person do. */
export let context: BrowserContext;
/** The first page of the context. */
export let page: Page;
/** Uncaught errors and console errors of all pages of a test. */
let errors: string[] = [];

/** Retries until the expectation holds. */
export const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 15_000 });

/** A suite of tests that each start with the dashboard open, showing the sandbox's tracker in the table. */
export function inChromium(title: string, tests: () => void): void {
  describe.skipIf(!CHROME)(
    `${title}${CHROME ? "" : " (the environment does not say where Chromium is)"}`,
    () => {
      let dashboard: Served;

      beforeAll(async () => {
        sandbox = await start();
        dashboard = await serveDashboard(sandbox.url);
        url = dashboard.url;
        browser = await chromium.launch({ executablePath: CHROME as string, args: FLAGS });
      });

      afterAll(async () => {
        await browser?.close();
        await dashboard?.close();
        await sandbox?.close();
      });

      beforeEach(async () => {
        sandbox.reset();
        await openContext();
      });

      afterEach(async () => {
        const found = errors;
        errors = [];
        await context.close();
        expect(found).toEqual([]);
      });

      tests();
    },
  );
}

/** A served folder. */
interface Served {
  /** With a slash at the end. */
  url: string;
  close(): Promise<void>;
}

/** Builds the dashboard, and serves it as a static host does, with settings for the sandbox. */
export async function serveDashboard(sandboxUrl: string): Promise<Served> {
  const folder = await mkdtemp(path.join(tmpdir(), "dashboard-"));
  await buildDashboard(folder);
  await writeFile(path.join(folder, "config.json"), JSON.stringify(sandboxConfig(sandboxUrl)));
  const served = await serveFolder(folder);
  return {
    ...served,
    async close() {
      await served.close();
      await rm(folder, { recursive: true });
    },
  };
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
};

/** Serves the files of a folder below a path. */
export async function serveFolder(folder: string, below = "/"): Promise<Served> {
  const server = http.createServer(async ({ url = "/" }, response) => {
    try {
      const { pathname } = new URL(url, "http://localhost");
      if (!pathname.startsWith(below)) throw new Error("not below the path");
      const file = pathname.slice(below.length) || "index.html";
      const body = await readFile(path.join(folder, file));
      response.writeHead(200, { "content-type": TYPES[path.extname(file)] }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    close: () =>
      new Promise<void>((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

interface Screen {
  viewport?: { width: number; height: number };
  colorScheme?: "light" | "dark";
  forcedColors?: "active";
  hasTouch?: boolean;
}

/**
 * Opens the dashboard in a new context, which has nothing stored.
 *
 * @param address the part after `#`
 */
export async function openContext(screen: Screen = {}, address = ""): Promise<void> {
  await context?.close();
  context = await browser.newContext({
    viewport: DESKTOP,
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    ...screen,
  });
  page = await openTab(address);
}

/**
 * Opens the dashboard in another tab of the context.
 *
 * @param address the part after `#`
 */
export async function openTab(address = ""): Promise<Page> {
  const tab = await context.newPage();
  tab.setDefaultTimeout(15_000);
  tab.on("pageerror", (error) => errors.push(error.message));
  tab.on("console", (message) => {
    // The browser logs each request that was refused or failed, which the tests expect.
    const expected = message.type() !== "error" || message.text().startsWith("Failed to load resource");
    if (!expected) errors.push(message.text());
  });
  await tab.goto(url + address);
  // On a narrow screen the table is in a drawer, which is closed.
  const hidden = { includeHidden: true };
  await tab
    .getByRole("table", { name: "Trackers", ...hidden })
    .getByRole("row", hidden)
    .first()
    .waitFor({ state: "attached" });
  return tab;
}

export const name = (tab = page) => tab.getByRole("textbox", { name: "Name", exact: true });
export const phrase = (number: number, tab = page) =>
  tab.getByRole("textbox", { name: `Phrase ${number.toLocaleString("en")}`, exact: true });
export const button = (label: string, tab = page) => tab.getByRole("button", { name: label, exact: true });
/** The status region of the bar; the editor has its own. */
export const status = (tab = page) => tab.getByRole("contentinfo").getByRole("status").textContent();
export const dialog = (label: string, tab = page) => tab.getByRole("dialog", { name: label });
/** The row of the table with the tracker of this name. */
export const row = (label: string, tab = page) =>
  tab.getByRole("table", { name: "Trackers" }).getByRole("row", { name: label });

/** Opens a tracker of the table in the editor. */
export async function pick(label = SAMPLE.name, tab = page): Promise<void> {
  await tab.getByRole("table", { name: "Trackers" }).getByRole("link", { name: label, exact: true }).click();
  await eventually(() => name(tab).inputValue()).toBe(label);
}

/** The requests that change something, in order. */
export const changes = () =>
  sandbox.record().requests.filter(({ kind, method }) => kind === "management" && method !== "GET");

/** A client that changes the service as a colleague would, not with the dashboard. */
export async function colleague(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${sandbox.url}/v1/manage/${path}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.token()}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return response.json();
}
