/**
 * Writes each edit to the journal soon after it changes, and removes its entry when nothing is unsent. At the start,
 * and after another tab has written, it applies entries to the edits.
 */
import { batch, computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { Account } from "../account/account.js";
import { Edit, newKey } from "../edit.js";
import { reasonOf } from "./database.js";
import { type Journal, type JournalChange, type JournalEntry, NONE } from "./journal.js";

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
  /** Whether the journal could not be read last, so that it can have entries that this tab has not seen. */
  #isUnreadable = false;
  /** The attempt to read the journal after that. */
  #rereading: Promise<void> | undefined;
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
    if (this.#isUnreadable) return this.#reread();
    await this.#read(async () => {
      const entry = await this.journal.entry(key);
      if (!entry) this.#removed(key);
      return entry ? [entry] : [];
    });
  }

  /** Writes an edit again if another tab has removed its entry. Never rejects. */
  async keepUp(key: string): Promise<void> {
    const entry = await this.journal.entry(key).catch(() => undefined);
    if (!entry && this.account.edits.peek().get(key)?.hasUnsent.peek()) this.#changed(key);
  }

  /** Starts to read the whole journal again. Nothing waits for it, because it can take long. */
  #reread(): void {
    this.#rereading ??= this.#read(() => this.journal.entries()).finally(() => {
      this.#rereading = undefined;
    });
  }

  async #read(entries: () => Promise<JournalEntry[]>): Promise<void> {
    try {
      const found = await entries();
      for (const entry of found) if (!this.#isUnreadable || !this.#meet(entry)) this.#take(entry);
      if (this.#isUnreadable && this.#pending.peek().size === 0) this.#problem.value = undefined;
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

  /**
   * Handles an entry that could not be read when its edit was started.
   *
   * @returns whether it was handled
   */
  #meet(entry: JournalEntry): boolean {
    const { key, stamp, draft } = entry;
    const edit = this.account.edits.peek().get(key);
    if (!edit || this.#stamps.has(key)) return false;
    try {
      edit.sync();
      if (!edit.hasUnsent.peek()) {
        const restored = Edit.restore(entry);
        this.#stamps.set(key, stamp);
        batch(() => {
          this.account.drop(key);
          this.account.keep(restored);
        });
        return true;
      }
      // Both are kept: what was typed since, and the stored edit as a new tracker. An own entry is older than the edit.
      if (!stamp.startsWith(`${TAB}.`)) {
        const { name, vocabulary } = draft;
        const copy = { ...entry, key: newKey(), base: undefined, draft: { name, vocabulary } };
        this.account.keep(Edit.restore(copy));
      }
      this.#stamps.set(key, stamp);
      this.#changed(key);
    } catch {
      return false;
    }
    return true;
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
    const isKnown = this.isOurs(key) && !this.#isUnreadable;
    const expected = isKnown ? undefined : (stamp ?? NONE);
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
      if (this.#isUnreadable) this.#reread();
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
