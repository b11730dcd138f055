import { TrackerDraft } from "./draft/TrackerDraft.js";
import type { DraftedTracker } from "./draft/types.js";
import { readRules } from "./options.js";
import type { Advice, Advised, TrackerParts, ValidateOptions } from "./types.js";
import { drafts } from "./wasm/drafts.js";
import { writeValue } from "./wasm/input.js";
import { jsonAt } from "./wasm/output.js";

/**
 * Says how to improve a tracker that the service would accept.
 *
 * Whatever {@link validateTracker} reports is passed over; a value that cannot be serialised gets no advice.
 * Synchronous, and it never throws.
 *
 * @example
 * const { advice } = adviseTracker({ id: "42", name: "Sale", vocabulary: ["on sale", "On Sale!"] });
 * console.log(advice[0].code); // "few_phrases"
 * console.log(advice[1].code, advice[1].replacement); // "punctuation", "On Sale"
 */
export function adviseTracker(value: unknown, options?: ValidateOptions): Advised {
  let rules: ReturnType<typeof readRules>;
  try {
    rules = readRules(options);
  } catch {
    return { advice: [], adviceCount: 0 };
  }
  return drafts.run((wasm) => {
    const input = writeValue(drafts, value, rules.maxBodyBytes);
    if (!("length" in input)) return { advice: [], adviceCount: 0 };
    const adviceCount = wasm.advise(input.length, rules.maxBodyBytes, rules.maxIssues);
    return { advice: adviceCount === 0 ? [] : jsonAt(wasm, wasm.advice()), adviceCount };
  });
}

/**
 * Returns the tracker with some advice applied; the given tracker is not changed.
 *
 * Indices are those of the given tracker, even if applying a piece removes a phrase. All pieces on one phrase are
 * applied. A piece is skipped if its phrase has changed since, and a phrase that becomes a duplicate is removed.
 *
 * @throws {TypeError} if the tracker has anything but texts
 *
 * @example
 * const { advice } = adviseTracker(tracker);
 * const improved = applyAdvice(tracker, advice.filter(({ code }) => code === "untrimmed"));
 */
export function applyAdvice(tracker: TrackerParts, advice: Advice | readonly Advice[]): DraftedTracker {
  const draft = new TrackerDraft(tracker);
  try {
    draft.applyAdvice(advice);
    return draft.toTracker();
  } finally {
    draft.dispose();
  }
}
