// A page in Chromium that loads the built package with a <script type="module">, without a bundler.

import { readFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Command-line flags of Chromium, so that it runs as root and makes no requests of its own. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const types: Record<string, string> = { ".js": "text/javascript", ".mjs": "text/javascript" };

/** The path of Chromium. If it is not set, the tests of pages are skipped. */
export const CHROME = process.env.CHROME;

/** Serves these texts by path, and the repository's files at all other paths. */
export async function serve(texts: Record<string, string>, headers: http.OutgoingHttpHeaders) {
  const server = http.createServer(async ({ url = "/" }, response) => {
    try {
      const body = texts[url] ?? (await readFile(path.join(root, new URL(url, "http://localhost").pathname)));
      const type = url === "/" ? "text/html; charset=utf-8" : types[path.extname(url)];
      response.writeHead(200, { ...headers, ...(type && { "content-type": type }) }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

/**
 * Starts a browser and opens a page that runs a module. `problems` are its uncaught errors, failed requests and console
 * errors.
 *
 * @param script the text of the module, which is served as a file because a Content-Security-Policy may require that
 * @param headers the headers of every response
 */
export async function openPage(script: string, headers: http.OutgoingHttpHeaders = {}) {
  const html =
    '<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="/script.js"></script>';
  const { server, url } = await serve({ "/": html, "/script.js": script }, headers);
  const browser = await chromium.launch({ executablePath: CHROME as string, args: FLAGS });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("requestfailed", (request) => problems.push(`failed: ${request.url()}`));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.goto(url);
  return {
    page,
    problems,
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
