/** What the caller passes to a draft, checked and as JSON. */
import type { Issue } from "../types.js";
import { drafts } from "../wasm/drafts.js";
import { ceilingOf, jsonOf, writeText } from "../wasm/input.js";
import { jsonAt } from "../wasm/output.js";
import { received } from "../wasm/received.js";

/** @throws {TypeError} where the value is not a string */
export function jsonOfText(text: string): string {
  return JSON.stringify(expectString(text));
}

/**
 * @throws {TypeError} where the value is not an array of strings
 * @throws {RangeError} where it has far too many
 */
export function jsonOfPhrases(texts: readonly string[], limit: number): string {
  if (!Array.isArray(texts)) throw new TypeError("the phrases must be an array of strings");
  const { length } = texts;
  // A proxy may claim any length.
  if (!Number.isInteger(length) || length < 0)
    throw new RangeError(`an array cannot have the length ${length}`);
  if (3 * length > ceilingOf(limit)) {
    throw new RangeError(`${length} phrases would take the draft far over the limit`);
  }
  // Each is read once. The array grows, because V8 serialises one that may have holes in another, slower way.
  const copy: string[] = [];
  for (let index = 0; index < length; index++) copy[index] = expectString(texts[index], index);
  return JSON.stringify(copy);
}

/** @throws {TypeError} where a value cannot be serialised, or has far too many bytes */
export function jsonOfTracker(tracker: unknown, limit: number): string {
  const result = jsonOf(tracker, limit);
  if ("json" in result) return result.json;
  throw new TypeError(
    "unreadable" in result
      ? `the tracker cannot be read: ${result.unreadable}`
      : `the tracker has at least ${result.atLeast} bytes, far over the limit`,
  );
}

/** Why a draft could not hold the last tracker, in terms of the value that it was. */
export function misfit(tracker: unknown): TypeError {
  const read = (length: number) => drafts.run((wasm) => jsonAt<[Issue]>(wasm, wasm.draft_misfit(length)));
  let [issue] = read(0);
  const word = issue.code === "type" ? received(tracker, ...issue.path) : undefined;
  if (word !== undefined) [issue] = read(writeText(drafts, word));
  return new TypeError(`a draft holds only texts; ${issue.pointer || "the tracker"}: ${issue.message}`);
}

function expectString(text: unknown, index?: number): string {
  if (typeof text === "string") return text;
  throw new TypeError(
    `${index === undefined ? "the text" : `the phrase at index ${index}`} must be a string`,
  );
}
