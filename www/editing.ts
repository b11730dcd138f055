/**
 * A tracker that is being edited, as a form or as JSON. Does not use the DOM.
 *
 * The form edits a draft. While the JSON is open, it replaces the draft and may be any text. Closing it copies it to the
 * draft, provided that the form can show it.
 */
import { type Issue, type Tracker, TrackerDraft, validateTracker } from "symbl-tracker";
import type { Call } from "./call.js";
import { reason } from "./words.js";

/** The result of validating what would be sent. `bytes` is undefined if the text is not JSON. */
export interface Validation {
  ok: boolean;
  issues: Issue[];
  issueCount: number;
  bytes: number | undefined;
  limit: number;
}

/** The text of the JSON, its value, and the result of validating it. */
interface Json {
  text: string;
  value: unknown;
  validation: Validation;
}

export class Editing {
  /** Undefined until the tracker has been created. */
  readonly id: string | undefined;
  readonly draft: TrackerDraft;
  /** Whether there are changes since the service returned the tracker. */
  edited = false;
  /** The last call for this tracker, or the one under way. */
  call: Call | undefined;
  #json: Json | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(tracker?: Tracker) {
    this.id = tracker?.id;
    this.draft = tracker ? new TrackerDraft(tracker) : new TrackerDraft({}, { for: "create" });
    this.draft.subscribe(() => this.#changed());
  }

  /** The text of the JSON; undefined while the form is open. */
  get json(): string | undefined {
    return this.#json?.text;
  }

  /** What would be sent: the draft or the value of the JSON. Undefined if the text is not JSON. */
  get valueToSend(): unknown {
    return this.#json ? this.#json.value : this.draft;
  }

  get validation(): Validation {
    if (this.#json) return this.#json.validation;
    const { ok, bytes, limit, issueCount } = this.draft;
    return { ok, issues: this.draft.issues(), issueCount, bytes, limit };
  }

  /** Opens the tracker as JSON. */
  openJson(): void {
    if (!this.#json) this.#read(JSON.stringify(this.draft.toTracker(), null, 2));
  }

  /** Replaces the text of the JSON. */
  setJson(text: string): void {
    this.#read(text);
    this.#changed();
  }

  /**
   * Closes the JSON and copies its value to the draft.
   *
   * @returns false if the form cannot show the value, because a field is unknown, missing or not text
   */
  closeJson(): boolean {
    if (!this.#json) return true;
    const { value } = this.#json;
    if (!fitsForm(value, this.id)) return false;
    this.dropJson();
    this.load(value);
    return true;
  }

  /** Closes the JSON and discards it. */
  dropJson(): void {
    this.#json = undefined;
    this.#notify();
  }

  /** Replaces name and phrases in a single step that can be undone. Does nothing if they are the same already. */
  load(tracker: Tracker): void {
    const { name, vocabulary } = this.draft.toTracker();
    const same =
      tracker.name === name &&
      tracker.vocabulary.length === vocabulary.length &&
      tracker.vocabulary.every((phrase, index) => phrase === vocabulary[index]);
    if (!same) this.draft.replaceAll(tracker);
  }

  /** @returns a function that unsubscribes */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #read(text: string): void {
    const { limit } = this.draft;
    try {
      const value: unknown = JSON.parse(text);
      const rules = this.id === undefined ? { for: "create" as const } : { trackerId: this.id };
      const result = validateTracker(value, rules);
      const { issues, issueCount } = result.ok ? { issues: [], issueCount: 0 } : result;
      const validation = { ok: result.ok, issues, issueCount, bytes: result.bytes, limit: result.limit };
      this.#json = { text, value, validation };
    } catch (error) {
      const why = reason(error);
      const message = `This is not JSON: ${why}`;
      const issue: Issue = { code: "unreadable", path: [], pointer: "", message, params: { reason: why } };
      const validation = { ok: false, issues: [issue], issueCount: 1, bytes: undefined, limit };
      this.#json = { text, value: undefined, validation };
    }
  }

  #changed(): void {
    this.edited = true;
    this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Whether the form can show the value: it has the right fields, and they are text. The text itself may be invalid. */
function fitsForm(value: unknown, id: string | undefined): value is Tracker {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { id: ownId, name, vocabulary, ...others } = value as Record<string, unknown>;
  return (
    ownId === id &&
    typeof name === "string" &&
    Array.isArray(vocabulary) &&
    vocabulary.every((phrase) => typeof phrase === "string") &&
    Object.keys(others).length === 0
  );
}
