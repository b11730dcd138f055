/**
 * Which tab edits what. A tracker is edited in one tab at a time, the one that holds its Web Lock; the browser frees the
 * lock of a tab that crashes. Other tabs show the tracker, and can take it over. Where there are no Web Locks (in pages
 * that were loaded without https), every tab can edit everything.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

/**
 * Whether an edit can be changed in this tab: it is still being found out, yes, no because it is edited in another tab,
 * or no because another tab took it over.
 */
export type Holder = "checking" | "here" | "elsewhere" | "taken";

/** `take`: a tab wants to edit this. `yield`: the tab that edited it has stored its edits. */
export interface PresenceMessage {
  type: "take" | "yield";
  key: string;
}

/** What presence needs of the journal. */
export interface Handover {
  /** Stores what is not stored yet. */
  flush(): Promise<void>;
  /** Takes over what another tab stored last. Never rejects. */
  catchUp(key: string): Promise<void>;
}

/** How long a tab that is asked for an edit has to store it, in milliseconds. */
const YIELD_MS = 1500;

export class Presence {
  readonly #holds = signal<ReadonlyMap<string, Hold>>(new Map());
  readonly #locks: LockManager | undefined = navigator.locks;

  constructor(
    private readonly scope: string,
    private readonly handover: Handover,
    private readonly post: (message: PresenceMessage) => void,
  ) {}

  /** Edits with these keys in this tab, and leaves all others to other tabs. */
  keep(keys: ReadonlySet<string>): void {
    const holds = new Map(this.#holds.peek());
    for (const [key, hold] of holds) {
      if (keys.has(key)) continue;
      hold.end();
      holds.delete(key);
    }
    for (const key of keys) {
      if (holds.has(key)) continue;
      const name = `symbl-tracker-dashboard ${this.scope} ${key}`;
      holds.set(key, new Hold(key, name, this.#locks, this.handover, this.post));
    }
    this.#holds.value = holds;
  }

  /** Undefined for an edit that this tab does not keep. */
  holderOf(key: string): Holder | undefined {
    return this.#holds.value.get(key)?.holder.value;
  }

  /** Edits it here from now on. */
  takeOver(key: string): Promise<void> | undefined {
    return this.#holds.peek().get(key)?.takeOver();
  }

  /** Hears what another tab says. */
  hear({ type, key }: PresenceMessage): void {
    const hold = this.#holds.peek().get(key);
    if (type === "take") void hold?.yield();
    else hold?.othersYielded();
  }
}

/** One edit that this tab shows: it holds the lock, or waits for it. */
class Hold {
  readonly #holder = signal<Holder>("checking");
  readonly holder: ReadonlySignal<Holder> = this.#holder;
  /** Frees the lock while this tab has it. */
  #free: (() => void) | undefined;
  /** Ends the wait for the lock. */
  #waiting: AbortController | undefined;
  #onYield: (() => void) | undefined;
  #isTrying = false;
  #hasEnded = false;

  constructor(
    private readonly key: string,
    private readonly name: string,
    private readonly locks: LockManager | undefined,
    private readonly handover: Handover,
    private readonly post: (message: PresenceMessage) => void,
  ) {
    document.addEventListener("visibilitychange", this.#seen);
    this.#seen();
  }

  end(): void {
    this.#hasEnded = true;
    document.removeEventListener("visibilitychange", this.#seen);
    this.#waiting?.abort();
    // The next tab reads what this one has stored.
    void this.handover.flush().finally(() => this.#free?.());
  }

  async takeOver(): Promise<void> {
    if (!this.locks || this.#holder.peek() === "here") return;
    const yielded = new Promise<void>((resolve) => {
      this.#onYield = resolve;
      // A tab that is suspended has stored its edits already, when it was hidden.
      setTimeout(resolve, YIELD_MS);
    });
    this.post({ type: "take", key: this.key });
    await yielded;
    this.#waiting?.abort();
    await this.#request({ steal: true });
  }

  othersYielded(): void {
    this.#onYield?.();
  }

  /** Lets another tab take it. The lock stays until that tab has it, so that no third one gets it. */
  async yield(): Promise<void> {
    if (this.#holder.peek() !== "here") return;
    this.#holder.value = "taken";
    await this.handover.flush();
    this.post({ type: "yield", key: this.key });
  }

  /** Only a visible tab tries to get the lock, or a hidden one would get it while the visible one is reloaded. */
  readonly #seen = (): void => {
    if (document.visibilityState === "visible") void this.#try();
    else this.#waiting?.abort();
  };

  /** Takes the lock if it is free; otherwise waits for it. */
  async #try(): Promise<void> {
    if (this.#isTrying || this.#free) return;
    this.#isTrying = true;
    await this.#request({ ifAvailable: true });
    if (!this.#free && !this.#hasEnded && document.visibilityState === "visible") {
      this.#waiting = new AbortController();
      await this.#request({ signal: this.#waiting.signal });
    }
    this.#isTrying = false;
  }

  /** Resolves when the lock is there, or will not come. */
  #request(options: LockOptions): Promise<void> {
    return new Promise((settled) => {
      const hold = async () => {
        await this.handover.catchUp(this.key);
        if (this.#hasEnded) return settled();
        const freed = new Promise<void>((free) => {
          this.#free = free;
        });
        this.#holder.value = "here";
        settled();
        await freed;
        this.#free = undefined;
      };
      if (!this.locks) return void hold();
      const request = this.locks.request(this.name, options, async (lock) => {
        if (lock) return hold();
        if (this.#holder.peek() === "checking") {
          await this.handover.catchUp(this.key);
          this.#holder.value = "elsewhere";
        }
        settled();
      });
      request.catch((error: DOMException) => {
        settled();
        // Another tab stole the lock, unless it was the wait that ended.
        if (error.name !== "AbortError") return void hold();
        if (!this.#free) return;
        this.#free = undefined;
        this.#holder.value = "taken";
        void this.#try();
      });
    });
  }
}
