/** A tracker that is being edited: the draft, what it began from, and the text while it is edited as JSON. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { type NewTracker, type Tracker, TrackerDraft } from "symbl-tracker";
import { isSame } from "./difference.js";
import type { JournalEntry } from "./journal.js";
import { JsonText, type Validation } from "./json-text.js";

/** A copy of what is sent. */
export interface Snapshot {
  tracker: Tracker | NewTracker;
  /** The draft's revision. */
  revision: number;
  jsonText: string | undefined;
}

/** Where the edit is typed. The field may be ahead of the edit for a moment. */
export interface EditField {
  /** The text while the tracker is edited as JSON. */
  readonly jsonText: string | undefined;
  /** Adds the phrases of a text. */
  importText(text: string): Promise<{ added: number; repeated: number }>;
}

/** Edits that were discarded, as they were. */
interface Discarded {
  tracker: Tracker | NewTracker;
  jsonText: string | undefined;
  restoredAt: number | undefined;
}

/** What a tracker that is not created yet begins from. */
const EMPTY: NewTracker = { name: "", vocabulary: [] };

const encoder = new TextEncoder();

export class Edit {
  readonly draft: TrackerDraft;
  readonly #base = signal<Tracker | undefined>(undefined);
  readonly #jsonText = signal<string | undefined>(undefined);
  readonly #looseText = signal<string | undefined>(undefined);
  readonly #revision = signal(0);
  readonly #restoredAt = signal<number | undefined>(undefined);
  readonly #discarded = signal<Discarded | undefined>(undefined);
  readonly #stopListening: () => void;
  #field: EditField | undefined;
  #hasEnded = false;

