// Adding many phrases: the dialog, and what it makes of what people paste.

import { expect, it } from "vitest";
import { detectFormat } from "../../pkg/src/editor/import/options.js";
import {
  button,
  eventually,
  inChromium,
  load,
  openWith,
  page,
  paste,
  phrase,
  phrases,
  status,
  vocabulary,
  withEditor,
} from "./page.js";

const dialog = () => page.getByRole("dialog", { name: "Add phrases" });
const text = () => page.getByLabel("Paste a list, a spreadsheet or a JSON array");

async function enter(value: string): Promise<void> {
  if (!(await dialog().isVisible())) await button("Add phrases…").click();
  await text().fill(value);
}

/** What would be added: the items of "… new phrases". */
async function fresh(): Promise<string[]> {
  const kind = dialog().locator("details", { hasText: /new phrase/ });
  await kind.waitFor();
  return kind.locator("li").allTextContents();
}

it.each([
  ["a\nb\nc", "lines"],
  ["yes, of course\nno\nwell, then", "lines"],
  ["a\tb\nc\td", "tsv"],
  ['"a, b",1\nc,2', "csv"],
  ["a;1\nb;2\nc;3", "csv"],
  ['["a"]', "json"],
  ["", "lines"],
])("reads %j as %s", (text, format) => {
  expect(detectFormat(text)).toBe(format);
});

