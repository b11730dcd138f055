/** The tracker as a text in which anything can be written, judged as it stands. */
import type { Editing } from "../editing.js";
import { describe, made, part } from "../page.js";
import { grouped, jsonIssueWords } from "../words.js";

/** A text of so many characters is judged at every key; a longer one once nothing is typed for so many milliseconds. */
const AT_ONCE = 50_000;
const PAUSE = 200;

export interface Json {
  show(editing: Editing): void;
  /** Judges what was typed, if that is still to be done. */
  settle(): void;
}

/** @param say told in words why the form cannot be shown */
export function json(say: (text: string) => void): Json {
  const text = part("json", HTMLTextAreaElement);
  const issues = part("json-issues", HTMLUListElement);
  const tabs = { form: part("form-tab", HTMLButtonElement), json: part("json-tab", HTMLButtonElement) };
  const panels = { form: part("form-panel", HTMLDivElement), json: part("json-panel", HTMLDivElement) };
  let editing: Editing | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function settle(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    editing?.setJson(text.value);
  }

  function open(tab: "form" | "json"): void {
    if (!editing) return;
    settle();
    if (tab === "json") editing.openJson();
    else if (!editing.closeJson()) {
      say(
        "The form shows an id, a name and phrases that are text, nothing else. Mend the JSON, or go back to the form’s tracker.",
      );
      return;
    }
    show(editing);
    tabs[tab].focus();
  }

  function show(next: Editing): void {
    // First, or what was typed meanwhile would be overwritten.
    settle();
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
    const { judgement } = next;
    const items = judgement.issues.map((issue) => {
      const item = made("li");
      if (issue.pointer) item.append(made("code", issue.pointer), " ");
      item.append(jsonIssueWords(issue));
      return item;
    });
    const more = judgement.issueCount - judgement.issues.length;
    if (more > 0) items.push(made("li", `And ${grouped(more)} more.`));
    describe(text, issues, judgement.ok ? "" : " ");
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
    timer = setTimeout(settle, PAUSE);
    if (text.textLength <= AT_ONCE) settle();
  });
  // Whatever else is done about the tracker is done about the text as it is.
  text.addEventListener("blur", settle);
  part("revert", HTMLButtonElement).addEventListener("click", () => {
    editing?.dropJson();
    tabs.form.focus();
  });
  return { show, settle };
}
