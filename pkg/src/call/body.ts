/**
 * The body of a request: the text that was validated, copied before the next call writes over it. UTF-8 of it is the
 * validated bytes again. A text and not bytes, because wrappers of `fetch` log it.
 */
import { InvalidTrackerError } from "../errors/InvalidTrackerError.js";
import type { Rules } from "../options.js";
import type { Issue, ValidationResult } from "../types.js";
import { tooLarge, validate, validatedBytes } from "../validate.js";
import { decode } from "../wasm/output.js";

/** @throws {InvalidTrackerError} if the service would refuse the tracker */
export function bodyOf(tracker: unknown, rules: Rules): string {
  const result = validate(tracker, rules);
  if (!result.ok) throw new InvalidTrackerError(result);
  return validated(result);
}

function validated({ bytes = 0 }: ValidationResult): string {
  return decode(validatedBytes(bytes));
}

/**
 * The body that creates all of them. Issues begin with the tracker's index.
 *
 * @throws {InvalidTrackerError} if the service would refuse one of them, or all together
 */
export function bodyOfMany(trackers: readonly unknown[], rules: Rules): string {
  const limit = rules.maxBodyBytes;
  // Each tracker has a comma or bracket, and itself at least two braces.
  let bytes = 1 + 3 * trackers.length;
  if (bytes > limit) throw manyTooLarge(bytes, limit);
  const bodies: string[] = [];
  const issues: Issue[] = [];
  let issueCount = 0;
  bytes = 1 + Math.max(1, trackers.length);
  for (let index = 0; index < trackers.length; index++) {
    const result = validate(trackers[index], rules);
    if (result.ok) {
      bodies.push(validated(result));
      bytes += result.bytes;
    } else {
      issueCount += result.issueCount;
      const room = rules.maxIssues - issues.length;
      issues.push(...result.issues.slice(0, room).map((issue) => within(index, issue)));
    }
  }
  if (issueCount > 0) throw new InvalidTrackerError({ issues, issueCount });
  if (bytes > limit) throw manyTooLarge(bytes, limit);
  return `[${bodies.join(",")}]`;
}

function within(index: number, issue: Issue): Issue {
  return { ...issue, path: [index, ...issue.path], pointer: `/${index}${issue.pointer}` };
}

function manyTooLarge(atLeast: number, limit: number): InvalidTrackerError {
  const issues = tooLarge(atLeast, limit).issues.map((issue) => ({ ...issue, path: [], pointer: "" }));
  return new InvalidTrackerError({ issues, issueCount: 1 });
}
