/** Name, undo and redo, and what concerns the vocabulary as a whole. */
import { type Advice, adviseTracker, type Issue } from "symbl-tracker";
import type { Editing, Judgement } from "../editing.js";
import { describe, part } from "../page.js";
import { adviceWords, counted, issueWords } from "../words.js";

/** @param took told in words that suggestions were taken */
export function fields(took: (text: string) => void): { show(editing: Editing, judgement: Judgement): void } {
  const name = part("name", HTMLInputElement);
  const nameIssue = part("name-issue", HTMLParagraphElement);
  const vocabularyIssue = part("vocabulary-issue", HTMLParagraphElement);
  const adviceLine = part("advice", HTMLParagraphElement);
  const undo = part("undo", HTMLButtonElement);
  const redo = part("redo", HTMLButtonElement);
  let editing: Editing | undefined;

  part("advice-take", HTMLButtonElement).addEventListener("click", () => {
    if (!editing) return;
    // The draft lists the first hundred.
    const { advice } = adviseTracker(editing.draft.toTracker(), { maxIssues: Infinity });
    editing.draft.applyAdvice(advice);
    took("Done as suggested.");
  });
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
      const advice = draft.advice();
      const at = <T extends Issue | Advice>(field: string, all: T[], words: (one: T) => string) =>
        all
          .filter(({ path }) => path.length === 1 && path[0] === field)
          .map(words)
          .join(" ");
      // A name that nobody could have written yet is no reproach.
      const untouched = next.id === undefined && !next.edited;
      describe(
        name,
        nameIssue,
        untouched ? "" : at("name", issues, issueWords),
        at("name", advice, adviceWords),
      );
      vocabularyIssue.textContent = at("vocabulary", issues, issueWords);
      vocabularyIssue.hidden = vocabularyIssue.textContent === "";

      adviceLine.hidden = advice.every(({ replacement }) => replacement === undefined);
      part("advice-count", HTMLSpanElement).textContent = `${counted(draft.adviceCount, "suggestion")}.`;
      // Not `disabled`, which would drop the focus of whoever undoes the last step.
      undo.ariaDisabled = `${!draft.canUndo}`;
      redo.ariaDisabled = `${!draft.canRedo}`;
    },
  };
}
