import type { Change } from "./types.js";

type Listener = (change: Change) => void;

/** The listeners of a draft. Edits made by a listener are announced after the edit that it was called for. */
export class Listeners {
  readonly #listeners = new Set<Listener>();
  /** The changes that are being announced, in the order of the edits. */
  #queue: Change[] | undefined;

  /** Needs no `this`. */
  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  announce(change: Change): void {
    if (this.#queue) {
      this.#queue.push(change);
      return;
    }
    this.#queue = [change];
    try {
      for (const next of this.#queue) {
        for (const listener of [...this.#listeners]) {
          // Another listener may have ended this one's subscription meanwhile.
          if (this.#listeners.has(listener)) call(listener, next);
        }
      }
    } finally {
      this.#queue = undefined;
    }
  }

  clear(): void {
    this.#listeners.clear();
  }
}

function call(listener: Listener, change: Change): void {
  try {
    listener(change);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
