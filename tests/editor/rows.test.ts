// The list: thousands of rows, by keyboard and by mouse, and what each has to say.

import { expect, it } from "vitest";
import {
  button,
  caret,
  eventually,
  inChromium,
  issueOf,
  load,
  noteOf,
  openWith,
  page,
  paste,
  phrase,
  phrases,
  rows,
  status,
  vocabulary,
  withEditor,
} from "./page.js";

inChromium("the list", () => {
  it("keeps few of 33,000 rows on the page, and the focused one wherever it is scrolled", async () => {
    await openWith(phrases(33_000));
    await phrase(1).focus();
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("33000");
    expect(await rows().count()).toBeLessThan(40);
    await page.getByRole("grid").hover();
    await page.mouse.wheel(0, 300_000);
    await eventually(() => rows().nth(2).getAttribute("aria-rowindex").then(Number)).toBeGreaterThan(5_000);
    expect((await caret()).label).toBe("Phrase 1");
    await page.keyboard.type("!");
    expect((await vocabulary())[0]).toMatch(/!/);
    await page.keyboard.press("ControlOrMeta+End");
    expect((await caret()).label).toBe("Phrase 33,000");
  });

  it("scrolls to the end of a list that is taller than a browser can make an element", async () => {
    // 1,200,000 rows of 40 pixels are 48 million; browsers stop at 18 to 33 million.
    await openWith([]);
    await withEditor((editor) => {
      editor.maxBytes = 2 ** 30;
      editor.value = {
        id: "42",
        name: "Sale",
        vocabulary: Array.from({ length: 1_200_000 }, (_, index) => `p${index}`),
      };
    });
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+End");
    await eventually(async () => (await caret()).label).toBe("Phrase 1,200,000");
    expect(await phrase(1_200_000).inputValue()).toBe("p1199999");
    const isInView = await phrase(1_200_000).evaluate((field) => {
      const list = field.closest("[part=list]")?.getBoundingClientRect();
      const { top, bottom } = field.getBoundingClientRect();
      return list !== undefined && top >= list.top && bottom <= list.bottom;
    });
    expect(isInView).toBe(true);
    await page.keyboard.press("ArrowUp");
    expect((await caret()).label).toBe("Phrase 1,199,999");
  });

  it("adds rows that are not marked before anything was typed, and leaves empty ones at the end out", async () => {
    await openWith(["a"]);
    await button("Add phrase").click();
    expect((await caret()).label).toBe("Phrase 2");
    expect(await issueOf(phrase(2))).toBeNull();
    await page.keyboard.type("b");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    expect(await rows().count()).toBe(4);
    await page.getByText("2 empty phrases at the end are left out when sending.").waitFor();
    expect(await vocabulary()).toEqual(["a", "b"]);
    expect(await withEditor((editor) => editor.checkValidity())).toBe(true);
    // In the middle, it is an issue once it was left.
    await phrase(4).fill("d");
    expect(await issueOf(phrase(3))).toBe("The phrase is empty.");
    expect(await withEditor((editor) => editor.checkValidity())).toBe(false);
  });

  it("says which phrase the typed one repeats, however far, once and after a pause", async () => {
    await openWith([...phrases(3_000)]);
    const said = () => page.locator("tracker-editor").getByRole("status").allTextContents();
    await withEditor((editor) => {
      const regions = editor.shadowRoot?.querySelectorAll("[role=status]") ?? [];
      const heard: string[] = [];
      Reflect.set(globalThis, "heard", heard);
      for (const region of regions)
        new MutationObserver(() => heard.push(region.textContent ?? "")).observe(region, { childList: true });
    });
    await phrase(1).click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("we talked about the offer number 2500");
    expect(await page.evaluate(() => Reflect.get(globalThis, "heard"))).toEqual([]);
    // The earlier one is not the issue: the later one repeats it.
    await eventually(() => noteOf(phrase(1))).toBe("Repeated by phrase 2,501.");
    await page.getByRole("button", { name: "Repeated by phrase 2,501." }).click();
    expect((await caret()).label).toBe("Phrase 2,501");
    expect(await issueOf(phrase(2_501))).toBe("Repeats phrase 1.");
    await phrase(2_501).press("End");
    await page.keyboard.type("x");
    await page.keyboard.press("Backspace");
    await eventually(said).toContain("Repeats phrase 1.");
    await page.getByRole("button", { name: "Repeats phrase 1." }).click();
    expect((await caret()).label).toBe("Phrase 1");
  });

  it("shows line breaks, tabs and other controls, and keeps them", async () => {
    const held = ["one\ntwo", "a\tb", "c\u202Ed", "plain"];
    await openWith(held);
    expect(await phrase(1).inputValue()).toBe("one↵two");
    expect(await phrase(2).inputValue()).toBe("a⇥b");
    expect(await phrase(3).inputValue()).toBe("c�d");
    expect(await vocabulary()).toEqual(held);
    await phrase(1).click();
    await page.keyboard.press("End");
    await page.keyboard.type("!");
    await page.keyboard.press("Home");
    await page.keyboard.type("?");
    expect((await vocabulary())[0]).toBe("?one\ntwo!");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("ControlOrMeta+C");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("?one\ntwo!");
    for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Home");
    for (let press = 0; press < 5; press++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Backspace");
    expect((await vocabulary())[0]).toBe("?onetwo!");
  });

  it("keeps a text that is too long in the field, and says that it is not part of the tracker", async () => {
    // A draft holds eight times the limit.
    await openWith(["a", ...Array.from({ length: 8_300 }, (_, index) => `${index}${"x".repeat(1_000)}`)]);
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+A");
    const text = "y".repeat(100_000);
    await page.keyboard.insertText(text);
    expect(await issueOf(phrase(1))).toBe(
      "This text is too long for a tracker. It stays here, but is not part of the tracker.",
    );
    expect(await withEditor((editor) => [editor.value.vocabulary[0], editor.validity.tooLong])).toEqual([
      "a",
      true,
    ]);
    expect(await phrase(1).inputValue()).toBe(text);
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("ControlOrMeta+Home");
    expect(await phrase(1).inputValue()).toBe(text);
    await phrase(1).fill("c");
    expect(await issueOf(phrase(1))).toBeNull();
    expect((await vocabulary())[0]).toBe("c");
  });

  it("moves, removes and goes from row to row by keyboard alone", async () => {
    await openWith(["a", "b", "c"]);
    await phrase(1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    expect(await vocabulary()).toEqual(["b", "a", "c"]);
    expect((await caret()).label).toBe("Phrase 2");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Backspace");
    expect(await vocabulary()).toEqual(["b", "a"]);
    expect((await caret()).label).toBe("Phrase 2");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await vocabulary()).toEqual(["a", "b"]);
  });

  it("selects with Shift, Ctrl and Ctrl+A, copies and deletes", async () => {
    await openWith(["a", "b\nc", "d", "e", "f"]);
    const header = (number: number) => page.getByRole("rowheader", { name: `${number}`, exact: true });
    const selected = () => page.getByRole("row", { selected: true }).count();
    await header(1).click();
    await header(3).click({ modifiers: ["Shift"] });
    await header(5).click({ modifiers: ["ControlOrMeta"] });
    await page.getByText("4 phrases selected").waitFor();
    await page.keyboard.press("ControlOrMeta+C");
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('a\n"b\nc"\nd\nf');
    await page.keyboard.press("Delete");
    expect(await vocabulary()).toEqual(["e"]);
    await eventually(status).toBe("4 phrases removed.");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await vocabulary()).toHaveLength(5);
    await phrase(2).focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    expect(await selected()).toBe(3);
    await page.keyboard.press("Escape");
    expect(await selected()).toBe(0);
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+A");
    expect(await selected()).toBe(0);
    await page.keyboard.press("ControlOrMeta+A");
    expect(await selected()).toBe(5);
  });

  it("has targets of 24 pixels for a mouse and 44 for a finger", async () => {
    const smallest = () =>
      withEditor((editor) =>
        Math.min(
          ...[...(editor.shadowRoot?.querySelectorAll<HTMLElement>("button, input, summary, select") ?? [])]
            .filter((element) => element.offsetParent !== null && !element.closest("dialog"))
            .flatMap((element) => [element.offsetWidth, element.offsetHeight]),
        ),
      );
    await openWith(["a!", "a", "a", "b "]);
    expect(await smallest()).toBeGreaterThanOrEqual(24);
    await page.context().close();
    await openWith(["a!", "a", "a", "b "], {
      hasTouch: true,
      isMobile: true,
      viewport: { width: 390, height: 844 },
    });
    await load(["a!", "a", "a", "b "]);
    expect(await smallest()).toBeGreaterThanOrEqual(44);
  });

  it("gives the text the most room at every width", async () => {
    await openWith([
      "a phrase that is as long as phrases are",
      "a phrase that is as long as phrases are",
      "c!",
    ]);
    for (const width of [320, 480, 640, 1024, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const { text, row, scrolls } = await phrase(2).evaluate((field) => ({
        text: field.getBoundingClientRect().width,
        row: field.closest("[role=row]")?.getBoundingClientRect().width ?? 0,
        scrolls: document.documentElement.scrollWidth > innerWidth,
      }));
      expect(text / row).toBeGreaterThan(width < 700 ? 0.75 : 0.5);
      expect(scrolls).toBe(false);
    }
  });

  it("opens the dialog for a paste beside the fields", async () => {
    await openWith([]);
    await page.getByText("No phrases yet.").click();
    await paste("b");
    await button("Add 1 phrase").click();
    expect(await vocabulary()).toEqual(["b"]);
  });

  it("does not move rows when one is selected", async () => {
    await openWith(["a", "b", "c"]);
    const top = async () => (await phrase(3).boundingBox())?.y;
    const before = await top();
    await page.getByRole("rowheader", { name: "1", exact: true }).click();
    await page.getByText("1 phrase selected").waitFor();
    expect(await top()).toBe(before);
  });

  it("opens the dialog for a paste of several lines into a row", async () => {
    await openWith(["a"]);
    await phrase(1).focus();
    await paste("b\nc");
    await page.getByRole("dialog", { name: "Add phrases" }).waitFor();
    await button("Add 2 phrases").click();
    expect(await vocabulary()).toEqual(["a", "b", "c"]);
  });
});
