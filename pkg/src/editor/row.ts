/** One phrase on the page. */
import type { Advice } from "../types.js";
import type { Context } from "./context.js";
import { attribute, h, type Icon, icon, write } from "./dom.js";
import { shown } from "./visible.js";
import { adviceWords, issueWords } from "./words.js";

/** What a row shows besides the draft's content. */
export interface RowState {
  index: number;
  /** Whether it is the row that Tab comes to. */
  isCurrent: boolean;
  isSelected: boolean;
  /** A text that the draft could not hold, which stays in the field. */
  unheld: string | undefined;
  /** Whether it may be empty without being marked. */
  mayBeEmpty: boolean;
  /** The index of a later row that repeats this one. */
  repeatedBy: number | undefined;
}

export class Row {
  readonly header = h("div", { role: "rowheader", class: "number", part: "number", tabindex: "-1" });
  readonly input = h("input", { dir: "auto", part: "phrase", autocomplete: "off", spellcheck: "true" });
  readonly element: HTMLElement;
  /** The text of the phrase, which the field shows with symbols for hidden characters. */
  held = "";
  isComposing = false;
  readonly #words = h("span", { class: "words" });
  readonly #go = h("button", { type: "button", "data-does": "go", class: "link" });
  readonly #fix = h("button", { type: "button", "data-does": "fix", class: "small" });
  readonly #note = h("div", { role: "gridcell", class: "note", part: "note" }, this.#words, this.#fix);
  readonly #buttons: Record<"up" | "down" | "remove", HTMLButtonElement>;

  /** @param key the draft's, which the phrase keeps wherever it moves */
  constructor(readonly key: number) {
    const button = (does: Icon) =>
      h("button", { type: "button", "data-does": does, class: "icon" }, icon(does));
    this.#buttons = { up: button("up"), down: button("down"), remove: button("remove") };
    this.#words.id = `note-${key}`;
    this.element = h(
      "div",
      { role: "row", class: "row", part: "row", "data-key": `${key}` },
      this.header,
      h("div", { role: "gridcell", class: "text" }, this.input),
      this.#note,
      h("div", { role: "gridcell", class: "actions" }, ...Object.values(this.#buttons)),
    );
  }

  /** @param top its position in the canvas in pixels */
  moveTo(top: number): void {
    this.element.style.transform = `translateY(${top}px)`;
  }

  show({ draft, messages, canEdit }: Context, state: RowState): void {
    const { index, isCurrent, unheld } = state;
    const params = { phrase: index + 1 };
    attribute(this.element, "aria-rowindex", `${index + 1}`);
    attribute(this.element, "aria-selected", `${state.isSelected}`);
    this.element.classList.toggle("current", isCurrent);
    write(this.header, messages.number(index + 1));
    attribute(this.input, "aria-label", messages.text("phrase", params));
    this.held = draft.phraseAt(index);
    const text = unheld ?? shown(this.held);
    // Only if it differs: setting it moves the caret to the end.
    if (this.input.value !== text && !this.isComposing) this.input.value = text;
    this.input.readOnly = !canEdit;
    this.#showNote({ draft, messages, canEdit } as Context, state);
    this.input.tabIndex = isCurrent ? 0 : -1;
    const last = draft.length - 1;
    for (const [does, button] of Object.entries(this.#buttons)) {
      attribute(button, "aria-label", messages.text(does as "up", params));
      button.tabIndex = isCurrent ? 0 : -1;
      const isAtEnd = (does === "up" && index === 0) || (does === "down" && index === last);
      attribute(button, "aria-disabled", isAtEnd || !canEdit ? "true" : undefined);
    }
    for (const button of [this.#fix, this.#go]) button.tabIndex = isCurrent ? 0 : -1;
  }

  /** What there is to say about the phrase, as text. */
  get note(): string {
    return this.#words.textContent ?? "";
  }

  #showNote({ draft, messages, canEdit }: Context, state: RowState): void {
    const { index } = state;
    const issues = draft
      .issuesAt(index)
      .filter(({ code }) => code !== "blank" || !state.mayBeEmpty)
      .map((issue) => ({ words: issueWords(messages, issue), issue }));
    const advice = issues.length > 0 || state.unheld !== undefined ? [] : draft.adviceAt(index);
    const isBad = issues.length > 0 || state.unheld !== undefined;
    let target = -1;
    let words = issues.map((one) => one.words).join(" ");
    for (const { issue } of issues) if (issue.code === "duplicate") target = issue.params.first;
    if (state.unheld !== undefined) words = messages.text("said.too_long");
    else if (!isBad && advice.length > 0) {
      words = advice.map((one) => adviceWords(messages, one)).join(" ");
      for (const one of advice) if (one.code === "near_duplicate") target = one.params.first;
    } else if (!isBad && state.repeatedBy !== undefined) {
      target = state.repeatedBy;
      words = messages.text("issue.repeated_by", { phrase: target + 1 });
    }
    if (target >= 0) {
      write(this.#go, words);
      attribute(this.#go, "data-to", `${target}`);
      if (this.#go.parentNode !== this.#words) this.#words.replaceChildren(this.#go);
    } else {
      this.#go.remove();
      write(this.#words, words);
    }
    this.#note.title = words;
    this.element.classList.toggle("noted", words !== "");
    this.element.classList.toggle("invalid", isBad);
    attribute(this.input, "aria-invalid", isBad ? "true" : undefined);
    attribute(this.input, "aria-describedby", words === "" ? undefined : this.#words.id);
    const remedy = advice.filter(({ replacement }) => replacement !== undefined);
    this.#fix.hidden = remedy.length === 0 || !canEdit;
    if (this.#fix.hidden) return;
    write(this.#fix, messages.text("fix"));
    attribute(this.#fix, "aria-label", messages.text("fix.phrase", { phrase: index + 1 }));
    this.#fix.title = remedyWords({ messages } as Context, remedy);
  }
}

/** What following the advice does to the phrase. */
function remedyWords({ messages }: Context, remedy: Advice[]): string {
  if (remedy.some(({ code }) => code === "near_duplicate")) return messages.text("fix.remove");
  const [only, ...others] = remedy;
  if (others.length > 0 || only?.replacement === undefined) return messages.text("fix");
  return messages.text("fix.write", { text: shown(only.replacement) });
}
