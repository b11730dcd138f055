// Long trackers are written in pieces and long texts in slices. The validator must read what JSON.stringify writes.

import fc from "fast-check";
import { validateTracker } from "symbl-tracker";
import { expect, it } from "vitest";

/** The same tracker with a `toJSON`, for which `JSON.stringify` writes the whole. */
const whole = <T extends object>(tracker: T) => ({ toJSON: () => tracker });

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

it("a long tracker is validated like its JSON", () => {
  const special = fc.constantFrom('"', "\\", "\n", "\0", "😀", "\ud83d", "\ude00", "é", " ", '","', '"]}');
  const tracker = fc
    .record({
      keys: fc.shuffledSubarray(["id", "name", "vocabulary"], { minLength: 3 }),
      name: fc.constantFrom("Sale", '"vocabulary":[]', "\\", ""),
      count: fc.integer({ min: 2040, max: 9000 }),
      changes: fc.array(fc.tuple(fc.nat(), fc.array(special, { maxLength: 3 })), { maxLength: 20 }),
    })
    .map(({ keys, name, count, changes }) => {
      const vocabulary = Array.from({ length: count }, (_, index) => `phrase ${index}`);
      for (const [at, text] of changes) vocabulary[at % count] = text.join("");
      const fields: Record<string, unknown> = { id: "1", name, vocabulary };
      return Object.fromEntries(keys.map((key) => [key, fields[key]]));
    });
  const property = fc.property(tracker, (value) => {
    const result = validateTracker(value);
    expect(result).toEqual(validateTracker(whole(value)));
    expect(result.bytes).toBe(bytes(value));
  });
  fc.assert(property, { numRuns: 200 });
});

it("says of a tracker that is far too long how long it is at least", () => {
  const value = { id: "1", name: "n", vocabulary: Array.from({ length: 5000 }, (_, index) => `"${index}`) };
  const result = validateTracker(value, { maxBodyBytes: 10 });
  expect(result).toEqual(validateTracker(whole(value), { maxBodyBytes: 10 }));
  const long = { ...value, vocabulary: value.vocabulary.map((phrase) => phrase + '"'.repeat(1500)) };
  const { issues = [] } = validateTracker(long) as { issues?: { code: string }[] };
  expect(issues.map(({ code }) => code)).toEqual(["too_large"]);
});

it("a pair of surrogates stays a pair wherever it is in a long text", () => {
  for (let before = 2 ** 15 - 60; before < 2 ** 15; before++) {
    const phrase = `${"x".repeat(before)}😀${"y".repeat(2 ** 16)}`;
    const value = { id: "1", name: "n", vocabulary: [phrase, phrase.replace("😀", "\ufffd\ufffd")] };
    const result = validateTracker(value);
    expect(result).toMatchObject({ ok: true, bytes: bytes(value) });
  }
});
