// Random keys: whatever is pressed, what is shown is what is held, and undo leads back to the beginning.

import { expect, it } from "vitest";
import { inChromium, openWith, page, phrase, phrases, vocabulary, withEditor } from "./page.js";

const KEYS = [
  ...["a", "b", " ", "x", "Backspace", "Delete", "Enter", "Home", "End", "ArrowLeft", "ArrowUp", "ArrowDown"],
  ...[
    "Alt+ArrowUp",
    "Alt+ArrowDown",
    "PageDown",
    "PageUp",
    "Control+End",
    "Control+Home",
    "F8",
    "Tab",
    "Shift+Tab",
  ],
  ...[
    "Shift+ArrowDown",
    "Escape",
    "Control+a",
    "Control+z",
    "Control+z",
    "Control+y",
    "Control+x",
    "Control+v",
  ],
];

/** Buttons by what they do. */
const BUTTONS = [
  "add",
  "undo",
  "redo",
  "review",
  "remove_duplicates",
  "remove_blank",
  "sort",
  "find",
  "row.up",
  "row.remove",
];

/** Presses a button as a person does, with the focus in the first row afterwards. */
function press(does: string): Promise<void> {
  return withEditor((editor, does) => {
    editor.shadowRoot?.querySelector<HTMLElement>(`[data-does="${does}"]`)?.click();
    if (does !== "find") editor.focus({ phrase: 0 });
  }, does);
}

/** What is wrong between the page and the draft. */
function differences(): Promise<string[]> {
  return withEditor((editor) => {
    const { draft, shadowRoot } = editor;
    const wrong: string[] = [];
    const rows = [...(shadowRoot?.querySelectorAll<HTMLElement>("[role=row]") ?? [])];
    for (const row of rows) {
      const index = draft.indexOf(Number(row.dataset.key));
      const shown = row.querySelector("input")?.value;
      if (row.getAttribute("aria-rowindex") !== `${index + 1}`) wrong.push(`row ${index} has another number`);
      else if (shown !== draft.phraseAt(index).replaceAll("\n", "↵"))
        wrong.push(`row ${index} shows ${shown}`);
    }
    // A search may find nothing, which is said.
    const isNothingFound = shadowRoot?.querySelector<HTMLElement>("[part=empty]")?.hidden === false;
    if ((rows.length === 0) !== isNothingFound) wrong.push("no rows");
    if (rows.filter((row) => row.querySelector("input")?.tabIndex === 0).length > 1)
      wrong.push("two rows in the tab order");
    return wrong;
  });
}

inChromium("random keys", () => {
  // The seeds are fixed: a test that fails is to fail again.
  it.each([1, 2, 3])("never show anything else than the draft holds (seed %i)", async (seed) => {
    let state = seed;
    const random = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const start = ["a", "b", "a", "x\ny", "A", ...phrases(60)];
    await openWith(start);
    await phrase(2).focus();
    for (let step = 0; step < 150; step++) {
      const key = KEYS[random(KEYS.length)] ?? "a";
      await page.keyboard.press(key);
      if (await page.getByRole("dialog").isVisible()) await page.keyboard.press("Escape");
      if (random(10) === 0) await press(BUTTONS[random(BUTTONS.length)] ?? "undo");
      if (step % 5 === 0) expect(await differences(), `after step ${step}, ${key}`).toEqual([]);
    }
    await withEditor((editor) => {
      while (editor.draft.canUndo) editor.undo();
    });
    expect(await vocabulary()).toEqual(start);
    expect(await differences()).toEqual([]);
    expect(await withEditor(({ isModified }) => isModified)).toBe(false);
  });
});
