/**
 * Writes each edit to the journal soon after it changes, and removes its entry when nothing is unsent. At the start,
 * and after another tab has written, it applies entries to the edits.
 */
import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Account } from "./account.js";
import { Edit } from "./edit.js";
import { type Journal, type JournalChange, type JournalEntry, NONE, reasonOf } from "./journal.js";

/** An edit is written when typing pauses for this long, in milliseconds. */
const PAUSE_MS = 150;
/** While typing does not pause, the edit is written this long after the first change, in milliseconds. */
const LONGEST_MS = 300;
/** How long to wait before writing again after a failure, in milliseconds. */
const RETRY_MS = 5000;

/** Identifies this tab. `randomUUID` does not exist in pages that were loaded without https. */
const TAB = crypto.getRandomValues(new Uint32Array(2)).join("-");

export class Recorder {
  /** The edits that are followed, by key. */
  readonly #followed = new Map<string, { edit: Edit; stop: () => void }>();
  /** The stamps of the entries that this tab wrote or read last, by key. */
  readonly #stamps = new Map<string, string>();
  readonly #pending = signal<ReadonlySet<string>>(new Set());
  readonly #writes = signal(0);
  readonly #problem = signal<string | undefined>(undefined);
  /** Resolves when all writes so far have ended. */
  #last: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The number of the next entry of this tab, which makes its stamp unique. */
  #count = 0;
  /** When the first pending change was made, in milliseconds since 1970. */
  #pendingSince = 0;
  /** Whether the journal could not be read. Then {@link catchUp} does not wait for it again. */
  #isUnreadable = false;
  /** Whether entries are being applied, so that the changes are in the journal already. */
  #isReading = false;

  /** Why edits cannot be stored, as a sentence for people; undefined if they can. */
  readonly problem: ReadonlySignal<string | undefined> = this.#problem;
  /** Whether something typed is not stored yet. Entries that only have to be removed do not count. */
  readonly isUnwritten = computed(
    () =>
      (this.#pending.value.size > 0 || this.#writes.value > 0) &&
      [...this.account.edits.value.values()].some(({ hasUnsent }) => hasUnsent.value),
  );

  /**
   * @param isOurs whether only this tab can write the entry of this key now
   * @param written called after entries were written or removed
   */
  constructor(
    private readonly journal: Journal,
    private readonly account: Account,
    private readonly isOurs: (key: string) => boolean,
    private readonly written: (keys: readonly string[]) => void,
  ) {}

  /** Restores the edits in the journal, and records all changes from now on. */
  async start(): Promise<void> {
    await this.#read(() => this.journal.entries());
    effect(() => this.#followAll(this.account.edits.value));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.flush();
    });
    window.addEventListener("pagehide", () => void this.flush());
    window.addEventListener("pageshow", ({ persisted }) => {
      // A page in the back/forward cache gets no messages from other tabs.
      if (persisted) void this.#read(() => this.journal.entries());
    });
  }

