// The same element in Firefox, which Playwright does not drive as Debian has it.

import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TrackerEditor } from "../../pkg/src/editor/element.js";
import { serve } from "../common/page.js";

const { FIREFOX } = process.env;
const HTML = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><form><tracker-editor name="tracker"></tracker-editor></form><script type="module" src="/script.js"></script>`;
const SCRIPT = 'import "/pkg/dist/editor/index.js"; globalThis.isReady = true;';

describe.skipIf(!FIREFOX)(`in Firefox${FIREFOX ? "" : " (FIREFOX does not say where it is)"}`, () => {
  let browser: Browser;
  let page: Page;
  let served: Awaited<ReturnType<typeof serve>>;
  const problems: string[] = [];

  beforeAll(async () => {
    served = await serve({ "/": HTML, "/script.js": SCRIPT }, {});
    browser = await puppeteer.launch({ browser: "firefox", executablePath: FIREFOX as string });
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(served.url);
    await page.waitForFunction(() => "isReady" in globalThis);
  });
  afterAll(async () => {
    await browser?.close();
    served?.server.closeAllConnections();
    served?.server.close();
    expect(problems).toEqual([]);
  });

  const withEditor = <T>(work: (editor: TrackerEditor) => T) =>
    page.$eval("tracker-editor", work as never) as Promise<Awaited<T>>;
  const control = async (key: "z" | "y" | "End") => {
    await page.keyboard.down("Control");
    await page.keyboard.press(key);
    await page.keyboard.up("Control");
  };

  it("edits, undoes typing as one step, and shows line breaks", async () => {
    await withEditor((editor) => {
      editor.value = { id: "42", name: "Sale", vocabulary: ["on sale", "one\ntwo"] };
      editor.focus({ phrase: 1 });
    });
    await page.keyboard.press("End");
    await page.keyboard.type(" three");
    const shown = () => withEditor((editor) => Reflect.get(editor.shadowRoot?.activeElement ?? {}, "value"));
    expect(await shown()).toBe("one↵two three");
    expect(await withEditor((editor) => editor.value.vocabulary[1])).toBe("one\ntwo three");
    await control("z");
    expect(await shown()).toBe("one↵two");
    await control("y");
    expect(await withEditor((editor) => new FormData(editor.form as HTMLFormElement).get("tracker"))).toBe(
      '{"id":"42","name":"Sale","vocabulary":["on sale","one\\ntwo three"]}',
    );
  });

  it("scrolls to the end of a list taller than an element can be, and reports what is wrong", async () => {
    await withEditor((editor) => {
      const many = Array.from({ length: 600_000 }, (_, index) => `p${index}`);
      editor.value = { id: "42", name: "Sale", vocabulary: [...many, "p3"] };
      editor.focus({ phrase: 0 });
    });
    await control("End");
    const label = () => withEditor((editor) => editor.shadowRoot?.activeElement?.getAttribute("aria-label"));
    expect(await label()).toBe("Phrase 600,001");
    expect(
      await withEditor((editor) => [editor.checkValidity(), editor.matches(":state(user-invalid)")]),
    ).toEqual([false, true]);
  });

  it("reads a spreadsheet", async () => {
    expect(
      await withEditor(async (editor) => {
        editor.value = { id: "42", name: "Sale", vocabulary: [] };
        await editor.importText('phrase\tuses\n"a ""b"""\t1\nc\t2');
        return editor.value.vocabulary;
      }),
    ).toEqual(['a "b"', "c"]);
  });
});
