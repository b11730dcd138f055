/** The tracker as a JSON text that can be edited freely and is validated as it is. */
import type { Editing } from "../editing.js";
import { createElement, describe, getElement } from "../page.js";
import { grouped, issueWords, placeWords } from "../words.js";

/** The maximum length, in characters, of a text that is validated at every keystroke. */
const MAX_LENGTH_AT_ONCE = 50_000;
/** A longer text is validated after a pause in typing, in milliseconds. */
const PAUSE_MS = 200;

export interface Json {
  show(editing: Editing): void;
  /** Validates the text now, if that is still pending. */
  validateNow(): void;
}

/** @param say called with a message if the form cannot be shown */
export function json(say: (text: string) => void): Json {
  const text = getElement("json", HTMLTextAreaElement);
  const issues = getElement("json-issues", HTMLUListElement);
  const tabs = {
    form: getElement("form-tab", HTMLButtonElement),
    json: getElement("json-tab", HTMLButtonElement),
  };
  const panels = {
    form: getElement("form-panel", HTMLDivElement),
    json: getElement("json-panel", HTMLDivElement),
  };
  let editing: Editing | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function validateNow(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    editing?.setJson(text.value);
  }

  function open(tab: "form" | "json"): void {
    if (!editing) return;
    validateNow();
    if (tab === "json") editing.openJson();
    else if (!editing.closeJson()) {
      say(
        "The form can only show an id, a name and a list of phrases. Fix the JSON, or discard your changes to it.",
      );
      return;
    }
    show(editing);
    tabs[tab].focus();
  }

  function show(next: Editing): void {
    // First of all, or text typed in the meantime would be overwritten.
    validateNow();
    editing = next;
    const isOpen = next.json !== undefined;
    for (const tab of ["form", "json"] as const) {
      const selected = (tab === "json") === isOpen;
      tabs[tab].setAttribute("aria-selected", `${selected}`);
      tabs[tab].tabIndex = selected ? 0 : -1;
      panels[tab].hidden = !selected;
    }
    if (!isOpen) return;
    if (text.value !== next.json) text.value = next.json ?? "";
    const { validation } = next;
    const items = validation.issues.map((issue) => {
      const item = createElement("li");
      if (issue.path.length > 0) item.append(createElement("b", placeWords(issue)), ": ");
      item.append(issueWords(issue));
      return item;
    });
    const more = validation.issueCount - validation.issues.length;
    if (more > 0) items.push(createElement("li", `And ${grouped(more)} more.`));
    describe(text, issues, validation.ok ? "" : " ");
    issues.replaceChildren(...items);
  }

  for (const tab of ["form", "json"] as const) {
    tabs[tab].addEventListener("click", () => open(tab));
    tabs[tab].addEventListener("keydown", ({ key }) => {
      if (key === "ArrowLeft" || key === "ArrowRight") open(tab === "form" ? "json" : "form");
    });
  }
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(validateNow, PAUSE_MS);
    if (text.textLength <= MAX_LENGTH_AT_ONCE) validateNow();
  });
  // So that every other command applies to the current text.
  text.addEventListener("blur", validateNow);
  getElement("revert", HTMLButtonElement).addEventListener("click", () => {
    editing?.dropJson();
    tabs.form.focus();
  });
  return { show, validateNow };
}
