import { TrackerDraft } from "./draft/TrackerDraft.js";
import { readRules } from "./options.js";
import type { Advice, Advised, DraftedTracker, TrackerParts, ValidateOptions } from "./types.js";
import { drafts } from "./wasm/drafts.js";
import { writeValue } from "./wasm/input.js";
import { jsonAt } from "./wasm/output.js";

/**
 * Tells what could be better about a tracker that the service would accept.
 *
 * What {@link validateTracker} finds fault with is passed over; a value that cannot be serialised gets no advice.
 * Synchronous, and it never throws.
 *
 * @example
 * const { advice } = adviseTracker({ id: "42", name: "Sale", vocabulary: ["on sale", "On Sale!"] });
 * console.log(advice[0].code, advice[0].replacement); // "punctuation", "On Sale"
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
 * Takes advice, and gives the tracker that comes of it; the given one stays as it is.
 *
 * Indices are those of the given tracker, whatever is left out on the way. Of several pieces on one phrase all are
 * taken; a piece whose phrase is no longer what it was is skipped; a phrase that comes to stand twice is left out.
 *
 * @throws {TypeError} where the tracker has anything but texts
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
