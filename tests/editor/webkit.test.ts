// The same element in WebKit, by keys, roles and labels: its events of input, its clipboard and its forms differ from Chromium's.

import { By, Key, type WebDriver, type WebElement } from "selenium-webdriver";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TrackerEditor } from "../../pkg/src/editor/element.js";
import { serve } from "../common/page.js";
import { startWebKit } from "../common/webkit.js";

const { WEBKIT } = process.env;
const HTML = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Editor</title><link rel="icon" href="data:,">
<form><tracker-editor name="tracker"></tracker-editor><button>Send</button></form><textarea id="other"></textarea>
<script type="module" src="/script.js"></script>`;
const SCRIPT = `import "/pkg/dist/editor/index.js";
globalThis.problems = [];
addEventListener("error", ({ message }) => problems.push(message));
addEventListener("unhandledrejection", ({ reason }) => problems.push(String(reason)));
addEventListener("submit", (event) => {
  event.preventDefault();
  globalThis.sent = new FormData(event.target).get("tracker");
});
globalThis.isReady = true;`;
describe.skipIf(!WEBKIT)(`in WebKit${WEBKIT ? "" : " (WEBKIT does not say where it is)"}`, () => {
  let driver: WebDriver;
  let close: () => Promise<void>;
  let served: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    served = await serve({ "/": HTML, "/script.js": SCRIPT }, {});
    ({ driver, close } = await startWebKit());
    await driver.get(served.url);
    await driver.wait(() => driver.executeScript("return 'isReady' in window"), 50_000);
  });
  afterAll(async () => {
    const problems = await driver?.executeScript("return problems");
    await close?.();
    served?.server.closeAllConnections();
    served?.server.close();
    expect(problems).toEqual([]);
  });
  beforeEach(() => load(["on sale", "half price", "gift card"]));

  const withEditor = <T, A>(work: (editor: TrackerEditor, argument: A) => T, argument?: A): Promise<T> =>
    driver.executeScript(
      `return (${work})(document.querySelector("tracker-editor"), arguments[0])`,
      argument ?? null,
    );
  const load = (vocabulary: string[]) =>
    withEditor((editor, vocabulary) => {
      editor.value = { id: "42", name: "Sale", vocabulary };
    }, vocabulary);
  const vocabulary = () => withEditor((editor) => editor.value.vocabulary);
  /** The label of what has the focus. */
  const focused = () =>
    withEditor((editor) => editor.shadowRoot?.activeElement?.getAttribute("aria-label") ?? "");
  const status = () => withEditor((editor) => editor.shadowRoot?.querySelector("[part=status]")?.textContent);

  /** What a person finds by its role and its label; it may take a moment to be there. */
  async function find(role: "textbox" | "button" | "dialog", label: string): Promise<WebElement> {
    const likely = () =>
      withEditor((editor, label) => {
        const root = editor.shadowRoot as ShadowRoot;
        const named = (element: HTMLElement) =>
          root.getElementById(element.getAttribute("aria-labelledby") ?? "")?.textContent ??
          element.getAttribute("aria-label") ??
          element.textContent;
        const all = [...root.querySelectorAll<HTMLElement>("input, button, dialog")];
        return all.find((element) => element.checkVisibility() && named(element) === label) ?? null;
      }, label);
    const element = (await driver.wait(likely, 20_000, `no ${role} “${label}”`)) as unknown as WebElement;
    expect([await element.getAriaRole(), await element.getAccessibleName()]).toEqual([role, label]);
    return element;
  }
  // The driver's own click takes the host for something that covers what is in its shadow.
  const click = async (...[role, label]: Parameters<typeof find>) =>
    driver
      .actions()
      .move({ origin: await find(role, label) })
      .click()
      .perform();
  const type = (...keys: string[]) =>
    driver
      .actions()
      .sendKeys(...keys)
      .perform();
  const press = (modifier: string, key: string) =>
    driver.actions().keyDown(modifier).sendKeys(key).keyUp(modifier).perform();
  const eventually = <T>(value: () => Promise<T>) => expect.poll(value, { timeout: 20_000 });

  it("undoes and redoes a run of typing as one step, and says so", async () => {
    await click("textbox", "Phrase 1");
    await type(Key.END, " today");
    expect((await vocabulary())[0]).toBe("on sale today");
    await press(Key.CONTROL, "z");
    expect((await vocabulary())[0]).toBe("on sale");
    expect(await focused()).toBe("Phrase 1");
    expect(await status()).toBe("Undone: phrase 1 is “on sale”.");
    await press(Key.CONTROL, "y");
    expect((await vocabulary())[0]).toBe("on sale today");
    await click("button", "Undo");
    expect((await vocabulary())[0]).toBe("on sale");
  });

  it("adds, moves, selects and removes by keyboard alone", async () => {
    await click("textbox", "Phrase 1");
    await type(Key.ENTER, "new");
    expect(await vocabulary()).toEqual(["on sale", "new", "half price", "gift card"]);
    await press(Key.ALT, Key.ARROW_DOWN);
    expect(await vocabulary()).toEqual(["on sale", "half price", "new", "gift card"]);
    expect(await focused()).toBe("Phrase 3");
    await type(Key.ESCAPE);
    await press(Key.SHIFT, Key.ARROW_UP);
    await type(Key.DELETE);
    expect(await vocabulary()).toEqual(["on sale", "gift card"]);
    expect(await status()).toBe("2 phrases removed.");
    await press(Key.CONTROL, "z");
    expect(await vocabulary()).toHaveLength(4);
  });

  it("goes from issue to issue", async () => {
    await load(["a", "b", "a", "c", "", "d"]);
    await click("textbox", "Phrase 1");
    await type(Key.F8);
    await eventually(focused).toBe("Phrase 3");
    await type(Key.F8);
    await eventually(focused).toBe("Phrase 5");
    await press(Key.SHIFT, Key.F8);
    await eventually(focused).toBe("Phrase 3");
    await click("button", "Repeats phrase 1.");
    expect(await focused()).toBe("Phrase 1");
  });

  it("finds phrases", async () => {
    await click("textbox", "Phrase 1");
    await press(Key.CONTROL, "f");
    await type("CARD");
    const shown = () =>
      withEditor((editor) => [...(editor.shadowRoot?.querySelectorAll("[role=row]") ?? [])].length);
    await eventually(shown).toBe(1);
    await type(Key.ENTER);
    expect(await focused()).toBe("Phrase 3");
    await click("button", "Close search");
    expect(await shown()).toBe(3);
  });

  it("opens the dialog for several lines that are pasted, and adds them as one step", async () => {
    await driver.executeScript((text: string) => {
      const other = document.querySelector<HTMLTextAreaElement>("#other");
      if (!other) return;
      other.value = text;
      other.focus();
      other.select();
    }, "phrase\tuses\non sale\t3\ncall me back\t4\nrefund\t5\n");
    await press(Key.CONTROL, "c");
    await click("textbox", "Phrase 1");
    await press(Key.CONTROL, "v");
    await find("dialog", "Add phrases");
    await click("button", "Add 2 phrases");
    expect(await vocabulary()).toEqual(["on sale", "half price", "gift card", "call me back", "refund"]);
    await press(Key.CONTROL, "z");
    expect(await vocabulary()).toHaveLength(3);
  });

  it("is in the form that is submitted, unless it is invalid", async () => {
    const send = () => driver.findElement(By.css("form > button")).click();
    const sent = () => driver.executeScript("return globalThis.sent ?? null");
    await click("textbox", "Phrase 2");
    await press(Key.CONTROL, "a");
    await type("on sale");
    await send();
    await eventually(() => withEditor((editor) => editor.matches(":state(user-invalid)"))).toBe(true);
    expect(await sent()).toBeNull();
    await click("textbox", "Phrase 2");
    await type(Key.END, " today");
    await send();
    await eventually(sent).toBe(
      '{"id":"42","name":"Sale","vocabulary":["on sale","on sale today","gift card"]}',
    );
  });
});
