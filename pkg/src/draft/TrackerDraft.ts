import type { Advice, TrackerParts } from "../types.js";
import { jsonOfPhrases, jsonOfText, jsonOfTracker, misfit } from "./arguments.js";
import { edit, read } from "./handle.js";
import { ReadableDraft, stateOf } from "./ReadableDraft.js";
import type { Change, EditOptions } from "./types.js";

/**
 * A tracker being edited: the cost of an edit depends on what it changes, not on the size of the tracker.
 *
 * At any moment {@link ok}, {@link bytes}, {@link issues} and {@link advice} are what `validateTracker` and
 * `adviseTracker` return for {@link toTracker}. Each edit returns the rows whose issues or advice it changed, so that a
 * screen repaints only those. Rows have keys: numbers that stay the same wherever the rows move.
 *
 * A draft can be passed wherever a tracker can: to `updateTracker`, `validateTracker`, `JSON.stringify`,
 * `structuredClone`; the copy is a plain tracker. It works behind a `Proxy`, as of valtio; Vue leaves it as it is.
 *
 * A draft takes memory outside JavaScript's: {@link dispose} of it, or declare it with `using`; otherwise it is freed
 * when it is collected. If the module should fail, the draft's texts survive. Its history does not, and its rows get
 * new keys.
 *
 * @example
 * const draft = new TrackerDraft({ id: "42", name: "Sale", vocabulary: ["on sale"] });
 * const { changed } = draft.appendPhrases(["flash sale", "on sale"]);
 * for (const key of changed) console.log(draft.issuesAt(draft.indexOf(key))); // the duplicate at index 2
 * draft.undo();
 */
export class TrackerDraft<Parts extends TrackerParts = TrackerParts> extends ReadableDraft<Parts> {
  /** Sets the name. */
  setName(text: string, options?: EditOptions): Change {
    const coalesce = coalesces(options);
    return make(this, jsonOfText(text), (wasm, draft, length) =>
      wasm.draft_set_name(draft, length, coalesce),
    );
  }

  /**
   * Sets a phrase.
   * @throws {RangeError} where there is no phrase at this index
   */
  setPhrase(index: number, text: string, options?: EditOptions): Change {
    this.keyAt(index);
    const coalesce = coalesces(options);
    return make(this, jsonOfText(text), (wasm, draft, length) =>
      wasm.draft_set_phrase(draft, index, length, coalesce),
    );
  }

  /**
   * Inserts a phrase before the one at this index, or at the end.
   * @throws {RangeError} where the index is neither that of a phrase nor {@link length}
   */
  insertPhrase(index: number, text: string): Change {
    if (index !== this.length) this.keyAt(index);
    return make(this, `[${jsonOfText(text)}]`, (wasm, draft, length) =>
      wasm.draft_insert(draft, index, length),
    );
  }

  /**
   * Inserts phrases before the one at this index, or at the end, in one edit.
   * @throws {RangeError} where the index is neither that of a phrase nor {@link length}
   */
  insertPhrases(index: number, texts: readonly string[]): Change {
    if (index !== this.length) this.keyAt(index);
    return make(this, jsonOfPhrases(texts, this.limit), (wasm, draft, length) =>
      wasm.draft_insert(draft, index, length),
    );
  }

  /** Appends phrases, in one edit. */
  appendPhrases(texts: readonly string[]): Change {
    return this.insertPhrases(this.length, texts);
  }

  /**
   * Removes a phrase.
   * @throws {RangeError} where there is no phrase at this index
   */
  removePhrase(index: number): Change {
    this.keyAt(index);
    return make(this, "", (wasm, draft) => wasm.draft_remove(draft, index));
  }

  /** Removes the rows with these keys, in one edit. Keys of rows that are not in the draft are ignored. */
  removePhrases(keys: Iterable<number>): Change {
    const json = JSON.stringify(Array.from(keys, (key) => `${key}`));
    return make(this, json, (wasm, draft, length) => wasm.draft_remove_keys(draft, length), undefined, 0);
  }

