/**
 * Which tab edits which tracker. Only one tab at a time can edit a tracker: the one that holds its Web Lock. Other tabs
 * show the tracker, and can take it over. If a tab crashes, the browser releases its locks. Without Web Locks (in pages
 * that were loaded without https), every tab can edit everything.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

/**
 * Where an edit can be changed: not known yet (`checking`), in this tab (`here`), in another tab (`elsewhere`), or in
 * another tab that took it over from this one (`taken`).
 */
export type Holder = "checking" | "here" | "elsewhere" | "taken";

/** `take`: a tab wants to edit this tracker. `yield`: the tab that edited it has stored its edit. */
export interface PresenceMessage {
  type: "take" | "yield";
  key: string;
}

/** What {@link Presence} needs to hand an edit over to another tab; implemented by `Recorder`. */
export interface Handover {
  /** Stores what is not stored yet. */
  flush(): Promise<void>;
  /** Reads what another tab stored last. Never rejects. */
  catchUp(key: string): Promise<void>;
}

/** How long to wait for the other tab to store its edit, in milliseconds. */
const YIELD_MS = 1500;

export class Presence {
  readonly #holds = signal<ReadonlyMap<string, Hold>>(new Map());
  readonly #locks: LockManager | undefined = navigator.locks;

  constructor(
    private readonly scope: string,
    private readonly handover: Handover,
    private readonly post: (message: PresenceMessage) => void,
  ) {}

  /** Requests the locks of these keys, and releases all others. */
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

  /** Undefined if this tab has not requested the lock of this key. */
  holderOf(key: string): Holder | undefined {
    return this.#holds.value.get(key)?.holder.value;
  }

  /** Takes an edit over from the tab that holds its lock. */
  takeOver(key: string): Promise<void> | undefined {
    return this.#holds.peek().get(key)?.takeOver();
  }

  /** Handles a message of another tab. */
  hear({ type, key }: PresenceMessage): void {
    const hold = this.#holds.peek().get(key);
    if (type === "take") void hold?.yield();
    else hold?.othersYielded();
  }
}

/** The lock of one edit, which this tab holds or waits for. */
class Hold {
  readonly #holder = signal<Holder>("checking");
  readonly holder: ReadonlySignal<Holder> = this.#holder;
  /** Releases the lock; undefined unless this tab holds it. */
  #free: (() => void) | undefined;
  /** Aborts the pending request for the lock. */
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
    // Stores the edit before the lock is released, because the next tab reads it then.
    void this.handover.flush().finally(() => this.#free?.());
  }

  async takeOver(): Promise<void> {
    if (!this.locks || this.#holder.peek() === "here") return;
    const yielded = new Promise<void>((resolve) => {
      this.#onYield = resolve;
      // A suspended tab does not answer, but it stored its edit when it was hidden.
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

  /** Lets another tab take the edit over. Keeps the lock until that tab steals it, so that no third tab gets it. */
  async yield(): Promise<void> {
    if (this.#holder.peek() !== "here") return;
    this.#holder.value = "taken";
    await this.handover.flush();
    this.post({ type: "yield", key: this.key });
  }

  /** Only a visible tab requests the lock: a hidden one would get it while the visible one reloads. */
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

  /** Resolves when this tab holds the lock, or the request has ended without it. */
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
        // An AbortError means that another tab stole the lock, or that the request was aborted before this tab held it.
        if (error.name !== "AbortError") return void hold();
        if (!this.#free) return;
        this.#free = undefined;
        this.#holder.value = "taken";
        void this.#try();
      });
    });
  }
}
