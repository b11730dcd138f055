// The README's page with an editor, opened as it is; only the bare import is resolved, as a bundler would.

import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { describe, expect, it } from "vitest";
import { CHROME, FLAGS, serve } from "../common/page.js";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const pages = [...readme.matchAll(/^```html\n(.*?)^```$/gms)].map(([, page = ""]) => page);
const IMPORTS = { imports: { "symbl-tracker/editor": "/pkg/dist/editor/index.js" } };

describe.skipIf(!CHROME)(`in Chromium${CHROME ? "" : " (CHROME is not set)"}`, () => {
  it("has a page", () => expect(pages).toHaveLength(1));

  it.each(pages)("page %#", async (page) => {
    const html = `<!doctype html><script type="importmap">${JSON.stringify(IMPORTS)}</script>${page}`;
    const { server, url } = await serve({ "/": html }, {});
    const browser = await chromium.launch({ executablePath: CHROME as string, args: FLAGS });
    try {
      const tab = await browser.newPage();
      await tab.goto(url);
      await expect.poll(() => tab.getByLabel("Phrase 1", { exact: true }).inputValue()).toBe("Flash sale");
      const sent = await tab.evaluate(() => {
        const form = document.querySelector("form") as HTMLFormElement;
        return new FormData(form).get("tracker");
      });
      expect(JSON.parse(String(sent))).toEqual({ id: "1", name: "Sale", vocabulary: ["Flash sale"] });
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  });
});
