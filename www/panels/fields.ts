/** The name, the undo and redo buttons, and the issues and advice for the vocabulary as a whole. */
import { type Advice, adviseTracker, type Issue } from "symbl-tracker";
import type { Editing, Validation } from "../editing.js";
import { describe, getElement } from "../page.js";
import { adviceWords, counted, issueWords } from "../words.js";

/** @param onApplied called with a message after suggestions were applied */
export function fields(onApplied: (text: string) => void): {
  show(editing: Editing, validation: Validation): void;
} {
  const name = getElement("name", HTMLInputElement);
  const nameIssue = getElement("name-issue", HTMLParagraphElement);
  const vocabularyIssue = getElement("vocabulary-issue", HTMLParagraphElement);
  const adviceLine = getElement("advice", HTMLParagraphElement);
  const undo = getElement("undo", HTMLButtonElement);
  const redo = getElement("redo", HTMLButtonElement);
  let editing: Editing | undefined;

  getElement("advice-take", HTMLButtonElement).addEventListener("click", () => {
    if (!editing) return;
    // All of it, because the draft lists only the first hundred.
    const { advice } = adviseTracker(editing.draft.toTracker(), { maxIssues: Infinity });
    editing.draft.applyAdvice(advice);
    onApplied("Suggestions applied.");
  });
  name.addEventListener("input", () => editing?.draft.setName(name.value));
  undo.addEventListener("click", () => editing?.draft.undo());
  redo.addEventListener("click", () => editing?.draft.redo());

  // The draft's history replaces the history of each field, which does not include changes to other fields.
  getElement("form-panel", HTMLDivElement).addEventListener("keydown", (event) => {
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
      // Does not report the empty name of a new tracker before the user could enter one.
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
      getElement("advice-count", HTMLSpanElement).textContent =
        `${counted(draft.adviceCount, "suggestion")}.`;
      // Not `disabled`, because a button that becomes disabled loses the focus.
      undo.ariaDisabled = `${!draft.canUndo}`;
      redo.ariaDisabled = `${!draft.canRedo}`;
    },
  };
}
