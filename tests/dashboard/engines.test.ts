// The core flows in the other engines, with real keys and clicks: what is typed survives a reload, a colleague's work is
// not overwritten, and a tracker is created. The other tests of this folder run in Chromium.

import puppeteer from "puppeteer-core";
import { Key } from "selenium-webdriver";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { start } from "../../www/sandbox/server.mjs";
import { browsers, titleOf } from "../common/browsers.js";
import { startWebKit } from "../common/webkit.js";
import { eventually, SAMPLE, serveDashboard } from "./dashboard.js";

/** A window in which a person works. */
interface Window {
  goto(url: string): Promise<unknown>;
  click(at: Point): Promise<unknown>;
  /** Selects the text of the field that has the focus, and types over it. */
  typeOver(text: string): Promise<unknown>;
  evaluate<A extends unknown[], T>(work: (...args: A) => T, ...args: A): Promise<T>;
  close(): Promise<unknown>;
}

interface Point {
  x: number;
  y: number;
}

const engines = {
  async firefox(): Promise<Window> {
    const browser = await puppeteer.launch({
      browser: "firefox",
      executablePath: process.env.FIREFOX as string,
      defaultViewport: { width: 1200, height: 800 },
    });
    const page = await browser.newPage();
    return {
      goto: (url) => page.goto(url),
      click: ({ x, y }) => page.mouse.click(x, y),
      async typeOver(text) {
        await page.keyboard.down("Control");
        await page.keyboard.press("a");
        await page.keyboard.up("Control");
        await page.keyboard.type(text);
      },
      evaluate: (work, ...args) => page.evaluate(work as never, ...args) as never,
      close: () => browser.close(),
    };
  },
  async webkit(): Promise<Window> {
    const { driver, close } = await startWebKit();
    return {
      goto: (url) => driver.get(url),
      click: ({ x, y }) => driver.actions().move({ x, y }).click().perform(),
      typeOver: (text) =>
        driver.actions().keyDown(Key.CONTROL).sendKeys("a").keyUp(Key.CONTROL).sendKeys(text).perform(),
      evaluate: (work, ...args) => driver.executeScript(`return (${work})(...arguments)`, ...args),
      close,
    };
  },
};

type Role = "button" | "link" | "textbox" | "dialog" | "status";

/** The text and the centre of the element with this role and label, in the page or in its editor. Runs in the page. */
function find(role: Role, label: string): (Point & { text: string }) | undefined {
  const selectors = {
    button: "button",
    link: "a",
    textbox: "input, textarea",
    dialog: "dialog",
    status: "footer [role=status]",
  };
  const named = (element: HTMLElement) => {
    const root = element.getRootNode() as Document | ShadowRoot;
    const other = root.getElementById(element.getAttribute("aria-labelledby") ?? "");
    const [labelling] = (element as HTMLInputElement).labels ?? [];
    const label = element.getAttribute("aria-label");
    return (other?.textContent ?? label ?? labelling?.textContent ?? element.innerText).trim();
  };
  const editors = [...document.querySelectorAll("tracker-editor")].map(({ shadowRoot }) => shadowRoot);
  for (const root of [document, ...editors]) {
    for (const element of root?.querySelectorAll<HTMLElement>(selectors[role]) ?? []) {
      if (!element.checkVisibility() || (role !== "status" && named(element) !== label)) continue;
      const { x, y, width, height } = element.getBoundingClientRect();
      const text = element instanceof HTMLInputElement ? element.value : element.innerText;
      return { x: Math.round(x + width / 2), y: Math.round(y + height / 2), text };
    }
  }
}

describe.each(["firefox", "webkit"] as const)("%s", (name) => {
  describe.skipIf(!browsers[name].isHere)(titleOf(browsers[name]), () => {
    let sandbox: Awaited<ReturnType<typeof start>>;
    let dashboard: Awaited<ReturnType<typeof serveDashboard>>;
    let window: Window;

    beforeAll(async () => {
      sandbox = await start({ update: "replace" });
      dashboard = await serveDashboard(sandbox.url);
      window = await engines[name]();
    });
    afterAll(async () => {
      await window?.close();
      await dashboard?.close();
      await sandbox?.close();
    });
    beforeEach(async () => {
      sandbox.reset();
      await open();
    });

    async function open(): Promise<void> {
      await window.goto("about:blank");
      await window.goto(`${dashboard.url}#/tracker/${SAMPLE.id}`);
    }

    /** Waits for an element with this role and label whose text starts like this. */
    async function shows(role: Role, label: string, text = "") {
      for (let tries = 0; tries < 200; tries++) {
        const found = await window.evaluate(find, role, label);
        if (found?.text.startsWith(text)) return found;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const screen = await window.evaluate(() => document.body.innerText);
      throw new Error(`no ${role} “${label}” with “${text}” in:\n${screen}`);
    }
    /** Opens the list of trackers, which is a drawer in a narrow window. */
    async function showList(): Promise<void> {
      await shows("textbox", "Name", SAMPLE.name);
      const drawer = await window.evaluate(find, "button", "☰ All trackers");
      if (drawer) await window.click(drawer);
    }
    const click = async (role: Role, label: string) => window.click(await shows(role, label));
    async function fill(label: string, text: string): Promise<void> {
      await click("textbox", label);
      await window.typeOver(text);
    }
    const lastBody = () => JSON.parse(Buffer.from(sandbox.lastBody() ?? []).toString());

    test("what was typed survives a reload, and is sent", async () => {
      await fill("Phrase 1", "an offer");
      await new Promise((resolve) => setTimeout(resolve, 500));
      await open();
      await shows("textbox", "Phrase 1", "an offer");
      await eventually(() => window.evaluate(() => document.body.innerText)).toContain("Restored edits");
      await click("button", "Update tracker");
      await shows("status", "", "Applied");
      expect(lastBody().vocabulary[0]).toBe("an offer");
    });

    test("a colleague’s change is shown before anything is overwritten", async () => {
      await fill("Phrase 1", "mine");
      await fetch(`${sandbox.url}/v1/manage/tracker/${SAMPLE.id}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${sandbox.token()}`, "content-type": "application/json" },
        body: JSON.stringify({ ...SAMPLE, vocabulary: [...SAMPLE.vocabulary, "theirs"] }),
      });
      await click("button", "Update tracker");
      await shows("dialog", "Someone else changed this tracker");
      await click("button", "Use this and send");
      await shows("status", "", "Applied");
      expect(lastBody().vocabulary).toEqual(expect.arrayContaining(["mine", "theirs"]));
    });

    test("a new tracker is created", async () => {
      await showList();
      await click("button", "New tracker");
      await fill("Name", "Refunds");
      await click("button", "Add phrase");
      await fill("Phrase 1", "money back");
      await click("button", "Create tracker");
      await shows("status", "", "Applied");
      await open();
      await showList();
      await click("link", "Refunds");
      await shows("textbox", "Name", "Refunds");
    });
  });
});
