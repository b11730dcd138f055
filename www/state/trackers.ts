/** The rows of the table of trackers: those of the service, and those that are not created yet; sorted and searched. */
import { computed, effect, signal } from "@preact/signals";
import { type Account, keyOf } from "./account.js";
import { figuresOfRow, phraseCountOf, type Row, stateOf } from "./row.js";
import { find, type Hit } from "./search.js";

export type Column = "name" | "phrases" | "size" | "issues" | "edited";

export interface Order {
  column: Column;
  isDescending: boolean;
}

/** Searching waits for this pause in typing, in milliseconds. */
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
  }

  readonly order = signal<Order>({ column: "name", isDescending: false });
  /** What is typed into the search. */
  readonly query = signal("");
  /** What is searched for: the query, once no key was pressed for a moment. */
  readonly #searched = signal("");

  #known: ReadonlyMap<string, Row> = new Map();

  /** All rows. What is only here comes first. */
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

  /** The rows to show; where something is searched for, those that have it, and where. */
  readonly hits = computed((): readonly Hit[] => find(this.sorted.value, this.#searched.value));
  /** Whether the hits are those of the query. */
  readonly isSettled = computed(() => this.query.value === this.#searched.value);

  /** Sorts by a column, and the other way round if it is sorted by it already. */
  sortBy(column: Column): void {
    const { value } = this.order;
    // Of numbers and of what is edited, people look for the most first.
    const isDescending = value.column === column ? !value.isDescending : column !== "name";
    this.order.value = { column, isDescending };
  }

  /** The rows, with those that are as before as the same objects, so that only the others are rendered. */
  #unchanged(rows: Row[]): readonly Row[] {
    const kept = rows.map((row) => {
      const known = this.#known.get(row.key);
      return known && known.tracker === row.tracker && known.edit === row.edit ? known : row;
    });
    this.#known = new Map(kept.map((row) => [row.key, row]));
    return kept;
  }
}

/** By the service's names: a row does not move while its name is typed. */
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
