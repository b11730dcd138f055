// A page with an editor in Chromium, under the strictest policy that wasm can run under and with Trusted Types.
// Everything is found as people find it: by role and label.

import { readFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Locator,
  type Page,
} from "playwright-core";
import { afterAll, afterEach, describe, expect } from "vitest";
import type { TrackerEditor } from "../../pkg/src/editor/element.js";
import { CHROME, FLAGS } from "../common/page.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src data:; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const SCRIPT =
  'import * as editor from "/pkg/dist/editor/index.js"; globalThis.api = editor; document.documentElement.style.background = "Canvas";';
const TYPES: Record<string, string> = { ".js": "text/javascript", ".html": "text/html; charset=utf-8" };

export let page: Page;
let browser: Browser | undefined;
let server: http.Server | undefined;
/** Where pages without other options are opened: it has the scripts in its cache. */
let usual: BrowserContext | undefined;
let problems: string[];
/** What the server answers instead of a file, by path. */
let texts: Record<string, string>;
let headers: http.OutgoingHttpHeaders;
let folder: string;
/** What was posted last. */
export let posted: string | undefined;

/** Retries until the expectation holds. */
export const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 10_000 });

/** Tests that open pages with {@link open}. */
export function inChromium(title: string, tests: () => void): void {
  describe.skipIf(!CHROME)(`${title}${CHROME ? "" : " (CHROME is not set)"}`, () => {
    afterEach(async () => {
      const context = page.context();
      if (context === usual) await page.close();
      else await context.close();
      expect(problems).toEqual([]);
    });
    tests();
  });
}

// Once for all tests of a file.
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "POST") {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    posted = Buffer.concat(chunks).toString();
    response.writeHead(204).end();
    return;
  }
  const type = TYPES[path.extname(pathname) || ".html"] ?? "text/plain";
  try {
    const text = texts[pathname];
    const cached = text === undefined ? { "cache-control": "max-age=3600" } : {};
    const body = text ?? (await readFile(path.join(folder, pathname)));
    response.writeHead(200, { ...headers, ...cached, "content-type": type }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function serve(): Promise<string> {
  if (!server) {
    const starting = http.createServer(answer);
    await new Promise<void>((listening) => starting.listen(0, "127.0.0.1", listening));
    server = starting;
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function contextFor(options: BrowserContextOptions): Promise<BrowserContext> {
  browser ??= await chromium.launch({ executablePath: CHROME as string, args: FLAGS });
  const isUsual = Object.keys(options).length === 0;
  if (isUsual && usual) return usual;
  const context = await browser.newContext({
    viewport: { width: 1000, height: 900 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  // Pages load slowly on a busy machine.
  context.setDefaultNavigationTimeout(50_000);
  context.setDefaultTimeout(10_000);
  if (isUsual) {
    usual = context;
    context.on("close", () => {
      usual = undefined;
    });
  }
  return context;
}

/**
 * Opens a page.
 *
 * @param body its HTML
 * @param script of the page, which finds the package's exports in `api`
 */
export async function open(
  body = '<tracker-editor name="tracker"></tracker-editor>',
  { script = "", html, folder: files = root, ...options }: PageOptions = {},
): Promise<void> {
  posted = undefined;
  folder = files;
  headers = html === undefined ? { "content-security-policy": POLICY } : {};
  texts =
    html === undefined
      ? { "/": pageOf(body), "/script.js": `${SCRIPT}\n${script}` }
      : { "/": html, "/script.js": script };
  const url = await serve();
  page = await (await contextFor(options)).newPage();
  problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(url);
  if (html === undefined) await page.waitForFunction(() => "api" in globalThis);
}

const pageOf = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Editor</title><link rel="icon" href="data:,"><main>${body}</main><script type="module" src="/script.js"></script>`;

interface PageOptions extends BrowserContextOptions {
  /** The text of `/script.js`. */
  script?: string;
  /** The whole page; then there is no policy. */
  html?: string;
  /** Where other files are. */
  folder?: string;
}

/** Calls a function with the editor. */
export function withEditor<T, A>(
  work: (editor: TrackerEditor, argument: A) => T,
  argument?: A,
): Promise<Awaited<T>> {
  return page
    .locator("tracker-editor")
    .first()
    .evaluate(work as never, argument as never) as Promise<Awaited<T>>;
}

/** Opens a page with these phrases. */
export async function openWith(vocabulary: string[], options?: BrowserContextOptions): Promise<void> {
  await open(undefined, options);
  await load(vocabulary);
}

export function load(vocabulary: string[]): Promise<void> {
  return withEditor((editor, vocabulary) => {
    editor.value = { id: "42", name: "Sale", vocabulary: vocabulary ?? [] };
  }, vocabulary);
}

export const vocabulary = () => withEditor((editor) => editor.value.vocabulary);
export const name = () => page.getByRole("textbox", { name: "Name", exact: true });
export const phrase = (number: number) =>
  page.getByRole("textbox", { name: `Phrase ${number.toLocaleString("en")}`, exact: true });
export const button = (label: string) => page.getByRole("button", { name: label, exact: true });
export const rows = () => page.getByRole("grid").getByRole("row");
/** What was said last. The count of a search is a status too. */
export const status = () => page.locator("tracker-editor [part=status]").textContent();

/** What a field is described by, if it is marked as invalid. */
export async function issueOf(field: Locator): Promise<string | null> {
  if ((await field.getAttribute("aria-invalid")) !== "true") return null;
  return noteOf(field);
}

/** What a field is described by. */
export async function noteOf(field: Locator): Promise<string | null> {
  return field.evaluate((element) => {
    const id = element.getAttribute("aria-describedby");
    return id === null
      ? null
      : ((element.getRootNode() as ShadowRoot).getElementById(id)?.textContent ?? null);
  });
}

/** Where the caret is in the field that has the focus. */
export function caret(): Promise<{ label: string | null; at: number | null }> {
  return withEditor((editor) => {
    const field = editor.shadowRoot?.activeElement as HTMLInputElement | null;
    return {
      label: field?.getAttribute("aria-label") ?? field?.id ?? null,
      at: field?.selectionStart ?? null,
    };
  });
}

/** Pastes a text into what has the focus. */
export async function paste(text: string): Promise<void> {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await page.keyboard.press("ControlOrMeta+V");
}

/** Phrases as people have them: distinct, and a sentence long. */
export const phrases = (count: number) =>
  Array.from({ length: count }, (_, index) => `we talked about the offer number ${index}`);
