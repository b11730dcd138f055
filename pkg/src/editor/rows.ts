/**
 * The phrases: a grid of any number of rows, of which only those in view are on the page.
 *
 * One row is in the tab order. It stays mounted wherever the list is scrolled to, so that the focus is never lost.
 * `aria-rowcount` and `aria-rowindex` tell assistive technology about the rows that are not mounted.
 */
import type { Context } from "./context.js";
import { attribute, h } from "./dom.js";
import { Row } from "./row.js";
import { NONE, type Selection } from "./selection.js";
import { canvasHeight, type Geometry, rowsInView, scrollTo } from "./viewport.js";
import { changeEnd, shown } from "./visible.js";

/** How often the list is painted at most because painting it moved the focus. */
const MAX_TURNS = 4;

export class Rows {
  /** The grid itself. */
  readonly grid = h("div", { role: "grid", class: "grid", "aria-multiselectable": "true" });
  readonly view: HTMLElement;
  selection: Selection = NONE;
  /** Rows that were added empty and have not been left yet: they are not marked as empty. */
  readonly fresh = new Set<number>();
  /** Texts that the draft could not hold, by row. */
  readonly unheld = new Map<number, string>();
  readonly #canvas = h("div", { role: "rowgroup", class: "canvas" });
  /** As high as a row. */
  readonly #probe = h("div", { class: "probe", "aria-hidden": "true" });
  readonly #mounted = new Map<number, Row>();
  /** The keys that are shown, and the position of each; all rows if undefined. */
  #shown: { keys: number[]; positions: Map<number, number> } | undefined;
  #current: number | undefined;
  /** The position where the current row was last. */
  #currentAt = 0;
  #rowHeight = 0;
  #viewHeight = 0;
  /** Whether the known heights are up to date. Measuring them forces a layout. */
  #isMeasured = false;
  #isPainting = false;
  #isStale = false;
  /** The row that a later one repeats, and that later one, by key. */
  #repeated: { row: number; by: number } | undefined;

