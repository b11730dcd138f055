/** The field for the tracker's name. */
import type { Context } from "./context.js";
import { attribute, h, write } from "./dom.js";
import { handleTyping } from "./typing.js";
import { changeEnd, shown } from "./visible.js";
import { issueWords } from "./words.js";

export class NameField {
  readonly input = h("input", { id: "name", part: "name", dir: "auto", autocomplete: "off" });
  readonly #issue = h("p", { id: "name-issue", class: "issue" });
  readonly element: HTMLElement;
  /** A text that the draft could not hold. */
  unheld: string | undefined;
  #isComposing = false;
  /** Whether the field may be marked as empty: not before somebody was in it. */
  #wasLeft = false;

  constructor(private readonly context: Context) {
    const label = context.messages.bind(h("label", { for: this.input.id }), "name");
    this.element = h("div", { class: "field" }, label, this.input, this.#issue);
    handleTyping(
      this.element,
      context,
      (target) =>
        target === this.input
          ? {
              input: this.input,
              field: "name",
              held: this.unheld ?? context.draft.name,
              setComposing: (isComposing) => {
                this.#isComposing = isComposing;
              },
              keep: (text) => {
                if (text === this.unheld) return;
                this.unheld = text;
                context.refresh();
              },
            }
          : undefined,
      () => {
        if (this.#issue.textContent) context.announce(this.#issue.textContent);
      },
    );
    this.input.addEventListener("blur", () => {
      this.#wasLeft = true;
      this.show();
    });
  }

  reset(): void {
    this.unheld = undefined;
    this.#wasLeft = false;
  }

  /** Marks an empty name from now on. */
  demand(): void {
    this.#wasLeft = true;
  }

  show(): void {
    const { draft, summary, messages, canEdit } = this.context;
    const text = this.unheld ?? shown(draft.name);
    if (this.input.value !== text && !this.#isComposing) this.input.value = text;
    this.input.readOnly = !canEdit;
    const issues = summary.issues.filter(
      ({ path, code }) => path[0] === "name" && (this.#wasLeft || draft.length > 0 || code !== "blank"),
    );
    const words =
      this.unheld === undefined
        ? issues.map((issue) => issueWords(messages, issue)).join(" ")
        : messages.text("said.too_long");
    write(this.#issue, words);
    attribute(this.input, "aria-invalid", words === "" ? undefined : "true");
    attribute(this.input, "aria-describedby", words === "" ? undefined : this.#issue.id);
  }

  /** Goes to the field, with the caret behind what an undo changed. */
  revealChange(before: string): void {
    this.show();
    this.input.focus();
    const caret = changeEnd(shown(before), this.input.value);
    this.input.setSelectionRange(caret, caret);
  }
}
