/** What keys, clicks and the clipboard do in the list of phrases. */
import type { Context } from "./context.js";
import { doesOf } from "./dom.js";
import type { Row } from "./row.js";
import type { Rows } from "./rows.js";
import { extended, NONE, only, type Selection, toggled } from "./selection.js";
import { handleTyping, isComposing, type TextField } from "./typing.js";

/** Texts as lines. One with a line break, a tab or a quote in front is quoted, as spreadsheets do. */
function asLines(texts: string[]): string {
  return texts
    .map((text) => (/[\r\n\t]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join("\n");
}

export class Grid {
  /** The row and the note that were announced last. */
  #announced = "";

  /** @param paste takes a text of several phrases that was pasted into a row */
  constructor(
    private readonly context: Context,
    private readonly rows: Rows,
    paste: (text: string) => void,
  ) {
    const { grid } = rows;
    handleTyping(
      grid,
      context,
      (target) => this.#fieldOf(target),
      ({ field }) => {
        const row = typeof field === "number" ? rows.mounted(field) : undefined;
        const said = row?.note ? `${row.key} ${row.note}` : "";
        // Once, not after every pause.
        if (row && said !== "" && said !== this.#announced) context.announce(row.note);
        this.#announced = said;
      },
    );
    grid.addEventListener("keydown", (event) => this.#key(event));
    grid.addEventListener("click", (event) => this.#click(event));
    grid.addEventListener("focusout", ({ target, relatedTarget }) => {
      const row = rows.rowOf(target);
      if (row && rows.rowOf(relatedTarget) !== row && rows.fresh.delete(row.key)) rows.paint();
    });
    grid.addEventListener("copy", (event) => {
      if (!this.#isOnHeader(event) || rows.selection.keys.size === 0) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", asLines(this.selectedTexts()));
      this.#sayCopied();
    });
    grid.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (!/[\r\n\t]/.test(text.trim()) || !context.canEdit) return;
      event.preventDefault();
      paste(text);
    });
  }

  /** Adds an empty row below another, or at the end, and goes there. */
  addRow(below?: number): void {
    const { context, rows } = this;
    const { draft } = context;
    const index = below === undefined ? draft.length : draft.indexOf(below) + 1;
    const change = context.edit(() => {
      const made = draft.insertPhrase(index, "");
      const key = draft.keyAt(index);
      rows.fresh.add(key);
      rows.include(key, below);
      return made;
    });
    if (change) rows.reveal(rows.positionOf(draft.keyAt(index)));
  }

  select(selection: Selection): void {
    this.rows.selection = selection;
    this.rows.paint();
    this.onSelect();
  }

  /** Called when the selection has changed. */
  onSelect: () => void = () => {};

  /** The texts of the selected rows, in their order. */
  selectedTexts(): string[] {
    const { draft } = this.context;
    const indices = [...this.rows.selection.keys]
      .map((key) => draft.indexOf(key))
      .filter((index) => index >= 0);
    return indices.sort((a, b) => a - b).map((index) => draft.phraseAt(index));
  }

  async copySelected(): Promise<void> {
    await navigator.clipboard.writeText(asLines(this.selectedTexts()));
    this.#sayCopied();
  }

  removeSelected(): void {
    const { context, rows } = this;
    const { keys } = rows.selection;
    if (keys.size === 0) return;
    const position = Math.min(...[...keys].map((key) => rows.positionOf(key)).filter((at) => at >= 0));
    const change = context.edit(() => context.draft.removePhrases(keys));
    if (!change) return;
    context.say(context.messages.text("said.removed", { count: keys.size }));
    this.select(NONE);
    if (rows.count > 0) rows.reveal(position, ".number");
  }

  selectAll(): void {
    const { rows } = this;
    const keys = new Set(Array.from({ length: rows.count }, (_, position) => rows.keyAt(position)));
    this.select({ keys, anchor: rows.current });
  }

  move(key: number, by: -1 | 1, control: string): void {
    const { context, rows } = this;
    const from = context.draft.indexOf(key);
    const to = from + by;
    if (rows.isFiltered || to < 0 || to >= context.draft.length) return;
    if (context.edit(() => context.draft.movePhrase(from, to))) rows.reveal(to, control);
  }

  remove(key: number, then: (position: number) => number = (position) => position): void {
    const { context, rows } = this;
    const position = rows.positionOf(key);
    if (!context.edit(() => context.draft.removePhrase(context.draft.indexOf(key)))) return;
    context.say(context.messages.text("said.removed", { count: 1 }));
    if (rows.count > 0) rows.reveal(then(position));
  }

  fix(key: number): void {
    const { context, rows } = this;
    const { draft } = context;
    const position = rows.positionOf(key);
    if (context.edit(() => draft.applyAdvice(draft.adviceAt(draft.indexOf(key))))) rows.reveal(position);
  }

  /** Goes to a row by its index in the draft, whether or not it is among those that are shown. */
  goTo(index: number): Row | undefined {
    const { context, rows } = this;
    if (index < 0 || index >= context.draft.length) return;
    const key = context.draft.keyAt(index);
    if (rows.positionOf(key) < 0) this.onHidden();
    return rows.reveal(rows.positionOf(key));
  }

  /** Called to show all rows when one that is hidden is wanted. */
  onHidden: () => void = () => {};

  #fieldOf(target: EventTarget | null): TextField | undefined {
    const row = this.rows.rowOf(target);
    if (!row || target !== row.input) return;
    const { unheld } = this.rows;
    return {
      input: row.input,
      field: row.key,
      held: unheld.get(row.key) ?? row.held,
      setComposing: (isComposing) => {
        row.isComposing = isComposing;
      },
      keep: (text) => {
        if (text === undefined ? unheld.delete(row.key) : unheld.set(row.key, text)) this.context.refresh();
      },
    };
  }

  #isOnHeader({ target }: Event): boolean {
    return target instanceof Element && target.closest(".number") !== null;
  }

  #sayCopied(): void {
    const { messages } = this.context;
    this.context.say(messages.text("said.copied", { count: this.rows.selection.keys.size }));
  }

  #click(event: MouseEvent): void {
    const { rows } = this;
    const row = rows.rowOf(event.target);
    if (!row) return;
    if (this.#isOnHeader(event)) {
      this.#selectBy(event, row.key);
      row.header.focus({ preventScroll: true });
      return;
    }
    const does = doesOf(event);
    // Beside the text.
    if (!does) row.input.focus({ preventScroll: true });
    else if (does === "go") {
      const link = event.target as Element;
      this.goTo(Number(link.closest<HTMLElement>("[data-to]")?.dataset.to));
    } else if (!this.context.canEdit) return;
    else if (does === "fix") this.fix(row.key);
    else if (does === "remove") this.remove(row.key);
    else this.move(row.key, does === "up" ? -1 : 1, `[data-does=${does}]`);
  }

  #selectBy(event: MouseEvent, key: number): void {
    const { selection } = this.rows;
    // A finger has no modifier keys.
    const isTouch = event instanceof PointerEvent && event.pointerType === "touch";
    if (event.shiftKey) this.#extendTo(key);
    else if (event.ctrlKey || event.metaKey || isTouch) this.select(toggled(selection, key));
    else this.select(only(key));
  }

  #extendTo(key: number): void {
    const { rows } = this;
    this.select(
      extended(
        rows.selection,
        key,
        (each) => rows.positionOf(each),
        (at) => rows.keyAt(at),
      ),
    );
  }

  #key(event: KeyboardEvent): void {
    const { rows, context } = this;
    const row = rows.rowOf(event.target);
    if (!row || isComposing(event)) return;
    if (
      this.#navigate(event, row) ||
      (context.canEdit && this.#change(event, row)) ||
      this.#choose(event, row)
    )
      event.preventDefault();
  }

  /** Keys that go to another row. */
  #navigate(event: KeyboardEvent, row: Row): boolean {
    const { rows } = this;
    if (event.altKey) return false;
    const position = rows.positionOf(row.key);
    const jump = event.ctrlKey || event.metaKey;
    let to: number;
    if (event.key === "ArrowUp") to = position - 1;
    else if (event.key === "ArrowDown") to = position + 1;
    else if (event.key === "PageUp") to = position - rows.pageRows;
    else if (event.key === "PageDown") to = position + rows.pageRows;
    else if (event.key === "Home" && jump) to = 0;
    else if (event.key === "End" && jump) to = rows.count - 1;
    else return false;
    to = Math.max(0, Math.min(to, rows.count - 1));
    if (event.shiftKey) {
      if (rows.selection.keys.size === 0) rows.selection = only(row.key);
      rows.reveal(to, ".number");
      this.#extendTo(rows.keyAt(to));
    } else {
      const control = this.#isOnHeader(event) ? ".number" : (controlOf(event.target) ?? "input");
      rows.reveal(to, control);
    }
    return true;
  }

  /** Keys that edit. */
  #change(event: KeyboardEvent, row: Row): boolean {
    const { rows } = this;
    const { key, altKey, target } = event;
    const jump = event.ctrlKey || event.metaKey;
    const control = controlOf(target) ?? "input";
    if (altKey && key === "ArrowUp") this.move(row.key, -1, control);
    else if (altKey && key === "ArrowDown") this.move(row.key, 1, control);
    else if (target === row.input && key === "Enter" && !jump && !altKey) this.addRow(row.key);
    else if (target === row.input && key === "Backspace" && row.input.value === "" && !event.repeat) {
      this.remove(row.key, (position) => position - 1);
    } else if (this.#isOnHeader(event) && (key === "Delete" || key === "Backspace")) {
      if (!rows.selection.keys.has(row.key)) this.select(only(row.key));
      this.removeSelected();
    } else return false;
    return true;
  }

  /** Keys that select. */
  #choose(event: KeyboardEvent, row: Row): boolean {
    const { rows } = this;
    const { key, target } = event;
    const onHeader = this.#isOnHeader(event);
    const { selectionStart, selectionEnd, value } = row.input;
    const allIsSelected = selectionStart === 0 && selectionEnd === value.length;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "a" && (onHeader || allIsSelected)) {
      this.selectAll();
      row.header.focus({ preventScroll: true });
    } else if (onHeader && key === " ") this.select(toggled(rows.selection, row.key));
    else if (onHeader && key === "Enter") row.input.focus({ preventScroll: true });
    else if (key === "Escape" && rows.selection.keys.size > 0) this.select(NONE);
    else if (key === "Escape" && target !== row.header) row.header.focus({ preventScroll: true });
    else return false;
    return true;
  }
}

/** A selector of the button that an event came from, to find the same one in another row. */
function controlOf(target: EventTarget | null): string | undefined {
  const does = target instanceof HTMLElement ? target.dataset.does : undefined;
  return does && does !== "go" && does !== "fix" ? `[data-does=${does}]` : undefined;
}
