/** The trackers of the account as the service last returned them, and those that are being edited. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { NewTracker, Tracker } from "symbl-tracker";
import { isSame } from "../difference.js";
import { Edit, newKey, type Snapshot } from "../edit.js";

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
  /** How many of the edits are of trackers that are not created yet. */
  readonly newCount = computed(
    () => [...this.#edits.value.values()].filter(({ id }) => id === undefined).length,
  );
  /** How many more trackers the account can have. Never less than 0. */
  readonly room = computed(() => Math.max(0, MAX_TRACKERS - this.#trackers.value.size));

  /** Why no tracker can be created now, as a sentence for people; undefined if one can. */
  get obstacleToCreate(): string | undefined {
    if (this.#loadedAt.value === undefined || this.room.value > 0) return undefined;
    const { size } = this.#trackers.value;
    return `The account has ${size} of ${MAX_TRACKERS} trackers. Delete another one first, or refresh the list if that was done elsewhere.`;
  }

  /** Replaces the trackers with the service's list. Edits do not change. */
  fill(trackers: readonly Tracker[]): void {
    const before = this.#trackers.value;
    batch(() => {
      // An unchanged tracker stays the same object, so that it is not computed or rendered again.
      this.#trackers.value = new Map(
        trackers.map((tracker) => {
          const known = before.get(tracker.id);
          return [tracker.id, known && isSame(tracker, known) ? known : tracker];
        }),
      );
      this.#loadedAt.value = Date.now();
    });
  }

  /** Replaces one tracker with the service's current version. */
  store(tracker: Tracker): void {
    this.#trackers.value = new Map(this.#trackers.value).set(tracker.id, tracker);
  }

  /** Removes a tracker that the service no longer has. Its edit stays. */
  forget(id: string): void {
    const trackers = new Map(this.#trackers.value);
    trackers.delete(id);
    this.#trackers.value = trackers;
  }

  /** Whether the service no longer has the tracker of an edit. */
  isGone({ id }: Edit): boolean {
    return id !== undefined && this.#loadedAt.value !== undefined && !this.#trackers.value.has(id);
  }

  /** The edit of a tracker; a new one if it has none. Undefined if there is no such tracker. */
  editOf(id: string): Edit | undefined {
    const edit = this.#edits.value.get(keyOf(id));
    if (edit) return edit;
    const tracker = this.#trackers.value.get(id);
    return tracker && this.keep(new Edit(keyOf(id), tracker));
  }

  /** Starts the edit of a tracker that is not created yet. */
  begin(tracker?: NewTracker): Edit {
    const edit = this.keep(new Edit(newKey()));
    if (tracker) edit.load({ name: tracker.name, vocabulary: tracker.vocabulary });
    return edit;
  }

  /** Adds an edit, and disposes of any other one with the same key. */
  keep(edit: Edit): Edit {
    const former = this.#edits.value.get(edit.key);
    this.#edits.value = new Map(this.#edits.value).set(edit.key, edit);
    if (former !== edit) former?.dispose();
    return edit;
  }

  /**
   * The edit of a tracker that was created from an edit, or an edit of it that exists because it was opened from the
   * list. Undefined if both have changes that were not sent: then both stay.
   *
   * @param sent what was sent to create the tracker
   */
  goOn(edit: Edit, created: Tracker, sent: Snapshot): Edit | undefined {
    edit.sync();
    const key = keyOf(created.id);
    const existing = this.#edits.value.get(key);
    existing?.sync();
    const hasChanges = !edit.isAsSent(sent) || edit.textOutsideDraft !== undefined;
    if (!existing || (hasChanges && !existing.hasUnsent.value))
      return this.keep(edit.goOn(key, created, sent));
    existing.meet(created);
    return hasChanges ? undefined : existing;
  }

  /** Removes an edit and disposes of it, unsent changes included. */
  drop(key: string): void {
    const edits = new Map(this.#edits.value);
    const edit = edits.get(key);
    edits.delete(key);
    this.#edits.value = edits;
    edit?.dispose();
  }
}
