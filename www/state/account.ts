/** The trackers of the account as the service last returned them, and those that are being edited. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { NewTracker, Tracker } from "symbl-tracker";
import { Edit, isSame } from "./edit.js";

/** The most trackers that an account can have, from the documentation of the API. */
export const MAX_TRACKERS = 500;

export const keyOf = (id: string): string => `tracker:${id}`;

export class Account {
  readonly #trackers = signal<ReadonlyMap<string, Tracker>>(new Map());
  readonly #edits = signal<ReadonlyMap<string, Edit>>(new Map());
  readonly #loadedAt = signal<number | undefined>(undefined);

  /** By id, in the service's order. */
  readonly trackers: ReadonlySignal<ReadonlyMap<string, Tracker>> = this.#trackers;
  /** By key. */
  readonly edits: ReadonlySignal<ReadonlyMap<string, Edit>> = this.#edits;
  /** When the trackers were last read, in milliseconds since 1970; undefined until then. */
  readonly loadedAt: ReadonlySignal<number | undefined> = this.#loadedAt;
  /** The ids by name. Names are case-sensitive. */
  readonly idsByName = computed(
    () => new Map([...this.#trackers.value.values()].map(({ id, name }) => [name, id])),
  );
  /** How many trackers are not created yet. */
  readonly newCount = computed(
    () => [...this.#edits.value.values()].filter(({ id }) => id === undefined).length,
  );
  /** How many more trackers the service would create. Never less than 0. */
  readonly room = computed(() => Math.max(0, MAX_TRACKERS - this.#trackers.value.size));

  /** Takes over the service's list. Nothing that is being edited changes. */
  fill(trackers: readonly Tracker[]): void {
    const before = this.#trackers.value;
    batch(() => {
      // What did not change stays the same object, so that nothing is computed or shown anew for it.
      this.#trackers.value = new Map(
        trackers.map((tracker) => {
          const known = before.get(tracker.id);
          return [tracker.id, known && isSame(tracker, known) ? known : tracker];
        }),
      );
      this.#loadedAt.value = Date.now();
      for (const edit of this.#edits.value.values()) {
        if (edit.id === undefined || edit.isModified.value) continue;
        const tracker = this.#trackers.value.get(edit.id);
        if (!tracker) this.drop(edit.key);
        // What is being edited keeps the version that it began from: sending compares the two.
        else if (tracker !== edit.base) edit.refresh(tracker);
      }
    });
  }

  /** Takes over the service's current version of one tracker. */
  store(tracker: Tracker): void {
    this.#trackers.value = new Map(this.#trackers.value).set(tracker.id, tracker);
  }

  /** Forgets a tracker that the service no longer has. What is being edited stays. */
  forget(id: string): void {
    const trackers = new Map(this.#trackers.value);
    trackers.delete(id);
    this.#trackers.value = trackers;
  }

  /** Whether the service no longer has the tracker that is being edited. */
  isGone({ id }: Edit): boolean {
    return id !== undefined && this.#loadedAt.value !== undefined && !this.#trackers.value.has(id);
  }

  /** The edit of a tracker, which begins with the service's version. Undefined if there is no such tracker. */
  editOf(id: string): Edit | undefined {
    const edit = this.#edits.value.get(keyOf(id));
    if (edit) return edit;
    const tracker = this.#trackers.value.get(id);
    return tracker && this.keep(new Edit(keyOf(id), tracker));
  }

  /** Begins a tracker that is not created yet. */
  begin(tracker?: NewTracker): Edit {
    const edit = this.keep(new Edit(`new:${crypto.randomUUID()}`));
    if (tracker) edit.load({ name: tracker.name, vocabulary: tracker.vocabulary });
    return edit;
  }

  keep(edit: Edit): Edit {
    this.#edits.value = new Map(this.#edits.value).set(edit.key, edit);
    return edit;
  }

  /** Ends an edit, with what it has. */
  drop(key: string): void {
    const edits = new Map(this.#edits.value);
    const edit = edits.get(key);
    edits.delete(key);
    this.#edits.value = edits;
    edit?.dispose();
  }
}
