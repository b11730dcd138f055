/** The bytes of a request: those that were judged, copied before the next call writes over them. */
import { InvalidTrackerError } from "../errors/InvalidTrackerError.js";
import type { Rules } from "../options.js";
import type { Issue } from "../types.js";
import { tooLarge, validate } from "../validate.js";
import { validator } from "../wasm/validator.js";

/** @throws {InvalidTrackerError} where the service would refuse the tracker */
export function bodyOf(tracker: unknown, rules: Rules): Uint8Array<ArrayBuffer> {
  const result = validate(tracker, rules);
  if (!result.ok) throw new InvalidTrackerError(result);
  return validator.inputRoom(result.bytes).slice(0, result.bytes);
}

/** The body that creates all of them. Issues begin with the tracker's index. */
export function bodyOfMany(trackers: readonly unknown[], rules: Rules): Uint8Array<ArrayBuffer> {
  const limit = rules.maxBodyBytes;
  // Each tracker has a comma or bracket, and itself cannot be shorter than two braces.
  let bytes = 1 + 3 * trackers.length;
  if (bytes > limit) throw manyTooLarge(bytes, limit);
  const bodies: Uint8Array[] = [];
  const issues: Issue[] = [];
  let issueCount = 0;
  bytes = 1 + Math.max(1, trackers.length);
  for (let index = 0; index < trackers.length; index++) {
    const result = validate(trackers[index], rules);
    if (result.ok) {
      bodies.push(validator.inputRoom(result.bytes).slice(0, result.bytes));
      bytes += result.bytes;
    } else {
      issueCount += result.issueCount;
      const room = rules.maxIssues - issues.length;
      issues.push(...result.issues.slice(0, room).map((issue) => within(index, issue)));
    }
  }
  if (issueCount > 0) throw new InvalidTrackerError({ issues, issueCount });
  if (bytes > limit) throw manyTooLarge(bytes, limit);

  const body = new Uint8Array(bytes);
  let at = 0;
  for (const one of bodies) {
    body[at++] = at === 1 ? BRACKET : COMMA;
    body.set(one, at);
    at += one.length;
  }
  if (at === 0) body[at++] = BRACKET;
  body[at] = BRACKET + 2;
  return body;
}

const BRACKET = 0x5b;
const COMMA = 0x2c;

function within(index: number, issue: Issue): Issue {
  return { ...issue, path: [index, ...issue.path], pointer: `/${index}${issue.pointer}` };
}

function manyTooLarge(atLeast: number, limit: number): InvalidTrackerError {
  const issues = tooLarge(atLeast, limit).issues.map((issue) => ({
    ...issue,
    path: [],
    pointer: "",
  }));
  return new InvalidTrackerError({ issues, issueCount: 1 });
}
