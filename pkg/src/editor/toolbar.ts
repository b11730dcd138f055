/** The buttons above the list, and those that act on the current row or on the selected ones. */
import type { Context } from "./context.js";
import { attribute, doesOf, h, icon, write } from "./dom.js";
import type { MessageKey } from "./messages.js";
import type { Rows } from "./rows.js";

const SHORTCUTS = {
  undo: "Control+Z Meta+Z",
  redo: "Control+Y Control+Shift+Z Meta+Shift+Z",
  find: "Control+F Meta+F",
};
/** The actions of the menu. An empty string is a line between groups. */
const MORE = [
  "remove_duplicates",
  "remove_blank",
  "sort",
  "",
  "export.text",
  "export.csv",
  "export.json",
  "",
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
  | ("add" | "add_many" | keyof typeof SHORTCUTS)
  | Exclude<(typeof MORE)[number], "">
  | ("selected.remove" | "selected.copy" | "selected.clear")
  | ("next-issue" | "previous-issue" | "review")
  | ("row.up" | "row.down" | "row.fix" | "row.remove");

export class Toolbar {
  readonly element: HTMLElement;
  /** What can be done with the selected rows. */
  readonly selected: HTMLElement;
  /** What can be done with the current row, where there is no room beside the text. */
  readonly rowbar: HTMLElement;
  readonly #buttons = new Map<Action, HTMLButtonElement>();
  readonly #count = h("span", { class: "soft" });
  readonly #selectedCount = h("span", { class: "title" });
  readonly #rowName = h("span", { class: "title soft" });
  readonly #more: HTMLDetailsElement;

  constructor(
    private readonly context: Context,
    private readonly rows: Rows,
    act: (action: Action) => void,
  ) {
    const { messages } = context;
    const named = (action: Action & MessageKey) => messages.bind(this.#button(action), action);
    const pictured = (action: keyof typeof SHORTCUTS) => {
      // The style sheet mirrors the icon for redo.
      const picture = icon(action === "find" ? "find" : "undo");
      const button = messages.bind(this.#button(action, picture), action, "aria-label", "title");
      attribute(button, "aria-keyshortcuts", SHORTCUTS[action]);
      return button;
    };
    this.#more = h("details", { class: "more" });
    const menu = h("div", {}, ...MORE.map((action) => (action === "" ? h("hr") : named(action))));
    this.#more.append(h("summary", {}, messages.bind(h("span"), "more"), icon("more")), menu);
    this.element = h("div", { class: "tools", part: "toolbar" });
    const add = this.#button("add", icon("add"), messages.bind(h("span"), "add"));
    add.classList.add("main");
    const title = h("span", { class: "title", id: "phrases-title" });
    title.append(messages.bind(h("span"), "phrases"), " ", this.#count);
    const pictures = (["undo", "redo", "find"] as const).map(pictured);
    this.element.append(
      title,
      add,
      named("add_many"),
      h("span", { class: "group" }, ...pictures),
      this.#more,
    );
    this.selected = h("div", { class: "selected tools", part: "selection" }, this.#selectedCount);
    for (const action of ["selected.remove", "selected.copy", "selected.clear"] as const)
      this.selected.append(named(action));
    this.rowbar = h("div", { class: "rowbar tools" }, this.#rowName);
    this.rowbar.append(messages.bind(this.#button("row.fix"), "fix"));
    for (const does of ["up", "down", "remove"] as const)
      this.rowbar.append(this.#button(`row.${does}`, icon(does)));
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
  }

  /** Updates the buttons that undo and redo. */
  showHistory(): void {
    const { canUndo, canRedo } = this.context.draft;
    this.#turn("undo", canUndo);
    this.#turn("redo", canRedo);
  }

  show(): void {
    const { draft, canEdit } = this.context;
    const { current, isFiltered } = this.rows;
    const index = current === undefined ? -1 : draft.indexOf(current);
    const { length, issueCount } = draft;
    for (const [action, button] of this.#buttons) button.hidden = !canEdit && !READING.has(action);
    this.showHistory();
    this.#turn("remove_duplicates", issueCount > 0);
    this.#turn("remove_blank", issueCount > 0);
    this.#turn("sort", length > 1);
    this.#turn("row.up", index > 0 && !isFiltered);
    this.#turn("row.down", index >= 0 && index < length - 1 && !isFiltered);
    this.#showBars(index);
  }

  /** Sets whether a button can be used. Unlike `disabled`, `aria-disabled` leaves the focus where it is. */
  #turn(action: Action, isOn: boolean): void {
    attribute(this.#buttons.get(action) as Element, "aria-disabled", isOn ? undefined : "true");
  }

  #showBars(index: number): void {
    const { messages, draft, canEdit } = this.context;
    const { size } = this.rows.selection.keys;
    write(this.#count, messages.number(draft.length));
    this.selected.hidden = size === 0;
    if (size > 0) write(this.#selectedCount, messages.text("selected.count", { count: size }));
    this.rowbar.hidden = index < 0 || !canEdit || size > 0;
    if (this.rowbar.hidden) return;
    const params = { phrase: index + 1 };
    write(this.#rowName, messages.text("phrase", params));
    for (const does of ["up", "down", "remove"] as const)
      attribute(this.#buttons.get(`row.${does}`) as Element, "aria-label", messages.text(does, params));
    const fix = this.#buttons.get("row.fix") as HTMLElement;
    attribute(fix, "aria-label", messages.text("fix.phrase", params));
    fix.hidden = draft.adviceAt(index).every(({ replacement }) => replacement === undefined);
  }

  #button(action: Action, ...content: Node[]): HTMLButtonElement {
    const button = h("button", { type: "button", "data-does": action }, ...content);
    this.#buttons.set(action, button);
    return button;
  }
}
