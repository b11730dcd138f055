// Finding and fixing many.

import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import {
  button,
  caret,
  eventually,
  inChromium,
  name,
  open,
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

const hits = () => page.getByRole("search").locator("output").textContent();

inChromium("finding and fixing", () => {
  it("finds phrases without regard to case and accents, and counts them", async () => {
    await openWith(["Café au lait", "cafe crème", "tea", ...phrases(20_000)]);
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+f");
    await page.keyboard.type("CAFE");
    await eventually(hits).toBe("2 phrases of 20,003");
    expect(await rows().count()).toBe(2);
    await page.keyboard.press("Enter");
    expect((await caret()).label).toBe("Phrase 1");
    await page.keyboard.press("ArrowDown");
    expect((await caret()).label).toBe("Phrase 2");
    // Typing so that it no longer matches does not take the row away.
    await phrase(2).fill("latte");
    expect(await rows().count()).toBe(2);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    expect((await vocabulary())[0]).toBe("tea");
    await page.getByLabel("Find in phrases").fill("nowhere");
    await page.getByText("No phrase matches.").waitFor();
    await page.keyboard.press("ControlOrMeta+z");
    await eventually(status).toBe("Undone: 2 phrases are back.");
    await page.keyboard.press("ControlOrMeta+y");
    await button("Close search").click();
    expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("20001");
    expect(await rows().count()).toBeGreaterThan(5);
  });

  it("shows only phrases with issues, with suggestions, or repeated", async () => {
    await openWith(["a", "b!", "a", "", "c", "C"]);
    await button("Find").click();
    const shown = async (filter: string) => {
      await page.getByLabel("Show", { exact: true }).selectOption(filter);
      return rows().evaluateAll((rows) => rows.map((row) => row.getAttribute("aria-rowindex")));
    };
    await eventually(() => shown("With issues")).toEqual(["3", "4"]);
    await eventually(() => shown("With suggestions")).toEqual(["2", "6"]);
    await eventually(() => shown("Repeated phrases")).toEqual(["3", "6"]);
  });

  it("goes from issue to issue, however far, and around", async () => {
    const many = phrases(10_000);
    many[50] = many[3] as string;
    many[9_000] = many[4] as string;
    await openWith(many);
    await phrase(1).focus();
    const next = async (key: string) => {
      const before = (await caret()).label;
      await page.keyboard.press(key);
      await eventually(async () => (await caret()).label).not.toBe(before);
      return (await caret()).label;
    };
    expect(await next("F8")).toBe("Phrase 51");
    expect(await next("F8")).toBe("Phrase 9,001");
    expect(await next("F8")).toBe("Phrase 51");
    expect(await next("Shift+F8")).toBe("Phrase 9,001");
    await button("Previous issue").click();
    await eventually(async () => (await caret()).label).toBe("Phrase 9,001");
  });

  it("goes to the name too, and nowhere for what concerns the whole tracker", async () => {
    await openWith(["a", "b", "a"]);
    await name().fill("");
    await phrase(1).focus();
    await page.keyboard.press("F8");
    await eventually(async () => (await caret()).label).toBe("Phrase 3");
    await page.keyboard.press("F8");
    await eventually(async () => (await caret()).label).toBe("name");
    await page.keyboard.press("Shift+F8");
    await eventually(async () => (await caret()).label).toBe("Phrase 3");
    await withEditor((editor) => {
      editor.maxBytes = 10;
      editor.value = { id: "42", name: "Sale", vocabulary: ["a"] };
    });
    await page.getByText(/bytes over the limit/).waitFor();
    expect(await button("Next issue").isVisible()).toBe(false);
    await phrase(1).focus();
    await page.keyboard.press("F8");
    await eventually(status).toMatch(/bytes over the limit/);
  });

  it("removes all repeated phrases, and all empty ones, as one step each", async () => {
    await openWith([...phrases(500), ...phrases(500), "", "last"]);
    await page.getByText("501 issues").waitFor();
    await page.getByText("More", { exact: true }).click();
    await button("Remove all repeated phrases").click();
    await eventually(status).toBe("500 phrases removed.");
    await page.getByText("More", { exact: true }).click();
    await button("Remove all empty phrases").click();
    await page.getByText("No issues").waitFor();
    expect(await vocabulary()).toEqual([...phrases(500), "last"]);
    await button("Undo").click();
    await button("Undo").click();
    expect(await vocabulary()).toHaveLength(1_002);
  });

  it("sorts from A to Z as one step", async () => {
    await openWith(["pear", "Apple", "fig"]);
    await page.getByText("More", { exact: true }).click();
    await button("Sort A–Z").click();
    expect(await vocabulary()).toEqual(["Apple", "fig", "pear"]);
    await button("Undo").click();
    expect(await vocabulary()).toEqual(["pear", "Apple", "fig"]);
  });

  it("shows what suggestions change before they are taken", async () => {
    await openWith(["Could you please call back", "gift card!", "Gift card!", "x  ", "fine"]);
    await button("Review…").click();
    const dialog = page.getByRole("dialog", { name: "Suggestions" });
    await dialog
      .getByRole("checkbox", { name: "Phrase 1: “could you please” carries no meaning." })
      .uncheck();
    const before = await dialog.getByRole("deletion").allTextContents();
    expect(before.slice(0, 2)).toEqual(["Could you please call back", "gift card!"]);
    await dialog.getByRole("button", { name: /^Take \d suggestions$/ }).click();
    expect(await vocabulary()).toEqual(["Could you please call back", "gift card", "x", "fine"]);
    await button("Fix phrase 1").click();
    expect((await vocabulary())[0]).toBe("call back");
  });

  it("takes all suggestions of more rows than the draft lists", async () => {
    await openWith(phrases(2_000).map((phrase) => `${phrase}!`));
    await button("Review…").click();
    const dialog = page.getByRole("dialog", { name: "Suggestions" });
    const listed = () => dialog.getByRole("listitem").count();
    await eventually(listed).toBe(200);
    await button("Show 1,800 more").click();
    expect(await listed()).toBe(400);
    const all = dialog.getByRole("checkbox", { name: "2,000 suggestions", exact: true });
    await all.uncheck();
    expect(await button("Take 0 suggestions").isDisabled()).toBe(true);
    await all.check();
    // Nothing has changed before it is taken.
    expect((await vocabulary())[0]).toMatch(/!$/);
    await button("Take 2,000 suggestions").click();
    await eventually(status).toBe("2,000 suggestions taken.");
    expect(await vocabulary()).toEqual(phrases(2_000));
  });

  it("saves the phrases as text, CSV and JSON", async () => {
    await openWith(["a", 'b, "c"', "d"]);
    await button("Add phrase").click();
    const saved = async (label: string) => {
      await page.getByText("More", { exact: true }).click();
      const download = page.waitForEvent("download");
      await button(label).click();
      const file = await download;
      return [file.suggestedFilename(), await readFile(await file.path(), "utf8")];
    };
    expect(await saved("Save as text")).toEqual(["Sale.txt", 'a\nb, "c"\nd\n']);
    expect(await saved("Save as CSV")).toEqual(["Sale.csv", '\ufeffphrase\r\na\r\n"b, ""c"""\r\nd\r\n']);
    expect(await saved("Save as JSON")).toEqual(["Sale.json", '[\n  "a",\n  "b, \\"c\\"",\n  "d"\n]\n']);
  });
});

const json = () => page.getByLabel("Tracker as JSON");

inChromium("JSON", () => {
  const openJson = async () => {
    await page.getByText("More", { exact: true }).click();
    await button("Edit as JSON").click();
  };

  it("is edited with undo in groups, keeps the caret, and becomes one step of the list", async () => {
    await openWith(["a", "b"]);
    await openJson();
    await json().evaluate((field) => {
      const text = field as HTMLTextAreaElement;
      const at = text.value.indexOf('"b"') + 2;
      text.setSelectionRange(at, at);
    });
    await page.keyboard.type("cd");
    expect(
      await json().evaluate((field) => {
        const { value, selectionStart } = field as HTMLTextAreaElement;
        return value.slice(selectionStart - 3, selectionStart);
      }),
    ).toBe("bcd");
    expect(await vocabulary()).toEqual(["a", "bcd"]);
    await page.keyboard.press("ControlOrMeta+z");
    expect(await vocabulary()).toEqual(["a", "b"]);
    await page.keyboard.press("ControlOrMeta+Shift+z");
    await button("Back to the list").click();
    expect(await phrase(2).inputValue()).toBe("bcd");
    await button("Undo").click();
    expect(await vocabulary()).toEqual(["a", "b"]);
  });

  it("undoes typing, a paste and a deletion one by one", async () => {
    await openWith(["a"]);
    await openJson();
    const before = await json().inputValue();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type(" x y");
    await paste("pasted");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    const steps: string[] = [];
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press("ControlOrMeta+z");
      steps.push((await json().inputValue()).slice(before.length));
    }
    expect(steps).toEqual([" x ypasted", " x y", ""]);
    for (let step = 0; step < 3; step++) await page.keyboard.press("ControlOrMeta+y");
    expect(await json().inputValue()).toBe("");
  });

  it("says what is wrong, keeps what was typed, and is not submitted", async () => {
    await open('<form><tracker-editor name="tracker"></tracker-editor></form>');
    await withEditor((editor) => {
      editor.value = { id: "42", name: "Sale", vocabulary: ["a"] };
      editor.mode = "json";
    });
    await json().fill('{"id": "42",\n "name": }');
    await page
      .getByRole("listitem")
      .filter({ hasText: "This is not JSON: look at line 2, column 10." })
      .waitFor();
    expect(await withEditor((editor) => editor.checkValidity())).toBe(false);
    await button("Back to the list").click();
    await eventually(status).toBe(
      "The list can only show a name and phrases that are text. Correct the JSON first.",
    );
    expect(await json().inputValue()).toBe('{"id": "42",\n "name": }');
    await json().fill(
      '{"id": "42", "name": "A", "name": "B", "vocabulary": ["a", "a", {"name": 1, "name": 2}]}',
    );
    expect(await page.locator("tracker-editor .problems li").allTextContents()).toEqual(
      expect.arrayContaining([
        "“name” appears twice; only the last one counts.",
        "Phrase 2: Repeats phrase 1.",
      ]),
    );
    await json().fill('{"id": "42", "name": "B", "vocabulary": ["a"]}');
    expect(await withEditor((editor) => [editor.checkValidity(), editor.value.name])).toEqual([true, "B"]);
    await button("Back to the list").click();
    expect(await withEditor((editor) => editor.value)).toEqual({ id: "42", name: "B", vocabulary: ["a"] });
  });
});
