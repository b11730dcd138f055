/** The account's trackers and the open one. Does not use the DOM. */
import type { Tracker } from "symbl-tracker";
import { Editing } from "./editing.js";

export class Account {
  #trackers = new Map<string, Tracker>();
  /** Kept for every tracker that was open, so switching between trackers loses no edits. */
  readonly #editings = new Map<string | undefined, Editing>();
  #open: Editing = this.#editing(undefined);

  /** The trackers as the service last returned them, in its order. */
  get trackers(): Tracker[] {
    return [...this.#trackers.values()];
  }

  get open(): Editing {
    return this.#open;
  }

  /** Whether this tracker has changes that are not saved in the service. */
  isEdited(id: string | undefined): boolean {
    return this.#editings.get(id)?.edited ?? false;
  }

  /** Opens a tracker. @param id undefined for a new tracker */
  pick(id: string | undefined): void {
    this.#open = this.#editing(id);
  }

  /** Stores the service's list and opens its first tracker. */
  fill(trackers: Tracker[]): void {
    this.#trackers = new Map(trackers.map((tracker) => [tracker.id, tracker]));
    this.pick(trackers[0]?.id);
  }

  /** The tracker as the service last returned it. */
  stored(id: string | undefined): Tracker | undefined {
    return id === undefined ? undefined : this.#trackers.get(id);
  }

  /** Stores the service's current version. Does not change the editor, so nothing typed in the meantime is lost. */
  store(tracker: Tracker): void {
    this.#trackers.set(tracker.id, tracker);
  }

  /** Stores the tracker that was created, and opens it unless another one has been opened in the meantime. */
  created(tracker: Tracker): Editing {
    this.store(tracker);
    this.#drop(undefined);
    if (this.#open.id === undefined) this.pick(tracker.id);
    return this.#editing(tracker.id);
  }

  /** Removes a tracker that was deleted from the service. */
  deleted(id: string): void {
    this.#trackers.delete(id);
    this.#drop(id);
    this.pick(this.trackers[0]?.id);
  }

  #drop(id: string | undefined): void {
    // The draft's memory is in wasm, where the garbage collector does not see it.
    this.#editings.get(id)?.draft.dispose();
    this.#editings.delete(id);
  }

  #editing(id: string | undefined): Editing {
    let editing = this.#editings.get(id);
    if (!editing) {
      editing = new Editing(this.stored(id));
      this.#editings.set(id, editing);
    }
    return editing;
  }
}
