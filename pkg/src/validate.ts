import { authorsWord } from "./author.js";
import { reason, writeValue } from "./input.js";
import { run } from "./module.js";
import { type Rules, readRules } from "./options.js";
import type { Invalid, ValidateOptions, Verdict } from "./types.js";

/**
 * Tells what the service would refuse about a tracker, before anything is sent.
 *
 * `ok` means that it would accept what `JSON.stringify(value)` writes. Synchronous, and it never throws: a
 * value that cannot be serialised, or an option that is wrong, is an `unreadable` issue.
 *
 * @example
 * const verdict = validateTracker({ id: "42", name: "Sale", vocabulary: ["on sale", "on sale"] });
 * if (!verdict.ok) console.log(verdict.issues[0].pointer); // "/vocabulary/1"
 */
export function validateTracker(value: unknown, options?: ValidateOptions): Verdict {
  let rules: Rules;
  try {
    rules = readRules(options);
  } catch (error) {
    return run((wasm) => one(wasm.unreadable(reason(error)), 1_048_576));
  }
  return judge(value, rules);
}

/** Where the verdict is `ok`, the bytes that were judged lie at the start of the input. */
export function judge(value: unknown, rules: Rules): Verdict {
  return run((wasm) => {
    const limit = rules.maxBodyBytes;
    const input = writeValue(value, limit);
    if ("unreadable" in input) return one(wasm.unreadable(input.unreadable), limit);
    if ("atLeast" in input) return one(wasm.too_large(input.atLeast, limit), limit);
    const bytes = input.length;
    const issueCount = wasm.validate(bytes, rules.create, rules.trackerId, limit, rules.maxIssues);
    if (issueCount === 0) return { ok: true, bytes, limit };
    const issues = wasm.issues((key, index) => authorsWord(value, key, index));
    return { ok: false, issues, issueCount, bytes, limit };
  });
}

function one(issues: Invalid["issues"], limit: number): Invalid {
  return { ok: false, issues, issueCount: 1, limit };
}