  constructor(private readonly context: Context) {
    this.grid.append(this.#canvas);
    this.view = h("div", { class: "list", part: "list" }, this.#probe, this.grid);
    this.view.addEventListener("scroll", () => this.paint(), { passive: true });
    const observer = new ResizeObserver(() => {
      this.#isMeasured = false;
      this.paint();
    });
    observer.observe(this.view);
    observer.observe(this.#probe);
    this.grid.addEventListener("focusin", ({ target }) => {
      const row = this.rowOf(target);
      if (row && row.key !== this.#current) this.setCurrent(row.key);
    });
  }

  /** Called when another row has become the current one. */
  onCurrent: () => void = () => {};

  /** How many rows are shown. */
  get count(): number {
    return this.#shown?.keys.length ?? this.context.draft.length;
  }

  get isFiltered(): boolean {
    return this.#shown !== undefined;
  }

  /** The key of the row in the tab order. */
  get current(): number | undefined {
    return this.#current;
  }

  /** How many rows a page has. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#viewHeight / (this.#rowHeight || 1)) - 1);
  }

  setCurrent(key: number): void {
    this.#current = key;
    this.#repeated = undefined;
    this.paint();
    this.onCurrent();
  }

  keyAt(position: number): number {
    return this.#shown ? (this.#shown.keys[position] ?? -1) : this.context.draft.keyAt(position);
  }

  /** The position of a row among those that are shown; -1 if it is not. */
  positionOf(key: number): number {
    return this.#shown ? (this.#shown.positions.get(key) ?? -1) : this.context.draft.indexOf(key);
  }

  rowOf(target: EventTarget | null): Row | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
    return element ? this.#mounted.get(Number(element.dataset.key)) : undefined;
  }

  mounted(key: number): Row | undefined {
    return this.#mounted.get(key);
  }

  /** The rows that are on the page. */
  get all(): Row[] {
    return [...this.#mounted.values()];
  }

  /** Shows only these rows; all if undefined. */
  filter(keys: number[] | undefined): void {
    const wasFiltered = this.isFiltered;
    this.#shown = keys && shownOf(keys);
    if (keys || wasFiltered) this.view.scrollTop = 0;
    this.selection = NONE;
    this.paint();
  }

  /** Adds a new row to the ones that are shown, below another. */
  include(key: number, below: number | undefined): void {
    if (!this.#shown) return;
    const keys = this.#shown.keys.slice();
    keys.splice(below === undefined ? keys.length : this.positionOf(below) + 1, 0, key);
    this.#shown = shownOf(keys);
  }

  /** Says which later row repeats this one. */
  setRepeated(row: number, by: number | undefined): void {
    this.#repeated = by === undefined ? undefined : { row, by };
    this.paint();
  }

  /** Forgets everything about the rows of another draft. */
  reset(): void {
    this.fresh.clear();
    this.unheld.clear();
    this.#current = undefined;
    this.#currentAt = 0;
    this.filter(undefined);
    this.view.scrollTop = 0;
  }

  /** Makes the next paint measure the list, because its height or that of its rows may have changed. */
  remeasure(): void {
    this.#isMeasured = false;
  }

  /** Updates these rows, after an edit that moved none. */
  update(keys: Iterable<number>): void {
    for (const key of keys) {
      const row = this.#mounted.get(key);
      if (row) this.#show(row);
    }
  }

  /** Updates the rows on the page. */
  paint(): void {
    // A row that is moved or removed loses the focus, and what listens to that may want to paint too.
    this.#isStale = true;
    if (this.#isPainting) return;
    this.#isPainting = true;
    try {
      for (let turn = 0; this.#isStale && turn < MAX_TURNS; turn++) {
        this.#isStale = false;
        this.#paint();
      }
    } finally {
      this.#isPainting = false;
    }
  }

  #paint(): void {
    const { context } = this;
    const { draft } = context;
    this.#dropRemoved();
    if (!this.#isMeasured) this.#measure();
    if (this.#rowHeight === 0) {
      // Nothing is shown: the list has no rows, or the editor is hidden.
      this.#canvas.replaceChildren();
      this.#mounted.clear();
      return;
    }
    const geometry = this.#geometry();
    const { start, end, origin } = rowsInView(geometry, this.view.scrollTop);
    const focused = context.root.activeElement;
    const hasFocus = focused !== null && this.grid.contains(focused);

    attribute(this.grid, "aria-rowcount", `${draft.length}`);
    this.#canvas.style.blockSize = `${canvasHeight(geometry)}px`;
    this.view.style.setProperty("--digits", `${context.messages.number(draft.length).length}`);
    const at = this.#keepCurrent(hasFocus ? this.#currentAt : start);

    const wanted = new Map<number, number>();
    if (at >= 0 && at < start) wanted.set(this.keyAt(at), at);
    for (let position = start; position < end; position++) wanted.set(this.keyAt(position), position);
    if (at >= end) wanted.set(this.keyAt(at), at);
    for (const [key, row] of this.#mounted) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.#mounted.delete(key);
    }
    let next = this.#canvas.firstElementChild;
    for (const [key, position] of wanted) {
      let row = this.#mounted.get(key);
      if (!row) {
        row = new Row(key);
        this.#mounted.set(key, row);
      }
      // In the order of the list, for those who read the page in its order.
      if (row.element === next) next = next.nextElementSibling;
      else this.#canvas.insertBefore(row.element, next);
      row.moveTo(origin + position * this.#rowHeight);
      this.#show(row);
    }
    if (!hasFocus || context.root.activeElement === focused) return;
    // A row that was moved has lost the focus on its way, and one that was removed has taken it along.
    if (focused instanceof HTMLElement && this.grid.contains(focused)) focused.focus({ preventScroll: true });
    else if (at >= 0) this.reveal(at);
  }

  #measure(): void {
    this.#rowHeight = this.#probe.getBoundingClientRect().height;
    this.#viewHeight = this.view.clientHeight;
    // The rows of a hidden list cannot be measured.
    this.#isMeasured = this.#rowHeight > 0;
  }

  #show(row: Row): void {
    const { context, selection, unheld, fresh } = this;
    const { draft, summary } = context;
    const { key } = row;
    const index = draft.indexOf(key);
    row.show(context, {
      index,
      isCurrent: key === this.#current,
      isSelected: selection.keys.has(key),
      unheld: unheld.get(key),
      mayBeEmpty: index >= draft.length - summary.leftOut || fresh.has(key),
      repeatedBy: this.#repeated?.row === key ? indexOrNone(draft.indexOf(this.#repeated.by)) : undefined,
    });
  }

  /** Scrolls to the row at a position and moves the focus into it. */
  reveal(position: number, control = "input"): Row | undefined {
    const row = this.scrollTo(position);
    row?.element.querySelector<HTMLElement>(control)?.focus({ preventScroll: true });
    return row;
  }

  /**
   * Scrolls to a row that an undo changed.
   *
   * @param before what the row showed, if it was on the page
   * @param takesFocus whether the caret is put behind what changed
   */
  revealChange(position: number, before: string | undefined, takesFocus: boolean): void {
    const row = this.scrollTo(position);
    if (!row || !takesFocus) return;
    row.input.focus({ preventScroll: true });
    const caret = changeEnd(shown(before ?? ""), row.input.value);
    row.input.setSelectionRange(caret, caret);
  }

  /** Scrolls to the row at a position and makes it the current one. */
  scrollTo(position: number): Row | undefined {
    if (this.count === 0) return;
    const at = Math.max(0, Math.min(position, this.count - 1));
    const key = this.keyAt(at);
    this.#current = key;
    this.#currentAt = at;
    if (this.#rowHeight === 0) this.paint();
    this.#canvas.style.blockSize = `${canvasHeight(this.#geometry())}px`;
    this.view.scrollTop = scrollTo(this.#geometry(), at, this.view.scrollTop);
    this.setCurrent(key);
    return this.#mounted.get(key);
  }

  #geometry(): Geometry {
    return { count: this.count, rowHeight: this.#rowHeight, viewHeight: this.#viewHeight };
  }

  /** The position of the current row; if that was removed, of the one in its place. */
  #keepCurrent(fallback: number): number {
    let at = this.#current === undefined ? -1 : this.positionOf(this.#current);
    if (at < 0) {
      at = Math.min(fallback, this.count - 1);
      this.#current = at < 0 ? undefined : this.keyAt(at);
    }
    this.#currentAt = Math.max(0, at);
    return at;
  }

  #dropRemoved(): void {
    const { draft } = this.context;
    if (this.#shown?.keys.some((key) => draft.indexOf(key) < 0)) {
      this.#shown = shownOf(this.#shown.keys.filter((key) => draft.indexOf(key) >= 0));
    }
    for (const key of this.unheld.keys()) if (draft.indexOf(key) < 0) this.unheld.delete(key);
    const { keys, anchor } = this.selection;
    if (![...keys].some((key) => draft.indexOf(key) < 0)) return;
    this.selection = { keys: new Set([...keys].filter((key) => draft.indexOf(key) >= 0)), anchor };
  }
}

function indexOrNone(index: number): number | undefined {
  return index < 0 ? undefined : index;
}

function shownOf(keys: number[]) {
  return { keys, positions: new Map(keys.map((key, position) => [key, position])) };
}
