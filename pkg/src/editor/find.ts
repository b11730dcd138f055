/** Search, filters, and going from issue to issue. */
import type { Context } from "./context.js";
import { h, icon, write } from "./dom.js";
import type { Grid } from "./grid.js";
import type { NameField } from "./name.js";
import type { Rows } from "./rows.js";
import { scan } from "./scan.js";
import { searchable } from "./text.js";
import { issueWords } from "./words.js";

/** How long typing into the search field may pause before it is searched, in milliseconds. */
const DELAY_MS = 150;

const FILTERS = ["all", "issues", "advice", "repeated"] as const;
type Filter = (typeof FILTERS)[number];

export class Find {
  readonly element: HTMLElement;
  readonly #query = h("input", { type: "search", class: "query", autocomplete: "off" });
  readonly #filter = h("select", {});
  readonly #hits = h("output", { class: "soft" });
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
    const close = h("button", { type: "button", class: "icon" }, icon("remove"));
    messages.bind(close, "find.close", "aria-label", "title");
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

  /** Shows all rows again, and scrolls to the current one. */
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
   * Moves to the next or the previous field with an issue. After the last one comes the first. The name comes before the
   * phrases.
   *
   * @param step 1 or -1
   */
  async nextIssue(step: 1 | -1, name: NameField): Promise<void> {
    this.#jump.abort();
    this.#jump = new AbortController();
    const { draft, summary, messages, root } = this.context;
    const { current, grid } = this.rows;
    const focused = root.activeElement;
    // Place 0 is the name, and the phrases follow.
    const places = 1 + draft.length - summary.leftOut;
    let from = current === undefined ? 0 : draft.indexOf(current) + 1;
    if (focused === name.input) from = 0;
    // If the focus is outside the list, the search begins with the current row itself.
    else if (!grid.contains(focused)) from -= step;
    const isBad = (place: number) =>
      place === 0
        ? summary.issues.some(({ path }) => path[0] === "name")
        : place <= draft.length && draft.issuesAt(place - 1).length > 0;
    let found = -1;
    await scan(
      () => places,
      (offset) => {
        const place = (((from + (offset + 1) * step) % places) + places) % places;
        if (isBad(place)) found = place;
        return found < 0;
      },
      AbortSignal.any([this.#jump.signal, this.context.signal]),
    );
    if (this.#jump.signal.aborted) return;
    const [first] = summary.issues;
    if (found > 0) this.grid.goTo(found - 1);
    else if (found === 0) {
      name.show();
      name.input.focus();
    } else this.context.say(first ? issueWords(messages, first) : messages.text("issues.none"));
  }
}