inChromium("adding many", () => {
  it("says what it will add before it does, and adds it as one step", async () => {
    await openWith(["on sale", "half price"]);
    await enter("on sale\nOn  Sale\n\n \u200b\u3164 \ngift card\nmonth special\ngift card\n");
    await page.getByText("2 new phrases").click();
    await page.getByText("2 repeated phrases, left out").click();
    await page.getByText("1 nearly repeated phrase", { exact: true }).click();
    await page.getByText("2 empty lines, left out").click();
    expect(await dialog().locator("details li").allTextContents()).toEqual([
      ...["gift card", "month special"],
      ...["on sale", "gift card"],
      "On  Sale",
      ...["3", "4"],
    ]);
    await page.getByLabel("Leave nearly repeated phrases out").check();
    await button("Add 2 phrases").click();
    expect(await vocabulary()).toEqual(["on sale", "half price", "gift card", "month special"]);
    await eventually(status).toBe("2 phrases added.");
    await button("Undo").click();
    expect(await vocabulary()).toEqual(["on sale", "half price"]);
    await eventually(status).toBe("Undone: 2 phrases are gone again.");
  });

  it("reads a spreadsheet: the column with the texts, without the heading", async () => {
    await openWith([]);
    await enter('id\tPhrase\tuses\n1\ton sale\t12\n2\t"half\nprice"\t3\n3\t"say ""yes"""\t4\n');
    expect(await fresh()).toEqual(["on sale", "half↵price", 'say "yes"']);
    expect(await page.getByLabel("The first row is a heading").isChecked()).toBe(true);
    await page.getByLabel("Column").selectOption({ label: "Column 3: uses" });
    await eventually(fresh).toEqual(["12", "3", "4"]);
    await page.getByLabel("Column").selectOption({ label: "Column 2: Phrase" });
    await page.getByLabel("The first row is a heading").uncheck();
    await eventually(fresh).toEqual(["Phrase", "on sale", "half↵price", 'say "yes"']);
    await button("Add 4 phrases").click();
    expect(await vocabulary()).toEqual(["Phrase", "on sale", "half\nprice", 'say "yes"']);
  });

  it("reads CSV with a byte order mark, and JSON as it is", async () => {
    await openWith([]);
    await enter('\ufeff"on sale, today",1\r\n"half price",2\r\n');
    await eventually(fresh).toEqual(["on sale, today", "half price"]);
    await page.getByLabel("Read as").selectOption("One phrase a line");
    await eventually(fresh).toEqual(['"on sale, today",1', '"half price",2']);
    await page.getByLabel("Also split at commas").check();
    await eventually(fresh).toEqual(['"on sale', 'today"', "1", '"half price"', "2"]);
    await page.getByLabel("Also split at commas").uncheck();
    await enter('["a ", "b,c", ""]');
    await eventually(fresh).toEqual(["a ", "b,c"]);
    await enter('["a", 1]');
    await page.getByText("This is not a JSON array of texts.").waitFor();
    expect(await button("Add 0 phrases").isDisabled()).toBe(true);
  });

  it("adds below a phrase, or in place of all", async () => {
    await openWith(["a", "b"]);
    await phrase(1).focus();
    await enter("c\nd");
    await page.getByLabel("Place").selectOption("Below phrase 1");
    await button("Add 2 phrases").click();
    expect(await vocabulary()).toEqual(["a", "c", "d", "b"]);
    await enter("a\nz");
    await page.getByLabel("Place").selectOption("Replace all phrases");
    await button("Replace all with 2 phrases").click();
    expect(await withEditor(({ value }) => value)).toEqual({
      id: "42",
      name: "Sale",
      vocabulary: ["a", "z"],
    });
    await page.keyboard.press("ControlOrMeta+z");
  });

  it("reads a file that is chosen, in the encodings of spreadsheets", async () => {
    await openWith([]);
    const choose = async (name: string, buffer: Buffer) => {
      await button("Add phrases…").click();
      await dialog().locator("input[type=file]").setInputFiles({ name, mimeType: "text/plain", buffer });
    };
    await choose("list.txt", Buffer.from("\ufeffgrüner Tarif\thm\nübrig\tx", "utf16le"));
    await eventually(fresh).toEqual(["grüner Tarif", "übrig"]);
    await button("Cancel").click();
    await choose("list.csv", Buffer.from("gr\xfcner Tarif;1\n", "latin1"));
    await eventually(fresh).toEqual(["grüner Tarif"]);
  });

  it("takes a file that is dropped", async () => {
    await openWith(["a"]);
    await phrase(1).evaluate((field) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["b\nc"], "list.txt"));
      const init = { dataTransfer, bubbles: true, cancelable: true, composed: true };
      field.dispatchEvent(new DragEvent("dragover", init));
      field.dispatchEvent(new DragEvent("drop", init));
    });
    await eventually(fresh).toEqual(["b", "c"]);
  });

  it("reads a million lines without stopping the page, can be cancelled, and says when they are too many", async () => {
    await openWith(["a"]);
    await button("Add phrases…").click();
    await withEditor((editor) => {
      // The longest time between two frames, in milliseconds.
      let last = performance.now();
      Reflect.set(globalThis, "longest", 0);
      const tick = () => {
        const now = performance.now();
        Reflect.set(globalThis, "longest", Math.max(Reflect.get(globalThis, "longest"), now - last));
        last = now;
        setTimeout(tick);
      };
      tick();
      const file = new File(
        [Array.from({ length: 1_000_000 }, (_, index) => `phrase number ${index}`).join("\n")],
        "big.txt",
      );
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      const field = editor.shadowRoot?.querySelector<HTMLInputElement>("input[type=file]");
      if (field) {
        field.files = dataTransfer.files;
        last = performance.now();
        field.dispatchEvent(new Event("change"));
      }
    });
    await page.getByRole("progressbar").waitFor();
    expect(await page.getByText(/big.txt: /).textContent()).toContain("characters");
    await expect
      .poll(() => dialog().getByRole("alert").textContent(), { timeout: 50_000 })
      .toMatch(
        /^That is too much: the tracker would have more than \d,\d{3},\d{3} bytes, and 1,048,576 are allowed\./,
      );
    console.info(
      `the longest pause: ${await page.evaluate(() => Math.round(Reflect.get(globalThis, "longest")))} ms`,
    );
    await button("Cancel").click();
    expect(await vocabulary()).toEqual(["a"]);
  });

  it("takes a large text out of the text area, and stops when it is cancelled", async () => {
    await openWith(["a"]);
    await button("Add phrases…").click();
    const many = phrases(60_000).join("\n");
    await paste(many);
    await page.getByText(/^…: [\d,]+ characters$/).waitFor();
    expect(await text().isVisible()).toBe(false);
    await page.keyboard.press("Escape");
    expect(await dialog().isVisible()).toBe(false);
    await button("Add phrases…").click();
    expect(await text().inputValue()).toBe("");
    await paste("b\nc");
    await button("Add 2 phrases").click();
    expect(await vocabulary()).toEqual(["a", "b", "c"]);
  });

  it("says by how much the phrases would exceed the limit", async () => {
    await openWith(["a"]);
    await withEditor((editor) => {
      editor.maxBytes = 100;
    });
    await enter(phrases(3).join("\n"));
    await page.getByText(/^With these, the tracker would be \d+ bytes over the limit of 100\.$/).waitFor();
  });

  it("asks the page first, and can be called by it", async () => {
    await openWith(["a"]);
    const result = await withEditor(async (editor) => {
      const asked: unknown[] = [];
      editor.addEventListener("tracker-before-import", (event) => {
        asked.push((event as CustomEvent).detail);
        if (asked.length === 2) event.preventDefault();
      });
      const options = { commas: true };
      return [
        await editor.importText("b, c\n\na", options),
        await editor.importText("d"),
        asked,
        editor.value.vocabulary,
      ];
    });
    expect(result).toEqual([
      { added: 2, repeated: 1, near: 0, blank: 1 },
      { added: 0, repeated: 0, near: 0, blank: 0 },
      [
        { phrases: ["b", "c"], place: "end" },
        { phrases: ["d"], place: "end" },
      ],
      ["a", "b", "c"],
    ]);
    await load(["x"]);
  });
});
