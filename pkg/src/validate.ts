import { DEFAULTS, type Rules, readRules } from "./options.js";
import type { Invalid, Issue, ValidateOptions, ValidationResult } from "./types.js";
import { reason, writeText, writeTrackerId, writeValue } from "./wasm/input.js";
import { jsonAt } from "./wasm/output.js";
import { received } from "./wasm/received.js";
import { validator } from "./wasm/validator.js";

/**
 * Tells what the service would refuse about a tracker, before anything is sent.
 *
 * `ok` means that it would accept what `JSON.stringify(value)` writes. Synchronous, and it never throws: a
 * value that cannot be serialised, or an option that is wrong, is an `unreadable` issue.
 *
 * @example
 * const result = validateTracker({ id: "42", name: "Sale", vocabulary: ["on sale", "on sale"] });
 * if (!result.ok) console.log(result.issues[0].pointer); // "/vocabulary/1"
 */
export function validateTracker(value: unknown, options?: ValidateOptions): ValidationResult {
  let rules: Rules;
  try {
    rules = readRules(options);
  } catch (error) {
    return unreadable(reason(error), DEFAULTS.maxBodyBytes);
  }
  return validate(value, rules);
}

export function validate(value: unknown, rules: Rules): ValidationResult {
  return validator.run((wasm) => {
    const limit = rules.maxBodyBytes;
    const input = writeValue(validator, value, limit);
    if ("unreadable" in input) return unreadable(input.unreadable, limit);
    if ("atLeast" in input) return tooLarge(input.atLeast, limit);
    const bytes = input.length;
    const idLength = writeTrackerId(validator, rules.trackerId, bytes);
    const issueCount = wasm.validate(bytes, idLength, rules.create, limit, rules.maxIssues);
    if (issueCount === 0) return { ok: true, bytes, limit };
    return { ok: false, issues: issuesOf(value), issueCount, bytes, limit };
  });
}

/** The bytes that were validated last, until the validator's input is used again. Its result, `ok`, has their number. */
export function validatedBytes(bytes: number): Uint8Array<ArrayBuffer> {
  return validator.inputRoom(bytes).subarray(0, bytes);
}

/** The issues that were found last, in terms of the value that they were found in. */
function issuesOf(value: unknown): Issue[] {
  const list = (length: number) => validator.run((wasm) => jsonAt<Issue[]>(wasm, wasm.issues(length)));
  const issues = list(0);
  const words = issues.map(({ code, path }) =>
    code === "type" || code === "missing" ? (received(value, ...path) ?? "") : "",
  );
  if (words.every((word) => word === "")) return issues;
  return list(writeText(validator, words.join("\n")));
}

/** What is said of a value that must be over the limit and was not read to its end. */
export function tooLarge(atLeast: number, limit: number): Invalid {
  return validator.run((wasm) => single(limit, jsonAt(wasm, wasm.too_large(atLeast, limit))));
}

function unreadable(text: string, limit: number): Invalid {
  return validator.run((wasm) => single(limit, jsonAt(wasm, wasm.unreadable(writeText(validator, text)))));
}

function single(limit: number, issues: Issue[]): Invalid {
  return { ok: false, issues, issueCount: 1, limit };
}
