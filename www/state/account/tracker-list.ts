/** The table of trackers: its rows, sorted and searched. */
import { computed, effect, signal, untracked } from "@preact/signals";
import { type Account, keyOf } from "./account.js";
import { find, type Hit } from "./search.js";
import { figuresOfRow, phraseCountOf, type Row, stateOf } from "./tracker-row.js";

export type Column = "name" | "phrases" | "size" | "issues" | "edited";

export interface Order {
  column: Column;
  isDescending: boolean;
}

/** The search starts when typing pauses for this long, in milliseconds. */
const PAUSE_MS = 80;

const collator = new Intl.Collator(undefined, { numeric: true });

export class TrackerList {
  constructor(private readonly account: Account) {
    effect(() => {
      const { value } = this.query;
      const timer = setTimeout(() => {
        this.#searched.value = value;
      }, PAUSE_MS);
      return () => clearTimeout(timer);
    });
    // With a search, what is typed in the editor is searched after a pause, too.
    effect(() => {
      if (this.#searched.value === "") return;
      for (const edit of this.account.edits.value.values()) {
        void edit.revision;
        void edit.jsonText;
      }
      const timer = setTimeout(() => {
        this.#pauses.value++;
      }, PAUSE_MS);
      return () => clearTimeout(timer);
    });
  }

  readonly order = signal<Order>({ column: "name", isDescending: false });
  /** The text in the search field. */
  readonly query = signal("");
  /** The query that {@link hits} are for. */
  readonly #searched = signal("");
  /** How often typing in the editor paused during a search. */
  readonly #pauses = signal(0);

  #known: ReadonlyMap<string, Row> = new Map();

  /** All rows. Trackers that the service does not have come first. */
  readonly rows = computed((): readonly Row[] => {
    const { trackers, edits } = this.account;
    const rows: Row[] = [];
    for (const edit of edits.value.values()) {
      const { key, id } = edit;
      if (id === undefined || !trackers.value.has(id)) rows.push({ key, id, tracker: undefined, edit });
    }
    for (const tracker of trackers.value.values()) {
      const key = keyOf(tracker.id);
      rows.push({ key, id: tracker.id, tracker, edit: edits.value.get(key) });
    }
    return this.#unchanged(rows);
  });

  readonly sorted = computed((): readonly Row[] => {
    const { column, isDescending } = this.order.value;
    const compare = COMPARISONS[column];
    const sign = isDescending ? -1 : 1;
    const isLocal = ({ tracker }: Row) => tracker === undefined;
    return [
      ...this.rows.value.filter(isLocal),
      ...this.rows.value.filter((row) => !isLocal(row)).sort((a, b) => sign * compare(a, b) || byName(a, b)),
    ];
  });

  /** The rows that match the query, and where. */
  readonly hits = computed((): readonly Hit[] => {
    void this.#pauses.value;
    const { value: rows } = this.sorted;
    const { value: query } = this.#searched;
    return untracked(() => find(rows, query));
  });
  /** Whether {@link hits} are up to date with {@link query}. */
  readonly isSettled = computed(() => this.query.value === this.#searched.value);

  /** Sorts by a column, or reverses the order if the table is sorted by it already. */
  sortBy(column: Column): void {
    const { value } = this.order;
    // Names start ascending. For the other columns, people look for the largest numbers and the edited trackers first.
    const isDescending = value.column === column ? !value.isDescending : column !== "name";
    this.order.value = { column, isDescending };
  }

  /** Replaces unchanged rows with the same objects as before, so that only the others are rendered. */
  #unchanged(rows: Row[]): readonly Row[] {
    const kept = rows.map((row) => {
      const known = this.#known.get(row.key);
      return known && known.tracker === row.tracker && known.edit === row.edit ? known : row;
    });
    this.#known = new Map(kept.map((row) => [row.key, row]));
    return kept;
  }
}

/** Compares the service's names, so that a row does not move while its name is edited. */
function byName(a: Row, b: Row): number {
  return collator.compare(a.tracker?.name ?? "", b.tracker?.name ?? "");
}

const COMPARISONS: Record<Column, (a: Row, b: Row) => number> = {
  name: byName,
  phrases: (a, b) => phraseCountOf(a) - phraseCountOf(b),
  size: (a, b) => (figuresOfRow(a)?.bytes ?? 0) - (figuresOfRow(b)?.bytes ?? 0),
  issues: (a, b) => (figuresOfRow(a)?.issueCount ?? 0) - (figuresOfRow(b)?.issueCount ?? 0),
  edited: (a, b) => Number(stateOf(a) !== "saved") - Number(stateOf(b) !== "saved"),
};
