/** The tracker as a text in which anything can be written, judged as it stands. */
import type { Editing } from "../editing.js";
import { describe, made, part } from "../page.js";
import { grouped, issueWords } from "../words.js";

/** @param say told in words why the form cannot be shown */
export function json(say: (text: string) => void): { show(editing: Editing): void } {
  const text = part("json", HTMLTextAreaElement);
  const issues = part("json-issues", HTMLUListElement);
  const tabs = { form: part("form-tab", HTMLButtonElement), json: part("json-tab", HTMLButtonElement) };
  const panels = { form: part("form-panel", HTMLDivElement), json: part("json-panel", HTMLDivElement) };
  let editing: Editing | undefined;

  function open(tab: "form" | "json"): void {
    if (!editing) return;
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
      // Places are pointers here, which count from 0.
      item.append(issue.code === "duplicate" ? issue.message : issueWords(issue));
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
  text.addEventListener("input", () => editing?.setJson(text.value));
  part("revert", HTMLButtonElement).addEventListener("click", () => {
    editing?.dropJson();
    tabs.form.focus();
  });
  return { show };
}
