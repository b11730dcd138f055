// The list of phrases: pasting, suggestions, thousands of rows, and the keyboard.

import { expect, it } from "vitest";
import {
  button,
  eventually,
  focused,
  ID,
  inChromium,
  issueOf,
  KEPT,
  lastBody,
  openJson,
  page,
  pasteInto,
  phrase,
  phrases,
  rows,
  SAMPLE,
  status,
  tab,
  update,
} from "./dashboard.js";

inChromium("the list", () => {
  const many = phrases(20_000);

  it("previews a pasted list of phrases, adds it and undoes that", async () => {
    await button("Paste list…").click();
    await pasteInto(
      page.getByLabel("One phrase per line"),
      `on sale\n\n  half price \non sale\n${KEPT[1]}\n`,
    );
    await page.getByText("2 new phrases. 2 duplicates will be skipped.").waitFor();
    await button("Add 2 phrases").click();
    await eventually(status).toBe("2 phrases added, 2 duplicates skipped.");
    expect(await phrase(6).inputValue()).toBe("half price");
    await button("Undo that").click();
    await eventually(() => rows().count()).toBe(4);
  });

  it("applies suggestions one at a time or all at once", async () => {
    await phrase(1).fill("Could you please tell me about the sale");
    await phrase(2).fill("a special!");
    await phrase(3).fill("A  special!");
    await page.getByText("5 suggestions.").waitFor();
    const described = await phrase(1).getAttribute("aria-describedby");
    expect(await page.locator(`[id="${described}"]`).textContent()).toBe(
      "“could you please tell me about the” carries no meaning.",
    );
    expect(await issueOf(phrase(1))).toBeNull();

    await button("Fix Phrase 1").click();
    expect(await phrase(1).inputValue()).toBe("sale");
    await button("Apply all").click();
    await eventually(() => rows().count()).toBe(3);
    expect(await phrase(2).inputValue()).toBe("a special");
    await button("Undo that").click();
    expect(await phrase(3).inputValue()).toBe("A  special!");
  });

  it("mounts few of 20,000 rows, and keeps the focused row mounted while scrolling", async () => {
    await openJson({ ...SAMPLE, vocabulary: many });
    await tab("Form").click();
    await phrase(1).focus();
    const grid = page.getByRole("grid");
    expect(await grid.getAttribute("aria-rowcount")).toBe("20000");
    expect(await rows().count()).toBeLessThan(40);

    await page.mouse.move(500, 500);
    await page.mouse.wheel(0, 300_000);
    await eventually(() => rows().last().getAttribute("aria-rowindex")).not.toBe("20");
    await eventually(() => rows().nth(1).getAttribute("aria-rowindex").then(Number)).toBeGreaterThan(5_000);
    expect(await rows().count()).toBeLessThan(40);
    expect(await phrase(1).evaluate((element) => element === document.activeElement)).toBe(true);

    await phrase(1).press("ControlOrMeta+End");
    await page.keyboard.type("!");
    expect(await phrase(20_000).inputValue()).toBe(`${many.at(-1)}!`);

    await phrase(20_000).fill(many[3] as string);
    await phrase(20_000).press("ControlOrMeta+Home");
    await update().click();
    await page.getByRole("link", { name: "Phrase 20,000" }).click();
    await expect
      .poll(() => phrase(20_000).evaluate((element) => element === document.activeElement))
      .toBe(true);
    expect(await issueOf(phrase(20_000))).toBe("Repeats phrase 4.");
  });

  it("moves, removes, undoes, redoes and sends with only the keyboard", async () => {
    const texts = () =>
      page
        .getByRole("grid")
        .getByRole("textbox")
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    const tabTo = async (label: string) => {
      for (let presses = 0; presses < 20 && (await focused()) !== label; presses++)
        await page.keyboard.press("Tab");
      expect(await focused()).toBe(label);
    };
    const [first, second, third, fourth] = KEPT;

    await tabTo("name");
    await page.keyboard.press("End");
    await page.keyboard.type("s");
    await tabTo("Phrase 1");
    await page.keyboard.press("Alt+ArrowDown");
    expect(await texts()).toEqual([second, first, third, fourth]);
    expect(await focused()).toBe("Phrase 2");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Backspace");
    expect(await texts()).toEqual([second, first, fourth]);
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await texts()).toEqual([second, first, third, fourth]);
    await page.keyboard.press("ControlOrMeta+y");
    await page.keyboard.press("ControlOrMeta+Shift+z");
    expect(await texts()).toEqual([second, first, fourth]);

    // Only one row is in the tab order: Tab goes from its text to its buttons, then out of the list.
    await tabTo("Phrase 2");
    await page.keyboard.press("Enter");
    await page.keyboard.type("on sale");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Move Phrase 3 up");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("Remove Phrase 2");
    await page.keyboard.press("Enter");
    expect(await texts()).toEqual([second, "on sale", fourth]);

    await tabTo("send");
    await page.keyboard.press("Enter");
    await eventually(status).toContain("Applied.");
    expect(JSON.parse(lastBody())).toEqual({
      id: ID,
      name: "Promotion Mentions",
      vocabulary: [second, "on sale", fourth],
    });
  });

  it("updates only the row that a keystroke changes", async () => {
    await openJson({ ...SAMPLE, vocabulary: many.map((_, index) => `sale ${index >> 1}`) });
    await tab("Form").click();
    expect(await issueOf(phrase(2))).toBe("Repeats phrase 1.");
    await page.evaluate(() => {
      const watched = document.querySelector("[role=grid]") as Element;
      const written = new Set<string>();
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const row = (target instanceof Element ? target : target.parentElement)?.closest("tr");
          written.add(row?.getAttribute("aria-rowindex") ?? "");
        }
        watched.setAttribute("data-written", [...written].join());
      }).observe(watched, { subtree: true, childList: true, characterData: true });
    });
    await phrase(2).press("End");
    await page.keyboard.type("s");
    expect(await issueOf(phrase(2))).toBeNull();
    expect(await page.getByRole("grid").getAttribute("data-written")).toBe("2");
  });
});
