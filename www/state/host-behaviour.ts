/**
 * What an update does on this host to a phrase that it leaves out. The documentation of the API does not say, and hosts
 * differ: some replace the vocabulary, some only add to it. The dashboard learns it from the answers.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export type Behaviour = "adds" | "replaces";

export class HostBehaviour {
  readonly #key: string;
  readonly #known = signal<Behaviour | undefined>(undefined);
  /** Undefined until an answer has shown it. */
  readonly known: ReadonlySignal<Behaviour | undefined> = this.#known;

  /** @param scope identifies host and account */
  constructor(scope: string) {
    this.#key = `symbl-tracker-dashboard:host-behaviour:${scope}`;
    this.#read();
    // Another tab has learned it.
    window.addEventListener("storage", ({ key }) => {
      if (key === this.#key) this.#read();
    });
  }

  /**
   * Learns from an update that was applied. Only a removal shows anything, and the latest one counts.
   *
   * @param before the phrases before the update
   * @param sent the phrases of the update
   * @param after the phrases after it
   */
  learn(before: readonly string[], sent: readonly string[], after: readonly string[]): void {
    const removed = without(before, sent);
    if (removed.length === 0) return;
    this.#set(without(removed, after).length < removed.length ? "adds" : "replaces");
  }

  /** For a host whose behaviour is about to change. */
  forget(): void {
    this.#set(undefined);
  }

  #read(): void {
    try {
      const stored = localStorage.getItem(this.#key);
      this.#known.value = stored === "adds" || stored === "replaces" ? stored : undefined;
    } catch {
      // The browser keeps nothing for this page. It is learned anew.
    }
  }

  #set(behaviour: Behaviour | undefined): void {
    this.#known.value = behaviour;
    try {
      if (behaviour) localStorage.setItem(this.#key, behaviour);
      else localStorage.removeItem(this.#key);
    } catch {
      // It is known until the page is closed.
    }
  }
}

/** The texts of a list that are not in another. */
export function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return texts.filter((text) => !known.has(text));
}
