/**
 * Whether an update on this host removes the phrases that it leaves out. The documentation of the API does not say, and
 * hosts differ: some replace the vocabulary, some only add to it. The dashboard learns it from the answers.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export type Behaviour = "adds" | "replaces";

export class HostBehaviour {
  readonly #key: string;
  readonly #known = signal<Behaviour | undefined>(undefined);
  /** Undefined until an update that removed a phrase was answered. */
  readonly known: ReadonlySignal<Behaviour | undefined> = this.#known;

  /** @param scope identifies host and account */
  constructor(scope: string) {
    this.#key = `symbl-tracker-dashboard:host-behaviour:${scope}`;
    this.#read();
    // This event comes from the other tabs.
    window.addEventListener("storage", ({ key }) => {
      if (key === this.#key) this.#read();
    });
  }

  /**
   * Learns from an update that was applied. Only a removal shows the behaviour, and the latest one counts.
   *
   * @param before the phrases before the update
   * @param sent the phrases of the update
   * @param after the phrases that the service has after the update
   */
  learn(before: readonly string[], sent: readonly string[], after: readonly string[]): void {
    const removed = without(before, sent);
    if (removed.length === 0) return;
    this.#set(without(removed, after).length < removed.length ? "adds" : "replaces");
  }

  /** Forgets the behaviour: in a sandbox, people can change it. */
  forget(): void {
    this.#set(undefined);
  }

  #read(): void {
    try {
      const stored = localStorage.getItem(this.#key);
      this.#known.value = stored === "adds" || stored === "replaces" ? stored : undefined;
    } catch {
      // Without storage, it is learned again on each visit.
    }
  }

  #set(behaviour: Behaviour | undefined): void {
    this.#known.value = behaviour;
    try {
      if (behaviour) localStorage.setItem(this.#key, behaviour);
      else localStorage.removeItem(this.#key);
    } catch {
      // Without storage, it is known until the page is closed.
    }
  }
}

/** The texts of a list that are not in another. */
export function without(texts: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return texts.filter((text) => !known.has(text));
}
