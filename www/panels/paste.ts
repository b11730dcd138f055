/** A dialog that takes a list of phrases, and says what it will add before it does. */
import type { Editing } from "../editing.js";
import { part } from "../page.js";
import { type Sifted, sift } from "../paste.js";
import { counted, grouped, pasteWords } from "../words.js";

/**
 * @param editing the tracker that is open
 * @param added told in words what was added
 */
export function paste(editing: () => Editing, added: (text: string) => void): { open(text?: string): void } {
  const dialog = part("paste", HTMLDialogElement);
  const text = part("paste-text", HTMLTextAreaElement);
  const preview = part("paste-preview", HTMLParagraphElement);
  const add = part("paste-add", HTMLButtonElement);
  let vocabulary: string[] = [];
  let sifted: Sifted = { fresh: [], duplicates: 0 };

  function look(): void {
    sifted = sift(text.value, vocabulary);
    const { fresh, duplicates } = sifted;
    add.disabled = fresh.length === 0;
    add.textContent = fresh.length === 0 ? "Add" : `Add ${counted(fresh.length, "phrase")}`;
    preview.textContent =
      text.value.trim() === ""
        ? "Empty lines are left out, and so are phrases that the tracker has."
        : `${grouped(fresh.length)} new, ${counted(duplicates, "duplicate")} to be skipped.`;
  }

  function open(pasted = ""): void {
    vocabulary = editing().draft.toTracker().vocabulary;
    text.value = pasted;
    look();
    dialog.returnValue = "";
    dialog.showModal();
    text.focus();
  }

  text.addEventListener("input", look);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "add") return;
    editing().draft.appendPhrases(sifted.fresh);
    added(pasteWords(sifted.fresh.length, sifted.duplicates));
  });
  part("paste-open", HTMLButtonElement).addEventListener("click", () => open());
  return { open };
}