  /**
   * @param key identifies the edit: `tracker:` and the id, or `new:` and a random id until the tracker is created
   * @param base the tracker as the service has it; undefined for one that is not created yet
   */
  constructor(
    readonly key: string,
    base?: Tracker,
  ) {
    this.#base.value = base;
    this.draft = base ? new TrackerDraft(base) : new TrackerDraft({}, { for: "create" });
    this.#stopListening = this.draft.subscribe(() => {
      this.#revision.value++;
    });
  }

  /**
   * The edit that the journal has. Undo goes back to what it began from.
   *
   * @throws {TypeError | SyntaxError} if the entry cannot be read
   */
  static restore(entry: JournalEntry): Edit {
    const edit = new Edit(entry.key, entry.base === undefined ? undefined : JSON.parse(entry.base));
    edit.follow(entry);
    edit.#restoredAt.value = entry.savedAt;
    return edit;
  }

  /** Undefined until the tracker is created. */
  get id(): string | undefined {
    return this.#base.value?.id;
  }

  /** The tracker as the service had it when it was last read or written. What is sent is compared with it. */
  get base(): Tracker | undefined {
    return this.#base.value;
  }

  /** The text while the tracker is edited as JSON. */
  get jsonText(): string | undefined {
    return this.#jsonText.value;
  }

  set jsonText(text: string | undefined) {
    this.#jsonText.value = text;
  }

  /** A text that was typed and is not in the tracker: phrases that are still to be added, or more than it can hold. */
  get looseText(): string | undefined {
    return this.#looseText.value;
  }

  set looseText(text: string | undefined) {
    this.#looseText.value = text;
  }

  /** When the edits that were restored at the start had been stored, in milliseconds since 1970. */
  get restoredAt(): number | undefined {
    return this.#restoredAt.value;
  }

  /** Whether edits were discarded that {@link bringBack} brings back. */
  get canBringBack(): boolean {
    return this.#discarded.value !== undefined;
  }

  /** Changes with every edit. */
  get revision(): number {
    return this.#revision.value;
  }

  /** Whether the draft is freed, or will be as soon as no field shows it. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The base as a text, which is what the journal stores. Made once for each base. */
  readonly baseText = computed(() => {
    const { value } = this.#base;
    return value && JSON.stringify(value);
  });

  /** The length of the request body that would change nothing. */
  readonly #baseBytes = computed(() => {
    const { id, name, vocabulary } = this.#base.value ?? { id: undefined, ...EMPTY };
    return encoder.encode(JSON.stringify({ id, name, vocabulary })).length;
  });

  /** Undefined while the tracker is edited as a list. */
  readonly #json = computed(() => {
    const text = this.#jsonText.value;
    return text === undefined ? undefined : new JsonText(text);
  });

  /** Whether something was not sent yet, or not taken over by the service. */
  readonly isModified: ReadonlySignal<boolean> = computed(() => {
    void this.#revision.value;
    if (this.#hasEnded) return false;
    const base = this.#base.value ?? EMPTY;
    const json = this.#json.value;
    if (json) return !json.is(base);
    // Most edits change the length, so that the phrases rarely have to be compared.
    return this.draft.bytes !== this.#baseBytes.value || !isSame(this.draft.toTracker(), base);
  });

  /** Whether something would be lost without the journal. */
  readonly hasUnsent = computed(() => this.isModified.value || this.#looseText.value !== undefined);

  readonly name: ReadonlySignal<string> = computed(() => {
    void this.#revision.value;
    if (this.#hasEnded) return "";
    const { name } = (this.#json.value?.value ?? {}) as { name?: unknown };
    return typeof name === "string" ? name : this.draft.name;
  });

  /** What the service would say of what would be sent. */
  readonly validation: ReadonlySignal<Validation> = computed(() => {
    void this.#revision.value;
    if (this.#hasEnded) return { ok: false, bytes: 0, limit: 0, issueCount: 0 };
    if (this.#json.value)
      return this.#json.value.validate(this.id === undefined ? { for: "create" } : { trackerId: this.id });
    const { ok, bytes, limit, issueCount } = this.draft;
    return { ok, bytes, limit, issueCount };
  });

  /** A copy of what would be sent, and the revision that it belongs to. Only for what is valid. */
  snapshot(): Snapshot {
    const jsonText = this.#jsonText.value;
    const json = this.#json.value;
    const tracker = json ? (json.value as Tracker | NewTracker) : this.draft.toTracker();
    return { tracker, revision: this.draft.revision, jsonText };
  }

  /** The name and the phrases as they are here; undefined if the JSON text does not have both. */
  readable(): NewTracker | undefined {
    return this.#json.value ? this.#json.value.tracker : this.draft.toTracker();
  }

  /** The content for the journal. */
  content(): Pick<JournalEntry, "key" | "base" | "draft" | "jsonText" | "looseText"> {
    this.sync();
    return {
      key: this.key,
      base: this.baseText.value,
      draft: this.draft.toTracker(),
      jsonText: this.#jsonText.value,
      looseText: this.#looseText.value,
    };
  }

  /**
   * Takes over what the service has after it confirmed a change. What was typed in the meantime stays, and is unsent.
   *
   * @param isComplete whether the service has what was sent, no more and no less
   */
  confirm(current: Tracker, sent: Snapshot, isComplete: boolean): void {
    if (this.#hasEnded) return;
    const isCurrent = this.draft.revision === sent.revision && this.#jsonText.value === sent.jsonText;
    batch(() => {
      this.#base.value = current;
      if (!isCurrent || !isComplete) return;
      this.#restoredAt.value = undefined;
      // The service has what was sent. Where it answers with another order or other keys, this is shown, too.
      if (this.isModified.value) this.#show(current);
    });
  }

  /** Compares with another version of the service's from now on; what was typed stays. */
  rebase(current: Tracker): void {
    this.#base.value = current;
  }

  /** Shows what the service has, where nothing was edited here. Undefined for a tracker that is not created yet. */
  refresh(tracker: Tracker | undefined): void {
    if (this.#hasEnded) return;
    batch(() => {
      this.#base.value = tracker;
      if (this.isModified.value) this.#show(tracker ?? EMPTY);
    });
  }

  /** Takes notice of the service's version: shows it where nothing was edited, or where it has the edits already. */
  meet(tracker: Tracker): void {
    if (this.#hasEnded || tracker === this.#base.value) return;
    if (!this.isModified.value) this.refresh(tracker);
    else if (this.#jsonText.value === undefined && isSame(this.draft.toTracker(), tracker))
      this.rebase(tracker);
  }

  /**
   * Takes over what another tab has made of the edit, in one step that can be undone.
   *
   * @throws {TypeError | SyntaxError} if the entry cannot be read
   */
  follow({ base, draft, jsonText, looseText }: JournalEntry): void {
    if (this.#hasEnded) return;
    batch(() => {
      if (base !== this.baseText.value)
        this.#base.value = base === undefined ? undefined : (JSON.parse(base) as Tracker);
      if (!isSame(this.draft.toTracker(), draft)) this.draft.replaceAll(draft);
      this.#jsonText.value = jsonText;
      this.#looseText.value = looseText;
    });
  }

  /** Replaces everything, in one step that can be undone. */
  load(tracker: Tracker | NewTracker): void {
    batch(() => {
      this.#jsonText.value = undefined;
      this.draft.replaceAll(tracker);
    });
  }

  /**
   * Goes back to what the service has. {@link bringBack} and undo take it back.
   *
   * @param current what the service has, if that is known to be newer than the base
   */
  discard(current = this.#base.value): void {
    this.sync();
    const restoredAt = this.#restoredAt.value;
    const discarded = { tracker: this.draft.toTracker(), jsonText: this.#jsonText.value, restoredAt };
    batch(() => {
      this.#base.value = current;
      this.load(current ?? EMPTY);
      this.#restoredAt.value = undefined;
      this.#discarded.value = discarded;
    });
  }

  /** Brings back what was discarded last. */
  bringBack(): void {
    const { value } = this.#discarded;
    if (!value) return;
    batch(() => {
      this.load(value.tracker);
      this.#jsonText.value = value.jsonText;
      this.#restoredAt.value = value.restoredAt;
      this.#discarded.value = undefined;
    });
  }

  /**
   * Begins the edit of the tracker that was created from this one. What was typed since it was sent goes on there, and
   * is unsent.
   */
  goOn(key: string, created: Tracker, sent: Snapshot): Edit {
    this.sync();
    const next = new Edit(key, created);
    const jsonText = this.#jsonText.value;
    if (this.draft.revision === sent.revision && jsonText === sent.jsonText) return next;
    const { name, vocabulary } = this.draft.toTracker();
    next.load({ id: created.id, name, vocabulary });
    // A text needs the id that the tracker now has. One that is not an object stays as it is.
    const value = this.#json.value?.value;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    next.jsonText = isObject ? JSON.stringify({ id: created.id, ...value }, null, 2) : jsonText;
    return next;
  }

  /** Has a field show the edit. @returns a function to call when it no longer does */
  attach(field: EditField): () => void {
    this.#field = field;
    return () => {
      if (this.#field !== field) return;
      this.#field = undefined;
      if (this.#hasEnded) this.draft.dispose();
    };
  }

  /**
   * Adds the phrases of the loose text.
   *
   * @throws {RangeError} if it cannot be read as phrases, or they are too many; the text is kept
   */
  async addLooseText(): Promise<void> {
    const { added = 0, repeated = 0 } = (await this.#field?.importText(this.#looseText.value ?? "")) ?? {};
    if (added + repeated === 0) throw new RangeError("The tracker cannot hold that much text.");
    this.#looseText.value = undefined;
  }

  /** Takes over what was typed into the field. */
  sync(): void {
    if (this.#field && !this.#hasEnded) this.#jsonText.value = this.#field.jsonText;
  }

  /** Ends the edit: the draft is freed as soon as no field shows it. Nothing changes the edit afterwards. */
  dispose(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stopListening();
    if (!this.#field) this.draft.dispose();
  }

  /** Shows a version of the service's. */
  #show(tracker: Tracker | NewTracker): void {
    if (this.#jsonText.value !== undefined) this.#jsonText.value = JSON.stringify(tracker, null, 2);
    if (!isSame(this.draft.toTracker(), tracker)) this.draft.replaceAll(tracker);
  }
}

/** A key for a tracker that is not created yet. `randomUUID` does not exist in pages that were loaded without https. */
export function newKey(): string {
  return `new:${Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("")}`;
}
