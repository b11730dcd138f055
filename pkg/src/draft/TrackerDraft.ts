import { readRules } from "../options.js";
import type { Advice, Change, DraftedTracker, Issue, TrackerParts, ValidateOptions } from "../types.js";
import { validateTracker } from "../validate.js";
import { ceilingOf, jsonOf, reason, registerSerializer } from "../wasm/input.js";
import { jsonAt, textAt } from "../wasm/output.js";
import { body, bodyText, close, type DraftHandle, edit, open, read } from "./handle.js";

declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

const handles = new WeakMap<TrackerDraft, DraftHandle>();

/** Frees the handles of drafts that nobody has disposed of. */
let forgotten: FinalizationRegistry<DraftHandle> | undefined;

/**
 * A tracker being edited: an edit costs what it changes, not what the tracker has.
 *
 * At any moment {@link ok}, {@link bytes}, {@link issues} and {@link advice} are what `validateTracker` and
 * `adviseTracker` say of {@link toTracker}. Each edit answers which rows' issues or advice it changed, so that a
 * screen repaints those alone. Rows have keys: numbers that stay theirs wherever they move.
 *
 * A draft goes wherever a tracker goes: to `updateTracker`, `validateTracker`, `JSON.stringify`. Its phrases are then
 * read where they are, and judged by the options given there.
 *
 * A draft takes memory outside JavaScript's: {@link dispose} of it, or declare it with `using`. One that is
 * forgotten is freed when it is collected. Should the module fail, the draft's texts survive; its history does
 * not, and its rows have new keys.
 *
 * @example
 * const draft = new TrackerDraft({ id: "42", name: "Sale", vocabulary: ["on sale"] });
 * const { changed } = draft.appendPhrases(["flash sale", "on sale"]);
 * for (const key of changed) console.log(draft.issuesAt(draft.indexOf(key))); // the duplicate at index 2
 * draft.undo();
 */
export class TrackerDraft {
  readonly #listeners = new Set<(change: Change) => void>();
  /** Changes that listeners are being told of, in the order of the edits. */
  #news: Change[] | undefined;

  /**
   * @param tracker what to begin with; any part may be missing
   * @param options by what to judge it
   * @throws {TypeError} where the tracker has anything but texts, or an option is wrong
   */
  constructor(tracker: TrackerParts = {}, options?: ValidateOptions) {
    const rules = readRules(options);
    const json = jsonOfTracker(tracker, rules.maxBodyBytes);
    const handle = open(json, rules);
    if (!handle) throw unfit(tracker);
    handles.set(this, handle);
    registerSerializer(this, () => {
      try {
        return body(handleOf(this));
      } catch (error) {
        // A trap is for the module to know.
        if (error instanceof WebAssembly.RuntimeError) throw error;
        return { unreadable: reason(error) };
      }
    });
    forgotten ??= new FinalizationRegistry(close);
    forgotten.register(this, handle, handle);
  }

  /** The id; undefined where there is none. */
  get id(): string | undefined {
    return unquoted(read(handleOf(this), (wasm, draft) => textAt(wasm, wasm.draft_id(draft))));
  }

  /** The name; empty where there was none. */
  get name(): string {
    return unquoted(read(handleOf(this), (wasm, draft) => textAt(wasm, wasm.draft_name(draft)))) ?? "";
  }

