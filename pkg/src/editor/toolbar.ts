/** The buttons above the list, and those that act on the current row or on the selected ones. */
import type { Context } from "./context.js";
import { attribute, doesOf, h, write } from "./dom.js";
import type { MessageKey } from "./messages.js";
import type { Rows } from "./rows.js";

const MORE = [
  "remove_duplicates",
  "remove_blank",
  "sort",
  "export.text",
  "export.csv",
  "export.json",
  "json",
] as const;
/** Those that change nothing are there when the editor is read-only. */
const READING = new Set<string>([
  "find",
  "export.text",
  "export.csv",
  "export.json",
  "json",
  "selected.copy",
  "selected.clear",
]);

export type Action =
  | ("add" | "add_many" | "undo" | "redo" | "find")
  | (typeof MORE)[number]
  | ("selected.remove" | "selected.copy" | "selected.clear")
  | ("next-issue" | "previous-issue" | "review" | "take-all")
  | ("row.up" | "row.down" | "row.fix" | "row.remove");

export class Toolbar {
  readonly element: HTMLElement;
  /** What can be done with the selected rows. */
  readonly selected: HTMLElement;
  /** What can be done with the current row, where there is no room beside the text. */
  readonly rowbar: HTMLElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #count = h("span", { class: "soft" });
  readonly #selectedCount = h("span");
  readonly #rowName = h("span", { class: "soft" });
  readonly #more: HTMLDetailsElement;

  constructor(
    private readonly context: Context,
    private readonly rows: Rows,
    act: (action: Action) => void,
  ) {
    const { messages } = context;
    this.#more = h("details", { class: "more" });
    const menu = h("div", {}, ...MORE.map((action) => this.#button(action, action)));
    this.#more.append(messages.bind(h("summary"), "more"), menu);
    this.element = h("div", { class: "tools", part: "toolbar" });
    this.element.append(
      h(
        "span",
        { class: "title", id: "phrases-title" },
        messages.bind(h("span"), "phrases"),
        " ",
        this.#count,
      ),
      ...(["add", "add_many", "undo", "redo", "find"] as const).map((action) => this.#button(action, action)),
      this.#more,
    );
    this.selected = h("div", { class: "selected", part: "selection" }, this.#selectedCount);
    for (const action of ["selected.remove", "selected.copy", "selected.clear"] as const)
      this.selected.append(this.#button(action, action));
    this.rowbar = h("div", { class: "rowbar tools", role: "group" }, this.#rowName);
    for (const [action, symbol] of [
      ["row.up", "↑"],
      ["row.down", "↓"],
      ["row.fix", ""],
      ["row.remove", "×"],
    ] as const)
      this.rowbar.append(this.#button(action, undefined, symbol));
    const click = (event: Event) => {
      const action = doesOf(event) as Action | undefined;
      if (!action) return;
      this.#more.open = false;
      act(action);
    };
    for (const bar of [this.element, this.selected, this.rowbar]) bar.addEventListener("click", click);
    this.#more.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#more.open) return;
      event.preventDefault();
      this.#more.open = false;
      this.#more.querySelector("summary")?.focus();
    });
    this.#more.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && !this.#more.contains(relatedTarget)) this.#more.open = false;
    });
    attribute(this.#buttons.get("undo") as Element, "aria-keyshortcuts", "Control+Z Meta+Z");
    attribute(
      this.#buttons.get("redo") as Element,
      "aria-keyshortcuts",
      "Control+Y Control+Shift+Z Meta+Shift+Z",
    );
    attribute(this.#buttons.get("find") as Element, "aria-keyshortcuts", "Control+F Meta+F");
  }

  show(): void {
    const { messages, draft, canEdit } = this.context;
    const { selection, current } = this.rows;
    write(this.#count, messages.number(draft.length));
    const index = current === undefined ? -1 : draft.indexOf(current);
    const off: Partial<Record<Action, boolean>> = {
      undo: !draft.canUndo,
      redo: !draft.canRedo,
      remove_duplicates: draft.issueCount === 0,
      remove_blank: draft.issueCount === 0,
      sort: draft.length < 2,
      "row.up": index <= 0 || this.rows.isFiltered,
      "row.down": index < 0 || index === draft.length - 1 || this.rows.isFiltered,
    };
    // `aria-disabled` leaves the focus where it is.
    for (const [action, button] of this.#buttons) {
      attribute(button, "aria-disabled", off[action as Action] ? "true" : undefined);
      button.hidden = !canEdit && !READING.has(action);
    }
    const { size } = selection.keys;
    this.selected.hidden = size === 0;
    if (size > 0) write(this.#selectedCount, messages.text("selected.count", { count: size }));
    this.rowbar.hidden = index < 0 || !canEdit;
    if (index < 0) return;
    const params = { phrase: index + 1 };
    write(this.#rowName, messages.text("phrase", params));
    for (const [action, key] of [
      ["up", "up"],
      ["down", "down"],
      ["remove", "remove"],
      ["fix", "fix.phrase"],
    ] as const)
      attribute(this.#buttons.get(`row.${action}`) as Element, "aria-label", messages.text(key, params));
    const fix = this.#buttons.get("row.fix");
    if (!fix) return;
    write(fix, messages.text("fix"));
    fix.hidden = draft.adviceAt(index).every(({ replacement }) => replacement === undefined);
  }

  #button(action: Action, key?: MessageKey, symbol = ""): HTMLButtonElement {
    const button = h("button", { type: "button", "data-does": action }, symbol);
    this.#buttons.set(action, button);
    return key ? this.context.messages.bind(button, key) : button;
  }
}
