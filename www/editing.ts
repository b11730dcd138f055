/**
 * One tracker being edited, as a form or as JSON. No DOM here.
 *
 * The form edits a draft. The JSON may be any text at all, and takes the draft's place while it is open; it
 * goes back into the draft once it is something that the form can show.
 */
import { type Issue, type Tracker, TrackerDraft, validateTracker } from "symbl-tracker";
import type { Call } from "./call.js";
import { reason } from "./words.js";

/** What the service would say; a text that is not even JSON has no size. */
export interface Judgement {
  ok: boolean;
  issues: Issue[];
  issueCount: number;
  bytes: number | undefined;
  limit: number;
}

/** A text, and what became of reading it. */
interface Json {
  text: string;
  value: unknown;
  judgement: Judgement;
}

export class Editing {
  /** Undefined as long as the tracker has not been created. */
  readonly id: string | undefined;
  readonly draft: TrackerDraft;
  /** Whether anything was changed since it came from the service. */
  edited = false;
  /** The last call about it, or the one under way. */
  call: Call | undefined;
  #json: Json | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(tracker?: Tracker) {
    this.id = tracker?.id;
    this.draft = tracker ? new TrackerDraft(tracker) : new TrackerDraft({}, { for: "create" });
    this.draft.subscribe(() => this.#changed());
  }

  /** The text of the JSON while it is open. */
  get json(): string | undefined {
    return this.#json?.text;
  }

  /** What would be sent, the draft as it is; undefined where the text is not JSON. */
  get sent(): unknown {
    return this.#json ? this.#json.value : this.draft;
  }

  get judgement(): Judgement {
    if (this.#json) return this.#json.judgement;
    const { ok, bytes, limit, issueCount } = this.draft;
    return { ok, issues: this.draft.issues(), issueCount, bytes, limit };
  }

  /** Opens the tracker as JSON. */
  openJson(): void {
    if (!this.#json) this.#read(JSON.stringify(this.draft.toTracker(), null, 2));
  }

  /** Another text in the JSON. */
  setJson(text: string): void {
    this.#read(text);
    this.#changed();
  }

  /**
   * Goes back to the form, with what the JSON says.
   *
   * @returns false where the form cannot show that: its fields are text, and it has no others
   */
  closeJson(): boolean {
    if (!this.#json) return true;
    const { value } = this.#json;
    if (!fitsForm(value, this.id)) return false;
    this.dropJson();
    this.load(value);
    return true;
  }

  /** Goes back to the form as it was before the JSON. */
  dropJson(): void {
    this.#json = undefined;
    this.#tell();
  }

  /** Takes over a tracker, in one step that can be undone; none where it is the same already. */
  load(tracker: Tracker): void {
    const { name, vocabulary } = this.draft.toTracker();
    const same =
      tracker.name === name &&
      tracker.vocabulary.length === vocabulary.length &&
      tracker.vocabulary.every((phrase, index) => phrase === vocabulary[index]);
    if (!same) this.draft.replaceAll(tracker);
  }

  /** @returns the way to unsubscribe */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #read(text: string): void {
    const { limit } = this.draft;
    try {
      const value: unknown = JSON.parse(text);
      const rules = this.id === undefined ? { for: "create" as const } : { trackerId: this.id };
      const verdict = validateTracker(value, rules);
      const { issues, issueCount } = verdict.ok ? { issues: [], issueCount: 0 } : verdict;
      const judgement = { ok: verdict.ok, issues, issueCount, bytes: verdict.bytes, limit: verdict.limit };
      this.#json = { text, value, judgement };
    } catch (error) {
      const why = reason(error);
      const message = `This is not JSON: ${why}`;
      const issue: Issue = { code: "unreadable", path: [], pointer: "", message, params: { reason: why } };
      const judgement = { ok: false, issues: [issue], issueCount: 1, bytes: undefined, limit };
      this.#json = { text, value: undefined, judgement };
    }
  }

  #changed(): void {
    this.edited = true;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Whether a form with a text field and a list of them can show it. What it says may be as wrong as it likes. */
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
