/** Finds the later row that repeats the current one: an issue only says which earlier row it repeats. */
import type { Context } from "./context.js";
import type { Rows } from "./rows.js";
import { scan } from "./scan.js";

/** How long the current row has to stay the same before all others are looked through, in milliseconds. */
const DELAY_MS = 200;

export class Repeats {
  #work = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly context: Context,
    private readonly rows: Rows,
  ) {
    rows.grid.addEventListener("focusin", () => this.look());
  }

  look(): void {
    this.#work.abort();
    clearTimeout(this.#timer);
    const { draft, summary } = this.context;
    const { current } = this.rows;
    const index = current === undefined ? -1 : draft.indexOf(current);
    if (current === undefined || index < 0 || draft.issueCount === 0 || draft.issuesAt(index).length > 0)
      return;
    const known = summary.issues.find((issue) => issue.code === "duplicate" && issue.params.first === index);
    const later = known?.path[1];
    // The page may have removed it just now.
    if (typeof later === "number" && later < draft.length) this.#found(current, draft.keyAt(later));
    else if (summary.issues.length === summary.issueCount) this.#found(current, undefined);
    else this.#timer = setTimeout(() => this.#search(current, index), DELAY_MS);
  }

  async #search(key: number, index: number): Promise<void> {
    this.#work = new AbortController();
    const { draft, signal } = this.context;
    if (draft.indexOf(key) !== index) return;
    const text = draft.phraseAt(index);
    let by: number | undefined;
    const done = await scan(
      () => draft.length - index - 1,
      (offset) => {
        if (draft.phraseAt(index + 1 + offset) !== text) return true;
        by = draft.keyAt(index + 1 + offset);
        return false;
      },
      AbortSignal.any([signal, this.#work.signal]),
    );
    if (done) this.#found(key, by);
  }

  #found(key: number, by: number | undefined): void {
    if (this.rows.current === key) this.rows.setRepeated(key, by);
  }
}