  /** How many phrases there are. */
  get length(): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_length(draft));
  }

  /** Whether the service would accept the tracker. */
  get ok(): boolean {
    return this.issueCount === 0;
  }

  /** The length of the request body in bytes. */
  get bytes(): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_bytes(draft));
  }

  /** The limit in bytes. */
  get limit(): number {
    return handleOf(this).rules.maxBodyBytes;
  }

  /** How many issues there are in all. */
  get issueCount(): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_issue_count(draft));
  }

  /** How many pieces of advice there are in all. */
  get adviceCount(): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_advice_count(draft));
  }

  /** Whether there is an edit to take back. */
  get canUndo(): boolean {
    return read(handleOf(this), (wasm, draft) => wasm.draft_can_undo(draft));
  }

  /** Whether there is an edit to do again. */
  get canRedo(): boolean {
    return read(handleOf(this), (wasm, draft) => wasm.draft_can_redo(draft));
  }

  /** @throws {RangeError} where there is no phrase at this index */
  phraseAt(index: number): string {
    this.keyAt(index);
    return (
      unquoted(read(handleOf(this), (wasm, draft) => textAt(wasm, wasm.draft_phrase(draft, index)))) ?? ""
    );
  }

  /**
   * The number that stays with the row, wherever it moves. No other row of the draft has it, ever.
   * @throws {RangeError} where there is no phrase at this index
   */
  keyAt(index: number): number {
    // Wasm would take 1.5 for 1 and NaN for 0.
    const key =
      index >>> 0 === index ? read(handleOf(this), (wasm, draft) => wasm.draft_key_at(draft, index)) : -1;
    if (key < 0) throw new RangeError(`there is no phrase at index ${index}: the draft has ${this.length}`);
    return key;
  }

  /** Where the row with this key stands; -1 while it is not in the draft. */
  indexOf(key: number): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_index_of(draft, key));
  }

  /** The issues, in the order of the document; at most `maxIssues`. */
  issues(): Issue[] {
    return read(handleOf(this), (wasm, draft) => jsonAt(wasm, wasm.draft_issues(draft)));
  }

  /** The advice, in the order of the document; at most `maxIssues`. */
  advice(): Advice[] {
    return read(handleOf(this), (wasm, draft) => jsonAt(wasm, wasm.draft_advice(draft)));
  }

  /**
   * The issues of one phrase.
   * @throws {RangeError} where there is no phrase at this index
   */
  issuesAt(index: number): Issue[] {
    this.keyAt(index);
    return read(handleOf(this), (wasm, draft) => jsonAt(wasm, wasm.draft_issues_at(draft, index)));
  }

  /**
   * The advice on one phrase.
   * @throws {RangeError} where there is no phrase at this index
   */
  adviceAt(index: number): Advice[] {
    this.keyAt(index);
    return read(handleOf(this), (wasm, draft) => jsonAt(wasm, wasm.draft_advice_at(draft, index)));
  }

  /** The tracker as plain data. */
  toTracker(): DraftedTracker {
    return JSON.parse(bodyText(handleOf(this)));
  }

  /** The same, so that `JSON.stringify` of a draft is the tracker. */
  toJSON(): DraftedTracker {
    return this.toTracker();
  }

  /** Sets the name. */
  setName(text: string): Change {
    return this.edit(quoted(text), (wasm, draft, length) => wasm.draft_set_name(draft, length));
  }

  /**
   * Sets a phrase.
   * @throws {RangeError} where there is no phrase at this index
   */
  setPhrase(index: number, text: string): Change {
    this.keyAt(index);
    return this.edit(quoted(text), (wasm, draft, length) => wasm.draft_set_phrase(draft, index, length));
  }

  /**
   * Puts a phrase before the one at this index, or at the end.
   * @throws {RangeError} where the index is neither that of a phrase nor {@link length}
   */
  insertPhrase(index: number, text: string): Change {
    if (index !== this.length) this.keyAt(index);
    return this.edit(`[${quoted(text)}]`, (wasm, draft, length) => wasm.draft_insert(draft, index, length));
  }

  /**
   * Takes a phrase out.
   * @throws {RangeError} where there is no phrase at this index
   */
  removePhrase(index: number): Change {
    this.keyAt(index);
    return this.edit("", (wasm, draft) => wasm.draft_remove(draft, index));
  }

  /**
   * Moves a phrase to the index that it is to have.
   * @throws {RangeError} where there is no phrase at one of the two
   */
  movePhrase(from: number, to: number): Change {
    this.keyAt(from);
    this.keyAt(to);
    return this.edit("", (wasm, draft) => wasm.draft_move(draft, from, to));
  }

  /** Puts phrases at the end; however many they are, it is one edit. */
  appendPhrases(texts: readonly string[]): Change {
    if (!Array.isArray(texts)) throw new TypeError("the phrases must be an array of texts");
    const { length } = texts;
    // A proxy may claim any.
    if (!Number.isInteger(length) || length < 0)
      throw new RangeError(`an array cannot have the length ${length}`);
    if (3 * length > ceilingOf(this.limit)) {
      throw new RangeError(`${length} phrases would take the draft far over the limit`);
    }
    // Each is read once. Grown, not made of this length: V8 writes an array that may have holes another, slower way.
    const copy: string[] = [];
    for (let index = 0; index < length; index++) copy[index] = expectString(texts[index], index);
    return this.edit(JSON.stringify(copy), (wasm, draft, length) =>
      wasm.draft_insert(draft, wasm.draft_length(draft), length),
    );
  }

  /**
   * Takes over another tracker, any part of which may be missing. All its rows are new ones.
   * @throws {TypeError} where it has anything but texts
   */
  replaceAll(tracker: TrackerParts): Change {
    const json = jsonOfTracker(tracker, this.limit);
    return this.edit(
      json,
      (wasm, draft, length) => wasm.draft_replace_all(draft, length),
      () => unfit(tracker),
      0,
    );
  }

  /**
   * Takes advice; however many pieces, it is one edit.
   *
   * A piece whose phrase is no longer what it was is skipped. Of several on one phrase all are taken. A phrase
   * that comes to stand twice is left out.
   */
  applyAdvice(advice: Advice | readonly Advice[]): Change {
    const pieces = (Array.isArray(advice) ? advice : [advice]).filter(
      ({ replacement }) => replacement !== undefined,
    );
    return this.edit(
      JSON.stringify(pieces.flatMap(({ code, pointer, replacement }) => [code, pointer, replacement])),
      (wasm, draft, length) => wasm.draft_apply_advice(draft, length),
      undefined,
      0,
    );
  }

  /** Takes the last edit back, if there is one; a thousand can be, fewer where they hold more than 32 MiB. */
  undo(): Change {
    return this.edit("", (wasm, draft) => wasm.draft_undo(draft));
  }

  /** Does the edit again that was taken back last, unless there was another since. */
  redo(): Change {
    return this.edit("", (wasm, draft) => wasm.draft_redo(draft));
  }

  /**
   * Calls `listener` after every edit, with its answer.
   *
   * Edits that a listener makes are told after the one that it was told of. What it throws is reported as any
   * uncaught error is; the edit stands, and the other listeners hear of it.
   * @returns a function that ends it
   */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Frees the draft's memory; it cannot be used any more. */
  dispose(): void {
    const handle = handles.get(this);
    if (!handle) return;
    handles.delete(this);
    this.#listeners.clear();
    forgotten?.unregister(handle);
    close(handle);
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  private edit(
    json: string,
    work: Parameters<typeof edit>[2],
    refusal = () => new TypeError("the edit takes texts alone"),
    growth?: number,
  ): Change {
    const change = edit(handleOf(this), json, work, growth);
    if (!change) throw refusal();
    this.#tell(change);
    return change;
  }

  #tell(change: Change): void {
    if (this.#news) {
      this.#news.push(change);
      return;
    }
    this.#news = [change];
    try {
      for (const news of this.#news) {
        for (const listener of [...this.#listeners]) {
          // Another may have ended it meanwhile.
          if (this.#listeners.has(listener)) tell(listener, news);
        }
      }
    } finally {
      this.#news = undefined;
    }
  }
}

function tell(listener: (change: Change) => void, change: Change): void {
  try {
    listener(change);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

function handleOf(draft: TrackerDraft): DraftHandle {
  const handle = handles.get(draft);
  if (!handle) throw new TypeError("this draft has been disposed of");
  return handle;
}

function quoted(text: string): string {
  return JSON.stringify(expectString(text));
}

function unquoted(json: string | undefined): string | undefined {
  return json === undefined ? undefined : JSON.parse(`"${json}"`);
}

function expectString(text: unknown, index?: number): string {
  if (typeof text === "string") return text;
  throw new TypeError(
    `${index === undefined ? "the text" : `the phrase at index ${index}`} must be a string`,
  );
}

/** @throws {TypeError} where a value has no JSON, or far too much */
function jsonOfTracker(tracker: unknown, limit: number): string {
  const json = jsonOf(tracker, limit);
  if ("text" in json) return json.text;
  throw new TypeError(
    "unreadable" in json
      ? `the tracker cannot be read: ${json.unreadable}`
      : `the tracker has at least ${json.atLeast} bytes, far over the limit`,
  );
}

/** Why a draft cannot hold a value, in the rules' own words. */
function unfit(value: unknown): TypeError {
  const result = validateTracker(value, { maxBodyBytes: 2 ** 30, maxIssues: Infinity });
  const issues = result.ok ? [] : result.issues;
  const issue = issues.find(({ code }) => code === "type" || code === "unknown_key" || code === "unreadable");
  return new TypeError(`a draft holds texts alone; ${issue?.pointer || "the tracker"}: ${issue?.message}`);
}
