/** An edit: a tracker that is being edited, with its draft, its base, and its text while it is edited as JSON. */
import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import { type NewTracker, type Tracker, TrackerDraft } from "symbl-tracker";
import { isSame } from "./difference.js";
import type { JournalEntry } from "./journal/journal.js";
import { JsonText, type Validation } from "./json-text.js";

/** A copy of an edit's content when it is sent. */
export interface Snapshot {
  tracker: Tracker | NewTracker;
  /** The draft's revision. */
  revision: number;
  jsonText: string | undefined;
}

/** The field that shows an edit: `<tracker-editor>`. Its JSON text can be newer than the edit's for a moment. */
export interface EditField {
  /** The text while the tracker is edited as JSON. */
  readonly jsonText: string | undefined;
  /** Adds the phrases of a text. */
  importText(text: string): Promise<{ added: number; repeated: number }>;
}

/** The content of an edit when it was discarded. */
interface Discarded {
  base: Tracker | undefined;
  tracker: Tracker | NewTracker;
  jsonText: string | undefined;
  restoredAt: number | undefined;
}

/** What a tracker that is not created yet is compared with. */
const EMPTY: NewTracker = { name: "", vocabulary: [] };

const encoder = new TextEncoder();

export class Edit {
  readonly draft: TrackerDraft;
  readonly #base = signal<Tracker | undefined>(undefined);
  readonly #jsonText = signal<string | undefined>(undefined);
  readonly #looseText = signal<string | undefined>(undefined);
  readonly #restoredText = signal<string | undefined>(undefined);
  readonly #revision = signal(0);
  readonly #restoredAt = signal<number | undefined>(undefined);
  readonly #discarded = signal<Discarded | undefined>(undefined);
  /** The base and the content before another version replaced both. Undo can bring the content back. */
  #former: { base: Tracker | undefined; tracker: Tracker | NewTracker; bytes: number } | undefined;
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
      batch(() => {
        this.#revision.value++;
        this.#restoreBase();
      });
    });
  }

  /**
   * Restores an edit from its journal entry. Undo goes back to its base.
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

  /** The version of the service that the edit is compared with; undefined until the tracker is created. */
  get base(): Tracker | undefined {
    return this.#base.value;
  }

  /** The text while the tracker is edited as JSON; otherwise undefined. */
  get jsonText(): string | undefined {
    return this.#jsonText.value;
  }

  set jsonText(text: string | undefined) {
    this.#jsonText.value = text;
  }

  /**
   * The text in a field that is not in the draft: phrases that were not added yet, or more than a draft can hold.
   */
  get looseText(): string | undefined {
    return this.#looseText.value;
  }

  set looseText(text: string | undefined) {
    this.#looseText.value = text;
  }

  /** A loose text whose field is gone. It stays until its phrases are added or it is discarded. */
  get restoredText(): string | undefined {
    return this.#restoredText.value;
  }

  set restoredText(text: string | undefined) {
    this.#restoredText.value = text;
  }

  /** All that was typed but is not in the draft. */
  get textOutsideDraft(): string | undefined {
    const texts = [this.#restoredText.value, this.#looseText.value].filter((text) => text !== undefined);
    return texts.length > 0 ? texts.join("\n") : undefined;
  }

  /** When the journal entry that this edit was restored from was written, in milliseconds since 1970. */
  get restoredAt(): number | undefined {
    return this.#restoredAt.value;
  }

  /** Whether {@link bringBack} has something to bring back. */
  get canBringBack(): boolean {
    return this.#discarded.value !== undefined;
  }

  /** Changes with every edit. */
  get revision(): number {
    return this.#revision.value;
  }

  /** Whether {@link dispose} was called: the draft is freed, or will be as soon as no field shows it. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** The base as JSON for the journal. It is computed once for each base. */
  readonly baseText = computed(() => {
    const { value } = this.#base;
    return value && JSON.stringify(value);
  });

  /** The length of the request body for the base. */
  readonly #baseBytes = computed(() => {
    const { id, name, vocabulary } = this.#base.value ?? { id: undefined, ...EMPTY };
    return encoder.encode(JSON.stringify({ id, name, vocabulary })).length;
  });

  /** Undefined while the tracker is edited as a list. */
  readonly #json = computed(() => {
    const text = this.#jsonText.value;
    return text === undefined ? undefined : new JsonText(text);
  });

  /** Whether the edit differs from its base. */
  readonly isModified: ReadonlySignal<boolean> = computed(() => {
    void this.#revision.value;
    if (this.#hasEnded) return false;
    const base = this.#base.value ?? EMPTY;
    const json = this.#json.value;
    if (json) return !json.is(base);
    // Most edits change the length, so the phrases rarely have to be compared.
    return this.draft.bytes !== this.#baseBytes.value || !isSame(this.draft.toTracker(), base);
  });

  /** Whether the journal has to store something. */
  readonly hasUnsent = computed(() => this.isModified.value || this.textOutsideDraft !== undefined);

  readonly name: ReadonlySignal<string> = computed(() => {
    void this.#revision.value;
    if (this.#hasEnded) return "";
    const { name } = (this.#json.value?.value ?? {}) as { name?: unknown };
    return typeof name === "string" ? name : this.draft.name;
  });

  /** The size and the issues of what would be sent. */
  readonly validation: ReadonlySignal<Validation> = computed(() => {
    void this.#revision.value;
    if (this.#hasEnded) return { ok: false, bytes: 0, limit: 0, issueCount: 0 };
    if (this.#json.value)
      return this.#json.value.validate(this.id === undefined ? { for: "create" } : { trackerId: this.id });
    const { ok, bytes, limit, issueCount } = this.draft;
    return { ok, bytes, limit, issueCount };
  });

  /** Whether nothing was edited since the snapshot. */
  isAsSent({ revision, jsonText }: Snapshot): boolean {
    return this.draft.revision === revision && this.#jsonText.value === jsonText;
  }

  /** A copy of what would be sent. If {@link validation} is not ok, `tracker` may be anything. */
  snapshot(): Snapshot {
    const jsonText = this.#jsonText.value;
    const json = this.#json.value;
    const tracker = json ? (json.value as Tracker | NewTracker) : this.draft.toTracker();
    return { tracker, revision: this.draft.revision, jsonText };
  }

  /** The name and the phrases; undefined if the JSON text does not have both. */
  readable(): NewTracker | undefined {
    return this.#json.value ? this.#json.value.tracker : this.draft.toTracker();
  }

  /** The content of the journal entry. */
  content(): Pick<JournalEntry, "key" | "base" | "draft" | "jsonText" | "looseText"> {
    this.sync();
    return {
      key: this.key,
      base: this.baseText.value,
      draft: this.draft.toTracker(),
      jsonText: this.#jsonText.value,
      looseText: this.textOutsideDraft,
    };
  }

  /**
   * Makes the version that the service confirmed the base. What was typed in the meantime stays, and is unsent.
   *
   * @param isComplete whether the service has exactly what was sent
   */
  confirm(current: Tracker, sent: Snapshot, isComplete: boolean): void {
    if (this.#hasEnded) return;
    const isCurrent = this.isAsSent(sent);
    batch(() => {
      this.#base.value = current;
      if (!isCurrent || !isComplete) return;
      this.#restoredAt.value = undefined;
      // The service may have changed the order of the phrases or the keys of the JSON; the edit then shows that.
      if (this.isModified.value) this.#show(current);
    });
  }

  /** Loads what was merged with a version of the service, and makes this version the base. */
  merge(merged: Tracker, current: Tracker): void {
    this.#move(current, () => this.load(merged));
  }

  /** Makes this version the base, and replaces the content with it. Undefined for a tracker that is not created yet. */
  refresh(tracker: Tracker | undefined): void {
    if (this.#hasEnded) return;
    this.#move(tracker, () => {
      if (this.isModified.value) this.#show(tracker ?? EMPTY);
    });
  }

  /**
   * Called with each newer version of the service. It becomes the base and is shown if nothing was edited. If it has
   * exactly what was edited, only the base changes. Otherwise, the edit stays as it is.
   */
  meet(tracker: Tracker): void {
    if (this.#hasEnded || tracker === this.#base.value) return;
    if (!this.isModified.value) this.refresh(tracker);
    else if (this.#jsonText.value === undefined && isSame(this.draft.toTracker(), tracker))
      this.#base.value = tracker;
  }

  /**
   * Applies the journal entry that another tab wrote, in one step that can be undone.
   *
   * @throws {TypeError | SyntaxError} if the entry cannot be read
   */
  follow({ base, draft, jsonText, looseText }: JournalEntry): void {
    if (this.#hasEnded) return;
    const isMoved = base !== this.baseText.value;
    const other = base === undefined ? undefined : (JSON.parse(base) as Tracker);
    this.#move(isMoved ? other : this.#base.value, () => {
      if (!isSame(this.draft.toTracker(), draft)) this.draft.replaceAll(draft);
      this.#jsonText.value = jsonText;
      this.#looseText.value = undefined;
      this.#restoredText.value = looseText;
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
   * Discards what is unsent. {@link bringBack} and undo restore it.
   *
   * @param current the service's version, if it is newer than the base
   */
  discard(current = this.#base.value): void {
    this.sync();
    const restoredAt = this.#restoredAt.value;
    const { base, jsonText } = this;
    const discarded = { base, tracker: this.draft.toTracker(), jsonText, restoredAt };
    this.#move(current, () => {
      this.load(current ?? EMPTY);
      this.#restoredAt.value = undefined;
      this.#discarded.value = discarded;
    });
  }

  /** Restores what was discarded last. */
  bringBack(): void {
    const { value } = this.#discarded;
    if (!value) return;
    this.#move(value.base, () => {
      this.load(value.tracker);
      this.#jsonText.value = value.jsonText;
      this.#restoredAt.value = value.restoredAt;
      this.#discarded.value = undefined;
    });
  }

  /**
   * Makes the edit of the tracker that was created from this edit. What was typed since it was sent is unsent there.
   *
   * @param key of the new edit
   * @param created the tracker as the service has it
   * @param sent what was sent to create it
   */
  goOn(key: string, created: Tracker, sent: Snapshot): Edit {
    this.sync();
    const next = new Edit(key, created);
    next.restoredText = this.textOutsideDraft;
    const jsonText = this.#jsonText.value;
    if (this.isAsSent(sent)) return next;
    const { name, vocabulary } = this.draft.toTracker();
    next.load({ id: created.id, name, vocabulary });
    // The JSON text needs the new id. A text that is not an object stays as it is.
    const value = this.#json.value?.value;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    next.jsonText = isObject ? JSON.stringify({ id: created.id, ...value }, null, 2) : jsonText;
    return next;
  }

  /** Connects the field that shows the edit. @returns a function that disconnects it */
  attach(field: EditField): () => void {
    this.#field = field;
    return () => {
      if (this.#field !== field) return;
      this.#field = undefined;
      batch(() => {
        this.#restoredText.value = this.textOutsideDraft;
        this.#looseText.value = undefined;
      });
      if (this.#hasEnded) this.draft.dispose();
    };
  }

  /**
   * Adds the phrases of the restored text.
   *
   * @throws {RangeError} if the text cannot be read as phrases, or if they are too many; it stays in `restoredText`
   */
  async addRestoredText(): Promise<void> {
    const { added = 0, repeated = 0 } = (await this.#field?.importText(this.#restoredText.value ?? "")) ?? {};
    if (added + repeated === 0) throw new RangeError("The tracker cannot hold that much text.");
    this.#restoredText.value = undefined;
  }

  /** Reads the JSON text from the field, which can be newer. Every other edit is in the draft at once. */
  sync(): void {
    if (this.#field && !this.#hasEnded) this.#jsonText.value = this.#field.jsonText;
  }

  /** Ends the edit. The draft is freed as soon as no field shows it. */
  dispose(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#stopListening();
    if (!this.#field) this.draft.dispose();
  }

  /** Changes the base and the content. When undo brings the content back, the base becomes the former one again. */
  #move(base: Tracker | undefined, change: () => void): void {
    const before = { base: this.#base.value, tracker: this.draft.toTracker(), bytes: this.draft.bytes };
    const former = this.#former;
    this.#former = undefined;
    batch(() => {
      this.#base.value = base;
      change();
    });
    const isMoved = base !== before.base && !isSame(this.draft.toTracker(), before.tracker);
    this.#former = isMoved ? before : former;
  }

  /**
   * Restores the former base if undo has brought back the content that was made from it. With the newer base, an
   * update would silently revert what someone else changed in between.
   */
  #restoreBase(): void {
    const former = this.#former;
    // Someone who types the former content means to change the newer version. That leaves nothing to redo.
    if (!former || !this.draft.canRedo || this.draft.bytes !== former.bytes) return;
    if (!isSame(this.draft.toTracker(), former.tracker)) return;
    this.#base.value = former.base;
    this.#former = undefined;
  }

  /** Replaces the content with a version of the service. */
  #show(tracker: Tracker | NewTracker): void {
    if (this.#jsonText.value !== undefined) this.#jsonText.value = JSON.stringify(tracker, null, 2);
    if (!isSame(this.draft.toTracker(), tracker)) this.draft.replaceAll(tracker);
  }
}

/** A key for a tracker that is not created yet. Not `randomUUID`, which does not exist without https. */
export function newKey(): string {
  return `new:${Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join("")}`;
}
