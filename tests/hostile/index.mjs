// Values that break validators, with the expected issues of each: one table for Node and Chromium. Plain JavaScript, so
// a page can load it without a build.

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
 * Validates one value, and then a valid and an invalid tracker.
 *
 * @param {Hostile} one
 * @param {(value: unknown, options?: ValidateOptions) => ValidationResult} validateTracker
 * @param {typeof globalThis} realm the global object of another window or context
 * @returns {string[]} describes each wrong result; empty if all are right
 */
export function wrongResults(one, validateTracker, realm) {
  /** @type {string[]} */
  const wrong = [];
  const expect = (/** @type {boolean} */ holds, /** @type {() => string} */ message) => {
    if (!holds) wrong.push(message());
  };
  const value = one.make(realm);
  const given = /** @type {ValidateOptions | undefined} */ (one.options?.());
  try {
    const result = validateTracker(value, given);
    const issues = result.ok ? [] : result.issues;
    const issueCount = result.ok ? 0 : result.issueCount;
    const count = one.count ?? one.issues.length;
    expect(issueCount === count, () => `${issueCount} issues instead of ${count}`);
    const listed = one.options ? count : Math.min(count, 100);
    expect(issues.length === listed, () => `${issues.length} issues listed`);
    for (const [index, [code, pointer, says = ""]] of one.issues.entries()) {
      const issue = issues[index];
      const right = issue?.code === code && issue.pointer === pointer && issue.message.includes(says);
      expect(right, () => `${JSON.stringify(issue)} instead of ${code} ${pointer} ${says}`);
    }
    expect(
      issues.every(({ message }) => message.length < 500),
      () => "a message repeats the value",
    );
    expect(one.after?.(value) ?? true, () => "the value was not read as it should be");
  } catch (thrown) {
    wrong.push(`threw ${thrown instanceof Error ? thrown.stack : typeof thrown}`);
  }
  const good = validateTracker(tracker());
  expect(
    good.ok && good.bytes === 49,
    () => `the next call, for a valid tracker, returned ${JSON.stringify(good)}`,
  );
  const bad = validateTracker(phrases("a", "a"));
  expect(
    !bad.ok && bad.issues[0]?.pointer === "/vocabulary/1",
    () => `the call after that, for an invalid tracker, returned ${JSON.stringify(bad)}`,
  );
  return wrong;
}
