/** Search, filters, and going from issue to issue. */
import type { Context } from "./context.js";
import { h, write } from "./dom.js";
import type { Grid } from "./grid.js";
import type { Rows } from "./rows.js";
import { scan } from "./scan.js";
import { searchable } from "./text.js";

/** How long typing into the search field may pause before it is searched, in milliseconds. */
const DELAY_MS = 150;

const FILTERS = ["all", "issues", "advice", "repeated"] as const;
type Filter = (typeof FILTERS)[number];

export class Find {
  readonly element: HTMLElement;
  readonly #query = h("input", { type: "search", class: "query", autocomplete: "off" });
  readonly #filter = h("select", {});
  readonly #hits = h("output", { class: "hits" });
  #search = new AbortController();
  #jump = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly context: Context,
    private readonly rows: Rows,
    private readonly grid: Grid,
  ) {
    const { messages } = context;
    for (const filter of FILTERS)
      this.#filter.append(messages.bind(h("option", { value: filter }), `find.${filter}`));
    messages.bind(this.#query, "find.label", "aria-label");
    messages.bind(this.#filter, "find.show", "aria-label");
    const close = messages.bind(h("button", { type: "button", class: "small" }), "find.close");
    this.element = h("div", { class: "find", part: "find", role: "search" });
    this.element.append(this.#query, this.#filter, this.#hits, close);
    this.element.hidden = true;
    this.#query.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.run(), DELAY_MS);
    });
    this.#filter.addEventListener("change", () => this.run());
    close.addEventListener("click", () => this.close());
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if ((event.key === "Enter" || event.key === "ArrowDown") && event.target === this.#query)
        this.rows.reveal(0);
      else return;
      event.preventDefault();
    });
    grid.onHidden = () => this.clear();
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(): void {
    this.element.hidden = false;
    this.#query.focus();
    this.#query.select();
    this.run();
  }

  /** Shows all rows again, and goes on at the row that was the current one. */
  close(): void {
    this.clear();
    this.element.hidden = true;
    const { current } = this.rows;
    if (current !== undefined) this.rows.reveal(this.rows.positionOf(current));
  }

  clear(): void {
    this.#query.value = "";
    this.#filter.value = "all";
    this.run();
  }

  /** Finds the rows to show. Rows that no longer match stay until the next search, so that none vanishes while it is edited. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#search.abort();
    this.#search = new AbortController();
    const { signal } = this.#search;
    const { draft, messages } = this.context;
    const query = searchable(this.#query.value);
    const filter = this.#filter.value as Filter;
    if (query === "" && filter === "all") {
      if (this.rows.isFiltered) {
        this.rows.filter(undefined);
        this.context.refresh();
      }
      this.showHits();
      return;
    }
    const matches = this.#matcher(filter);
    const keys: number[] = [];
    write(this.#hits, messages.text("find.busy"));
    const done = await scan(
      () => draft.length,
      (index) => {
        if (!matches(index)) return;
        if (query === "" || searchable(draft.phraseAt(index)).includes(query)) keys.push(draft.keyAt(index));
      },
      AbortSignal.any([signal, this.context.signal]),
    );
    if (!done) return;
    this.rows.filter(keys);
    this.context.refresh();
    this.showHits();
  }

  showHits(): void {
    const { messages, draft } = this.context;
    const { count, isFiltered } = this.rows;
    write(this.#hits, isFiltered ? messages.text("find.hits", { count, total: draft.length }) : "");
  }

  #matcher(filter: Filter): (index: number) => boolean {
    const { draft } = this.context;
    if (filter === "issues") return (index) => draft.issuesAt(index).length > 0;
    if (filter === "advice") return (index) => draft.adviceAt(index).length > 0;
    if (filter === "all") return () => true;
    return (index) =>
      draft.issuesAt(index).some(({ code }) => code === "duplicate") ||
      draft.adviceAt(index).some(({ code }) => code === "near_duplicate");
  }

  /**
   * Goes to the next phrase with an issue, or the previous one; from the last on to the first.
   *
   * @param step 1 or -1
   */
  async nextIssue(step: 1 | -1): Promise<void> {
    this.#jump.abort();
    this.#jump = new AbortController();
    const { draft, summary, messages } = this.context;
    const { current } = this.rows;
    const kept = draft.length - summary.leftOut;
    const from = current === undefined ? -1 : draft.indexOf(current);
    const isFocused = this.rows.grid.contains(this.context.root.activeElement);
    // From outside, the row in view itself may be the next one.
    const first = isFocused ? from + step : Math.max(0, from);
    let found = -1;
    const wrap = (index: number) => ((index % kept) + kept) % kept;
    await scan(
      () => kept,
      (offset) => {
        const index = wrap(first + offset * step);
        if (index >= draft.length || draft.issuesAt(index).length === 0) return true;
        found = index;
        return false;
      },
      AbortSignal.any([this.#jump.signal, this.context.signal]),
    );
    if (this.#jump.signal.aborted) return;
    if (found >= 0) this.grid.goTo(found);
    else this.context.say(messages.text("issues.none"));
  }
}
