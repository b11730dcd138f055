/** The row of a phrase in the list. */
import type { TrackerDraft } from "symbl-tracker";
import { describe, getElement, setText } from "../page.js";
import { adviceWords, fixWords, grouped, issueWords } from "../words.js";

export class Row {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #number: HTMLElement;
  readonly #note: HTMLElement;
  readonly #advice: HTMLButtonElement;
  readonly #buttons: HTMLButtonElement[];

  /** @param key the draft's key for the phrase, which stays the same when the phrase moves */
  constructor(readonly key: number) {
    const copy = getElement("row", HTMLTemplateElement).content.cloneNode(true) as DocumentFragment;
    const find = <T extends HTMLElement>(selector: string) => copy.querySelector(selector) as T;
    this.element = find("tr");
    this.input = find("input");
    this.#number = find("th");
    this.#note = find(".note p");
    this.#advice = find("[data-action=advice]");
    this.#buttons = [...copy.querySelectorAll("button")];
    this.element.dataset.key = `${key}`;
    this.#note.id = `phrase-${key}-issue`;
  }

  /**
   * @param top the distance from the top of the list, in pixels
   * @param inTabOrder whether this is the row in the tab order
   */
  show(draft: TrackerDraft, index: number, top: number, inTabOrder: boolean): void {
    const name = `Phrase ${grouped(index + 1)}`;
    this.element.style.transform = `translateY(${top}px)`;
    this.element.setAttribute("aria-rowindex", `${index + 1}`);
    setText(this.#number, grouped(index + 1));
    this.input.ariaLabel = name;
    const text = draft.phraseAt(index);
    // Only if it differs, because setting the value moves the cursor to the end.
    if (this.input.value !== text) this.input.value = text;
    const advice = draft.adviceAt(index);
    const issues = draft.issuesAt(index).map(issueWords).join(" ");
    describe(this.input, this.#note, issues, advice.map(adviceWords).join(" "));
    this.#note.title = this.#note.textContent ?? "";
    this.#advice.hidden = issues !== "" || advice.every(({ replacement }) => replacement === undefined);
    this.#advice.title = fixWords(advice);

    this.input.tabIndex = inTabOrder ? 0 : -1;
    for (const button of this.#buttons) {
      const { action } = button.dataset;
      button.tabIndex = inTabOrder ? 0 : -1;
      if (action === "advice") button.ariaLabel = `Fix ${name}`;
      else button.ariaLabel = action === "remove" ? `Remove ${name}` : `Move ${name} ${action}`;
      button.ariaDisabled = `${(action === "up" && index === 0) || (action === "down" && index === draft.length - 1)}`;
    }
  }

  focus(control: string): void {
    this.element.querySelector<HTMLElement>(control)?.focus({ preventScroll: true });
  }
}
