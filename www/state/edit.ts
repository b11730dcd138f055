/** A tracker that is being edited: the draft, what it began from, and the text while it is edited as JSON. */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type NewTracker, type Tracker, TrackerDraft, validateTracker } from "symbl-tracker";
import type { JournalEntry } from "./journal.js";

/** What the service would say, in figures. */
export interface Validation {
  ok: boolean;
  /** The length of the request body. */
  bytes: number;
  limit: number;
  issueCount: number;
}

/** A copy of what is sent. */
export interface Snapshot {
  tracker: Tracker | NewTracker;
  /** The draft's revision. */
  revision: number;
  jsonText: string | undefined;
}

export class Edit {
  readonly draft: TrackerDraft;
  readonly #base = signal<Tracker | undefined>(undefined);
  readonly #jsonText = signal<string | undefined>(undefined);
  readonly #revision = signal(0);
  /** Whether the draft's own comparison is not with the base, because edits were made since what was sent. */
  readonly #isAhead = signal(false);
  readonly #restoredAt = signal<number | undefined>(undefined);
  readonly #stopListening: () => void;

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

  /** The edit that the journal has. */
  static restore(entry: JournalEntry): Edit {
    const { key, id, base, name, vocabulary, jsonText, savedAt } = entry;
    const edit = new Edit(key, base);
    edit.draft.replaceAll(id === undefined ? { name, vocabulary } : { id, name, vocabulary });
    edit.#jsonText.value = jsonText;
    edit.#restoredAt.value = savedAt;
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

  /** When the edits that were restored at the start had been stored, in milliseconds since 1970. */
  get restoredAt(): number | undefined {
    return this.#restoredAt.value;
  }

  /** Changes with every edit. */
  get revision(): number {
    return this.#revision.value;
  }

  /** Whether something was not sent yet, or not taken over by the service. */
  readonly isModified: ReadonlySignal<boolean> = computed(() => {
    void this.#revision.value;
    if (this.#jsonText.value !== undefined) return !isSame(this.#value(), this.#base.value);
    if (this.#isAhead.value) return !isSame(this.draft.toTracker(), this.#base.value);
    return this.draft.isModified;
  });

  readonly name: ReadonlySignal<string> = computed(() => {
    void this.#revision.value;
    return this.draft.name;
  });

  /** What the service would say of what would be sent. */
  readonly validation: ReadonlySignal<Validation> = computed(() => {
    void this.#revision.value;
    if (this.#jsonText.value === undefined) {
      const { ok, bytes, limit, issueCount } = this.draft;
      return { ok, bytes, limit, issueCount };
    }
    const rules = this.id === undefined ? { for: "create" as const } : { trackerId: this.id };
    const result = validateTracker(this.#value(), rules);
    const { ok, limit, bytes = 0 } = result;
    return { ok, bytes, limit, issueCount: result.ok ? 0 : result.issueCount };
  });

  /** A copy of what would be sent, and the revision that it belongs to. Only for what is valid. */
  snapshot(): Snapshot {
    const text = this.#jsonText.value;
    const tracker = text === undefined ? this.draft.toTracker() : (this.#value() as Tracker | NewTracker);
    return { tracker, revision: this.draft.revision, jsonText: text };
  }

  /**
   * Takes over what the service has after it confirmed a change. What was typed in the meantime stays, and is unsent.
   *
   * @param isComplete whether the service has what was sent, no more and no less
   */
  confirm(current: Tracker, sent: Snapshot, isComplete: boolean): void {
    this.#base.value = current;
    if (this.#jsonText.value === sent.jsonText && sent.jsonText !== undefined && isComplete) {
      this.draft.replaceAll(sent.tracker);
      this.#jsonText.value = undefined;
      sent = this.snapshot();
    }
    const isCurrent = this.draft.revision === sent.revision && this.#jsonText.value === sent.jsonText;
    if (isCurrent && isComplete) this.draft.markSaved();
    this.#isAhead.value = !(isCurrent && isComplete);
    this.#revision.value++;
  }

  /** Compares with another version of the service's from now on; what was typed stays. */
  rebase(current: Tracker): void {
    this.#base.value = current;
    this.#isAhead.value = true;
    this.#revision.value++;
  }

  /** Shows a newer version of the service's, where nothing was edited. */
  refresh(tracker: Tracker): void {
    this.#base.value = tracker;
    if (!isSame(this.draft.toTracker(), tracker)) this.draft.replaceAll(tracker);
    this.draft.markSaved();
    this.#revision.value++;
  }

  /** Replaces everything, in one step that can be undone. */
  load(tracker: Tracker | NewTracker): void {
    this.#jsonText.value = undefined;
    this.draft.replaceAll(tracker);
  }

  /** Goes back to what the service has, in one step that can be undone. */
  discard(): void {
    const { base } = this;
    this.load(base ?? { name: "", vocabulary: [] });
    this.draft.markSaved();
    this.#isAhead.value = false;
    this.#restoredAt.value = undefined;
    this.#revision.value++;
  }

  /** Frees the draft. The edit cannot be used afterwards. */
  dispose(): void {
    this.#stopListening();
    this.draft.dispose();
  }

  /** The value of the JSON; undefined if the text is not JSON. */
  #value(): unknown {
    try {
      return JSON.parse(this.#jsonText.value ?? "");
    } catch {
      return undefined;
    }
  }
}

/** Whether a value is this tracker: its name, its phrases and their order. */
export function isSame(value: unknown, tracker: Tracker | undefined): boolean {
  if (!tracker) return false;
  const { name, vocabulary } = (value ?? {}) as Partial<Tracker>;
  return (
    name === tracker.name &&
    Array.isArray(vocabulary) &&
    vocabulary.length === tracker.vocabulary.length &&
    vocabulary.every((phrase, index) => phrase === tracker.vocabulary[index])
  );
}
