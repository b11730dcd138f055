/** The trackers of the account as the service last returned them, and those that are being edited. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { NewTracker, Tracker } from "symbl-tracker";
import { Edit } from "./edit.js";

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

  /** Takes over the service's list. */
  fill(trackers: readonly Tracker[]): void {
    this.#trackers.value = new Map(trackers.map((tracker) => [tracker.id, tracker]));
    this.#loadedAt.value = Date.now();
    for (const edit of this.#edits.value.values()) {
      const { id } = edit;
      const tracker = id === undefined ? undefined : this.#trackers.value.get(id);
      // What is being edited keeps the version that it began from: sending compares the two.
      if (tracker && !edit.isModified.value) edit.refresh(tracker);
    }
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
    if (tracker) edit.load(tracker);
    return edit;
  }

  keep(edit: Edit): Edit {
    this.#edits.value = new Map(this.#edits.value).set(edit.key, edit);
    return edit;
  }

  /** Ends an edit, with what it has. */
  drop(key: string): void {
    const edits = new Map(this.#edits.value);
    edits.get(key)?.dispose();
    edits.delete(key);
    this.#edits.value = edits;
  }
}
