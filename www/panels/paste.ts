/** A dialog for pasting a list of phrases. It shows how many phrases it will add. */
import type { Editing } from "../editing.js";
import { getElement } from "../page.js";
import { type PastedPhrases, parsePasted } from "../paste.js";
import { counted, pasteWords } from "../words.js";

/**
 * @param editing returns the open tracker
 * @param onAdded called with a message after phrases were added
 */
export function paste(
  editing: () => Editing,
  onAdded: (text: string) => void,
): { open(text?: string): void } {
  const dialog = getElement("paste", HTMLDialogElement);
  const text = getElement("paste-text", HTMLTextAreaElement);
  const previewLine = getElement("paste-preview", HTMLParagraphElement);
  const add = getElement("paste-add", HTMLButtonElement);
  let vocabulary: string[] = [];
  let pasted: PastedPhrases = { fresh: [], duplicates: 0 };

  function preview(): void {
    pasted = parsePasted(text.value, vocabulary);
    const { fresh, duplicates } = pasted;
    add.disabled = fresh.length === 0;
    add.textContent = fresh.length === 0 ? "Add" : `Add ${counted(fresh.length, "phrase")}`;
    previewLine.textContent =
      text.value.trim() === ""
        ? "Empty lines and phrases that the tracker already has are skipped."
        : `${counted(fresh.length, "new phrase")}. ${counted(duplicates, "duplicate")} will be skipped.`;
  }

  function open(initialText = ""): void {
    vocabulary = editing().draft.toTracker().vocabulary;
    text.value = initialText;
    preview();
    dialog.returnValue = "";
    dialog.showModal();
    text.focus();
  }

  text.addEventListener("input", preview);
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "add") return;
    editing().draft.appendPhrases(pasted.fresh);
    onAdded(pasteWords(pasted.fresh.length, pasted.duplicates));
  });
  getElement("paste-open", HTMLButtonElement).addEventListener("click", () => open());
  return { open };
}