  /** Removes every phrase that repeats an earlier one letter by letter, in one edit. The first of each stays. */
  removeDuplicates(): Change {
    return make(this, "", (wasm, draft) => wasm.draft_remove_duplicates(draft));
  }

  /** Removes every blank phrase, in one edit. */
  removeBlank(): Change {
    return make(this, "", (wasm, draft) => wasm.draft_remove_blank(draft));
  }

  /**
   * Moves a phrase to the index that it is to have.
   * @throws {RangeError} where there is no phrase at one of the two
   */
  movePhrase(from: number, to: number): Change {
    this.keyAt(from);
    this.keyAt(to);
    return make(this, "", (wasm, draft) => wasm.draft_move(draft, from, to));
  }

  /**
   * Sorts the phrases from A to Z, in one edit: by code points, without regard to case, spacing and Unicode form. No
   * language's order is applied. Phrases that are equal in this sense keep their order.
   */
  sort(): Change {
    return make(this, "", (wasm, draft) => wasm.draft_sort(draft));
  }

  /**
   * Replaces everything with another tracker, in one edit. All its rows are new.
   * @throws {TypeError} where it has anything but texts
   */
  replaceAll(tracker: TrackerParts & Pick<Parts, Extract<"id", keyof Parts>>): Change {
    const json = jsonOfTracker(tracker, this.limit);
    return make(
      this,
      json,
      (wasm, draft, length) => wasm.draft_replace_all(draft, length),
      () => misfit(tracker),
      0,
    );
  }

  /**
   * Follows advice, in one edit.
   *
   * A piece whose phrase is no longer what it was is skipped. Of several pieces on one phrase all are followed. A phrase
   * that would then repeat another is removed.
   */
  applyAdvice(advice: Advice | readonly Advice[]): Change {
    const pieces = (Array.isArray(advice) ? advice : [advice]).filter(
      ({ replacement }) => replacement !== undefined,
    );
    const json = JSON.stringify(
      pieces.flatMap(({ code, pointer, replacement }) => [code, pointer, replacement]),
    );
    return make(this, json, (wasm, draft, length) => wasm.draft_apply_advice(draft, length), undefined, 0);
  }

  /** Undoes the last edit, if there is one: up to a thousand, fewer where they take more than 32 MiB. */
  undo(): Change {
    return make(this, "", (wasm, draft) => wasm.draft_undo(draft));
  }

  /** Redoes the edit that was undone last, unless there was another edit since. */
  redo(): Change {
    return make(this, "", (wasm, draft) => wasm.draft_redo(draft));
  }

  /** Ends the undo step under way: the next edit with `coalesce` starts another. */
  endStep(): void {
    read(stateOf(this).handle, (wasm, draft) => wasm.draft_end_step(draft));
  }

  /** Makes the present content the one that {@link isModified} compares with. Listeners are called, as after an edit. */
  markSaved(): void {
    const { handle, listeners } = stateOf(this);
    read(handle, (wasm, draft) => wasm.draft_mark_saved(draft));
    handle.revision++;
    listeners.announce({ changed: [], row: undefined, ok: this.ok, bytes: this.bytes });
  }

  /**
   * Calls `listener` after every edit, with what it returns. Needs no `this`.
   *
   * Edits made by a listener are announced after the edit that it was called for. What a listener throws is reported as
   * any uncaught error is; the edit is kept, and the other listeners are called.
   * @returns a function that ends the subscription
   */
  get subscribe(): (listener: (change: Change) => void) => () => void {
    const { handle, listeners } = stateOf(this);
    return read(handle, () => listeners.subscribe);
  }
}

/** Makes an edit and announces it. */
function make(
  draft: Parameters<typeof stateOf>[0],
  json: string,
  work: Parameters<typeof edit>[2],
  refusal = () => new TypeError("the edit takes only texts"),
  growth?: number,
): Change {
  const { handle, listeners } = stateOf(draft);
  const change = edit(handle, json, work, growth);
  if (!change) throw refusal();
  listeners.announce(change);
  return change;
}

function coalesces(options: EditOptions | undefined): boolean {
  return options?.coalesce === true;
}