  /** Writes what is pending at once. Resolves when all writes have ended, even if they failed. */
  flush(): Promise<void> {
    for (const { edit } of this.#followed.values()) edit.sync();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const keys = this.#pending.peek();
    this.#pending.value = new Set();
    const changes = [...keys].flatMap((key) => this.#changeOf(key) ?? []);
    if (changes.length > 0) this.#last = Promise.all([this.#last, this.#write(changes)]);
    return this.#last.then(() => {});
  }

  /** Writes all edits again, because the database may have been deleted. */
  rewrite(): void {
    this.#stamps.clear();
    for (const { edit } of this.#followed.values()) if (edit.hasUnsent.peek()) this.#changed(edit.key);
  }

  /** Reads the entry that another tab wrote last, and applies it. Never rejects. */
  async catchUp(key: string): Promise<void> {
    if (this.#isUnreadable) return;
    await this.#read(async () => {
      const entry = await this.journal.entry(key);
      if (!entry) this.#removed(key);
      return entry ? [entry] : [];
    });
  }

  async #read(entries: () => Promise<JournalEntry[]>): Promise<void> {
    try {
      for (const entry of await entries()) this.#take(entry);
      this.#isUnreadable = false;
    } catch (error) {
      this.#isUnreadable = true;
      this.#problem.value = reasonOf(error);
    }
  }

  #take(entry: JournalEntry): void {
    const { key, stamp } = entry;
    if (this.#stamps.get(key) === stamp) return;
    const edit = this.account.edits.peek().get(key);
    this.#reading(() => {
      try {
        if (edit) edit.follow(entry);
        else this.account.keep(Edit.restore(entry));
        this.#stamps.set(key, stamp);
      } catch (error) {
        // The entry stays in the journal, for a version of this page that can read it.
        console.warn(`The stored edits of ${key} cannot be read.`, error);
      }
    });
  }

  /** Called when an entry is gone: another tab sent or discarded the edit. */
  #removed(key: string): void {
    if (!this.#stamps.delete(key)) return;
    const edit = this.account.edits.peek().get(key);
    if (!edit) return;
    const { id } = edit;
    this.#reading(() => {
      edit.looseText = undefined;
      edit.restoredText = undefined;
      edit.refresh((id === undefined ? undefined : this.account.trackers.peek().get(id)) ?? edit.base);
    });
  }

  #reading(work: () => void): void {
    this.#isReading = true;
    try {
      untracked(work);
    } finally {
      this.#isReading = false;
    }
  }

  #followAll(edits: ReadonlyMap<string, Edit>): void {
    for (const [key, { edit, stop }] of this.#followed) {
      if (edits.get(key) === edit) continue;
      stop();
      this.#followed.delete(key);
      // The edit was dropped, so its entry has to be removed.
      if (!edits.has(key) && this.#stamps.has(key)) this.#changed(key);
    }
    for (const [key, edit] of edits) if (!this.#followed.has(key)) this.#follow(edit);
  }

  #follow(edit: Edit): void {
    let isFirst = true;
    const stop = untracked(() =>
      effect(() => {
        void edit.revision;
        void edit.jsonText;
        void edit.base;
        void edit.textOutsideDraft;
        const hasUnsent = edit.hasUnsent.value;
        const isKnown = isFirst && hasUnsent === this.#stamps.has(edit.key);
        isFirst = false;
        if (!this.#isReading && !isKnown) untracked(() => this.#changed(edit.key));
      }),
    );
    this.#followed.set(edit.key, { edit, stop });
  }

  #changed(key: string): void {
    const now = Date.now();
    if (this.#pending.peek().size === 0) this.#pendingSince = now;
    this.#pending.value = new Set(this.#pending.peek()).add(key);
    // A change during a write is written after it. After a failure, it is written with the next attempt.
    const isScheduled = this.#problem.peek() !== undefined && this.#timer !== undefined;
    if (this.#writes.peek() > 0 || isScheduled) return;
    this.#schedule(Math.min(PAUSE_MS, this.#pendingSince + LONGEST_MS - now));
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  /** What to write for an edit; undefined if its entry does not have to change. */
  #changeOf(key: string): JournalChange | undefined {
    const edit = this.#followed.get(key)?.edit;
    const stamp = this.#stamps.get(key);
    const expected = this.isOurs(key) ? undefined : (stamp ?? NONE);
    if (edit?.hasUnsent.peek()) {
      const entry = { ...edit.content(), savedAt: Date.now(), stamp: `${TAB}.${this.#count++}` };
      return { key, entry, expected };
    }
    return stamp === undefined ? undefined : { key, entry: undefined, expected };
  }

  async #write(changes: readonly JournalChange[]): Promise<void> {
    this.#writes.value++;
    let conflicts: string[] = [];
    try {
      conflicts = await this.journal.write(changes);
      for (const { key, entry } of changes) {
        if (conflicts.includes(key)) continue;
        if (entry) this.#stamps.set(key, entry.stamp);
        else this.#stamps.delete(key);
      }
      this.#problem.value = undefined;
      this.#isUnreadable = false;
      this.written(changes.map(({ key }) => key).filter((key) => !conflicts.includes(key)));
    } catch (error) {
      this.#problem.value = reasonOf(error);
      this.#pending.value = new Set([...this.#pending.peek(), ...changes.map(({ key }) => key)]);
    }
    this.#writes.value--;
    if (this.#writes.peek() === 0 && this.#pending.peek().size > 0)
      this.#schedule(this.#problem.peek() === undefined ? PAUSE_MS : RETRY_MS);
    for (const key of conflicts) void this.catchUp(key);
  }
}
