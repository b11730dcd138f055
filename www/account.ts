/** The account's trackers, and which of them is open. No DOM here. */
import type { Tracker } from "symbl-tracker";
import { Editing } from "./editing.js";

export class Account {
  #trackers = new Map<string, Tracker>();
  /** Going to another tracker and back loses nothing. */
  readonly #editings = new Map<string | undefined, Editing>();
  #open: Editing = this.#editing(undefined);

  /** As the service last told, in its order. */
  get trackers(): Tracker[] {
    return [...this.#trackers.values()];
  }

  get open(): Editing {
    return this.#open;
  }

  /** Whether there are changes to this tracker that the service has not taken. */
  isEdited(id: string | undefined): boolean {
    return this.#editings.get(id)?.edited ?? false;
  }

  /** @param id undefined: a new one */
  pick(id: string | undefined): void {
    this.#open = this.#editing(id);
  }

  /** The service's list, on arrival. */
  fill(trackers: Tracker[]): void {
    this.#trackers = new Map(trackers.map((tracker) => [tracker.id, tracker]));
    this.pick(trackers[0]?.id);
  }

  /** What the service holds under this id, as far as is known. */
  stored(id: string | undefined): Tracker | undefined {
    return id === undefined ? undefined : this.#trackers.get(id);
  }

  /** What the service holds now. The editing stays as it is, so that nothing is lost that was typed meanwhile. */
  store(tracker: Tracker): void {
    this.#trackers.set(tracker.id, tracker);
  }

  /** The new tracker became this one, which is open from now on, unless people have gone on to another. */
  created(tracker: Tracker): Editing {
    this.store(tracker);
    this.#drop(undefined);
    if (this.#open.id === undefined) this.pick(tracker.id);
    return this.#editing(tracker.id);
  }

  /** The service has it no more. */
  deleted(id: string): void {
    this.#trackers.delete(id);
    this.#drop(id);
    this.pick(this.trackers[0]?.id);
  }

  #drop(id: string | undefined): void {
    // Its memory is outside of JavaScript's.
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
