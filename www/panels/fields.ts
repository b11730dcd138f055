/** Name, undo and redo, and what concerns the vocabulary as a whole. */
import type { Editing, Judgement } from "../editing.js";
import { part, showIssue } from "../page.js";
import { issueWords } from "../words.js";

export function fields(): { show(editing: Editing, judgement: Judgement): void } {
  const name = part("name", HTMLInputElement);
  const nameIssue = part("name-issue", HTMLParagraphElement);
  const vocabularyIssue = part("vocabulary-issue", HTMLParagraphElement);
  const undo = part("undo", HTMLButtonElement);
  const redo = part("redo", HTMLButtonElement);
  let editing: Editing | undefined;

  name.addEventListener("input", () => editing?.draft.setName(name.value));
  undo.addEventListener("click", () => editing?.draft.undo());
  redo.addEventListener("click", () => editing?.draft.redo());

  // The draft's history takes the place of each field's own, which knows nothing of the other fields.
  part("form-panel", HTMLDivElement).addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key === "y" || (key === "z" && event.shiftKey)) editing?.draft.redo();
    else if (key === "z") editing?.draft.undo();
    else return;
    event.preventDefault();
  });

  return {
    show(next, { issues }) {
      editing = next;
      const { draft } = next;
      if (name.value !== draft.name) name.value = draft.name;
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
