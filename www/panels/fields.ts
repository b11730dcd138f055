/** Name, undo and redo, and what concerns the vocabulary as a whole. */
import type { Editing } from "../editing.js";
import { part, showIssue } from "../page.js";
import { issueWords } from "../words.js";

/** @param touched told which phrase an undo or a redo has changed, if there is one */
export function fields(touched: (index: number) => void): { show(editing: Editing): void } {
  const name = part("name", HTMLInputElement);
  const nameIssue = part("name-issue", HTMLParagraphElement);
  const vocabularyIssue = part("vocabulary-issue", HTMLParagraphElement);
  const undo = part("undo", HTMLButtonElement);
  const redo = part("redo", HTMLButtonElement);
  let editing: Editing | undefined;

  function back(way: "undo" | "redo"): void {
    const key = editing?.draft[way]().changed[0];
    if (key !== undefined && editing) touched(editing.draft.indexOf(key));
  }

  name.addEventListener("input", () => editing?.draft.setName(name.value));
  undo.addEventListener("click", () => back("undo"));
  redo.addEventListener("click", () => back("redo"));

  // The draft's history takes the place of each field's own, which knows nothing of the other fields.
  part("form-panel", HTMLDivElement).addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "z") back(event.shiftKey ? "redo" : "undo");
    else if (key === "y") back("redo");
    else return;
    event.preventDefault();
  });

  return {
    show(next) {
      editing = next;
      const { draft } = next;
      if (name.value !== draft.name) name.value = draft.name;
      const issues = draft.issues();
      const words = (field: string) =>
        issues
          .filter(({ path }) => path.length === 1 && path[0] === field)
          .map(issueWords)
          .join(" ");
      showIssue(name, nameIssue, words("name"));
      vocabularyIssue.textContent = words("vocabulary");
      vocabularyIssue.hidden = vocabularyIssue.textContent === "";
      undo.disabled = !draft.canUndo;
      redo.disabled = !draft.canRedo;
    },
  };
}
