import { readRules } from "../options.js";
import type { Advice, Issue, TrackerParts, ValidateOptions } from "../types.js";
import type { Exports as Wasm } from "../wasm/generated/draft.js";
import { reason, registerSerializer } from "../wasm/input.js";
import { jsonAt, textAt } from "../wasm/output.js";
import { jsonOfTracker, misfit } from "./arguments.js";
import { body, bodyText, close, type DraftHandle, open, read } from "./handle.js";
import { INSPECT, inspectDraft } from "./inspect.js";
import { Listeners } from "./listeners.js";
import type { DraftedTracker } from "./types.js";

declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/**
 * The key of a draft's state. A function returns the state: proxies pass functions through, where they would break
 * `#private` fields and wrap an object.
 */
const STATE = Symbol("state");

export interface State {
  handle: DraftHandle;
  listeners: Listeners;
}

/** Frees drafts that were collected without being disposed of. */
let collected: FinalizationRegistry<DraftHandle> | undefined;

/** What can be read of a {@link TrackerDraft}, and its lifetime. */
export class ReadableDraft<Parts extends TrackerParts = TrackerParts> {
  /** @internal */
  declare readonly [STATE]: () => State;

  // Own and enumerable, as the fields of a tracker are: a spread, a structured clone and a deep comparison see them.

  /** The id; undefined where there is none. */
  declare readonly id: DraftedTracker<Parts>["id"];

  /** The name; empty where there was none. */
  declare readonly name: string;

  /** All phrases, read out anew each time. {@link phraseAt} reads one. */
  declare readonly vocabulary: string[];

  /**
   * @param tracker what to start with
   * @param options the rules
   * @throws {TypeError} where the tracker has anything but texts, or an option is wrong
   */
  constructor(tracker?: Parts, options?: ValidateOptions) {
    const rules = readRules(options);
    const handle = open(jsonOfTracker(tracker === undefined ? {} : tracker, rules.maxBodyBytes), rules);
    if (!handle) throw misfit(tracker);
    const state: State = { handle, listeners: new Listeners() };
    Object.defineProperty(this, STATE, { value: () => state });
    const text = (address: (wasm: Wasm, draft: number) => number) =>
      unquoted(read(handle, (wasm, draft) => textAt(wasm, address(wasm, draft))));
    for (const [key, get] of [
      ["id", () => text((wasm, draft) => wasm.draft_id(draft))],
      ["name", () => text((wasm, draft) => wasm.draft_name(draft))],
      ["vocabulary", () => JSON.parse(bodyText(handle)).vocabulary],
    ] as const) {
      Object.defineProperty(this, key, { enumerable: true, get });
    }
    registerSerializer(this, () => {
      try {
        return body(handle);
      } catch (error) {
        // A trap is for the module to handle.
        if (error instanceof WebAssembly.RuntimeError) throw error;
        return { unreadable: reason(error) };
      }
    });
    collected ??= new FinalizationRegistry(close);
    collected.register(state, handle, handle);
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
    return read(handleOf(this), () => handleOf(this).rules.maxBodyBytes);
  }

  /** How many issues there are in all. */
  get issueCount(): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_issue_count(draft));
  }

  /** How many pieces of advice there are in all. */
  get adviceCount(): number {
    return read(handleOf(this), (wasm, draft) => wasm.draft_advice_count(draft));
  }

  /** A number that changes with every edit, for `useSyncExternalStore(draft.subscribe, () => draft.revision)`. */
  get revision(): number {
    // Reads the draft, because the revision changes if it has to be restored.
    return read(handleOf(this), () => handleOf(this).revision);
  }

  /** Whether there is an edit to undo. */
  get canUndo(): boolean {
    return read(handleOf(this), (wasm, draft) => wasm.draft_can_undo(draft));
  }

  /** Whether there is an edit to redo. */
  get canRedo(): boolean {
    return read(handleOf(this), (wasm, draft) => wasm.draft_can_redo(draft));
  }

  /**
   * Whether the content differs from that at the last {@link markSaved}, or else from the draft's first. It does not after
   * an undo back to that content, nor after other edits that lead to the same texts in the same order.
   */
  get isModified(): boolean {
    return read(handleOf(this), (wasm, draft) => wasm.draft_is_modified(draft));
  }

  /**
   * One phrase.
   * @throws {RangeError} where there is no phrase at this index
   */
  phraseAt(index: number): string {
    this.keyAt(index);
    return (
      unquoted(read(handleOf(this), (wasm, draft) => textAt(wasm, wasm.draft_phrase(draft, index)))) ?? ""
    );
  }

  /**
   * The number that identifies a row wherever it moves. No other row of the draft ever has it.
   * @throws {RangeError} where there is no phrase at this index
   */
  keyAt(index: number): number {
    // Wasm would take 1.5 for 1 and NaN for 0.
    const key =
      index >>> 0 === index ? read(handleOf(this), (wasm, draft) => wasm.draft_key_at(draft, index)) : -1;
    if (key < 0) throw new RangeError(`there is no phrase at index ${index}: the draft has ${this.length}`);
    return key;
  }

  /** The index of the row with this key; -1 while it is not in the draft. */
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
  toTracker(): DraftedTracker<Parts> {
    return JSON.parse(bodyText(handleOf(this)));
  }

  /** The same: `JSON.stringify` of a draft is the tracker. */
  toJSON(): DraftedTracker<Parts> {
    return this.toTracker();
  }

  /** Frees the draft's memory. The draft cannot be used any more. */
  dispose(): void {
    const { handle, listeners } = stateOf(this);
    listeners.clear();
    collected?.unregister(handle);
    close(handle);
  }

  /** The same as {@link dispose}, for `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** Has Vue leave the draft as it is, instead of wrapping it in a proxy. */
  get __v_skip(): true {
    return true;
  }

  /** @hidden Has Node.js show the draft's name, phrases and issues in a log. */
  [INSPECT](
    _depth: number,
    options: unknown,
    inspect?: (value: unknown, options: unknown) => string,
  ): string {
    return handleOf(this).disposed ? "TrackerDraft (disposed)" : inspectDraft(this, options, inspect);
  }
}

export function stateOf(draft: { readonly [STATE]: () => State }): State {
  const state = draft[STATE];
  if (typeof state !== "function") throw new TypeError("this is not a TrackerDraft");
  return state();
}

function handleOf(draft: { readonly [STATE]: () => State }): DraftHandle {
  return stateOf(draft).handle;
}

function unquoted(json: string | undefined): string | undefined {
  return json === undefined ? undefined : JSON.parse(`"${json}"`);
}
