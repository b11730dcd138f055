// Values that break validators, and what is right to say of each: one table, judged in Node and in Chromium.
// Plain JavaScript, so that a page loads it as it is.

import { gettersAndProxies } from "./access.mjs";
import { raw, toJSON } from "./json.mjs";
import { phrases, tracker } from "./make.mjs";
import { objects } from "./objects.mjs";
import { hostileOptions, options } from "./options.mjs";
import { many, structures } from "./size.mjs";
import { primitives, text } from "./values.mjs";

/** @import { ValidateOptions, ValidationResult } from "symbl-tracker" */
/** @import { Hostile } from "./make.mjs" */

/** @type {readonly Hostile[]} */
export const hostile = [
  ...gettersAndProxies,
  ...structures,
  ...many,
  ...primitives,
  ...objects,
  ...toJSON,
  ...text,
  ...options,
  ...hostileOptions,
  ...raw,
];

/**
 * Judges one value, and then a good and a bad tracker.
 *
 * @param {Hostile} one
 * @param {(value: unknown, options?: ValidateOptions) => ValidationResult} validateTracker
 * @param {typeof globalThis} realm another window's or context's
 * @returns {string[]} what is wrong with the answers
 */
export function misjudged(one, validateTracker, realm) {
  /** @type {string[]} */
  const wrong = [];
  const expect = (/** @type {boolean} */ holds, /** @type {() => string} */ otherwise) => {
    if (!holds) wrong.push(otherwise());
  };
  const value = one.make(realm);
  const given = /** @type {ValidateOptions | undefined} */ (one.options?.());
  try {
    const verdict = validateTracker(value, given);
    const issues = verdict.ok ? [] : verdict.issues;
    const issueCount = verdict.ok ? 0 : verdict.issueCount;
    const count = one.count ?? one.issues.length;
    expect(issueCount === count, () => `${issueCount} issues in place of ${count}`);
    const listed = one.options ? count : Math.min(count, 100);
    expect(issues.length === listed, () => `${issues.length} issues listed`);
    for (const [index, [code, pointer, says = ""]] of one.issues.entries()) {
      const issue = issues[index];
      const right = issue?.code === code && issue.pointer === pointer && issue.message.includes(says);
      expect(right, () => `${JSON.stringify(issue)} in place of ${code} ${pointer} ${says}`);
    }
    expect(
      issues.every(({ message }) => message.length < 500),
      () => "a message that echoes the value",
    );
    expect(one.after?.(value) ?? true, () => "the value was not read as it should be");
  } catch (thrown) {
    wrong.push(`threw ${thrown instanceof Error ? thrown.stack : typeof thrown}`);
  }
  const good = validateTracker(tracker());
  expect(good.ok && good.bytes === 49, () => `the next call answered ${JSON.stringify(good)}`);
  const bad = validateTracker(phrases("a", "a"));
  expect(
    !bad.ok && bad.issues[0]?.pointer === "/vocabulary/1",
    () => `the next but one: ${JSON.stringify(bad)}`,
  );
  return wrong;
}
