// Merging two versions of a tracker difference by difference.

import fc from "fast-check";
import { mergeTrackers, type Tracker } from "symbl-tracker";
import { describe, expect, test } from "vitest";
import { type Choice, choiceOfSide, compare, merged } from "../../www/state/sending/merge-choices.js";

const tracker = (name: string, ...vocabulary: string[]): Tracker => ({ id: "1", name, vocabulary });
const BASE = tracker("Sale", "a", "b", "c", "d");

describe("differences", () => {
  test("each is what the versions did, and what only one changed is taken", () => {
    const comparison = compare(
      BASE,
      tracker("Sale", "a", "b", "mine", "d"),
      tracker("Sales", "b", "theirs", "c", "d"),
    );
    expect(comparison.differences).toMatchObject([
      { kind: "name", mine: "Sale", theirs: "Sales", isConflict: false },
      { kind: "phrase", text: "a", mine: "unchanged", theirs: "removed", isProposed: false },
      { kind: "phrase", text: "mine", mine: "added", theirs: "absent", isProposed: true },
      { kind: "phrase", text: "theirs", mine: "absent", theirs: "added", isProposed: true },
      { kind: "phrase", text: "c", mine: "removed", theirs: "unchanged", isProposed: false },
    ]);
    expect(comparison.sameCount).toBe(2);
    expect(merged(comparison, new Map()).name).toBe("Sales");
  });

  test("conflicts come first, and both spellings can be kept", () => {
    const comparison = compare(
      BASE,
      tracker("Mine", "A", "b", "c", "d"),
      tracker("Theirs", "b", "c", "d", "a "),
    );
    const [name, spelling] = comparison.differences;
    expect(name).toMatchObject({ kind: "name", isConflict: true });
    expect(spelling).toMatchObject({ kind: "spelling", mine: "A", theirs: "a " });
    const vocabulary = (choice: Choice) =>
      merged(comparison, new Map([[spelling?.key ?? "", choice]])).vocabulary.sort();
    expect(vocabulary("mine")).toEqual(["A", "b", "c", "d"]);
    expect(vocabulary("theirs")).toEqual(["a ", "b", "c", "d"].sort());
    expect(vocabulary("both")).toEqual(["A", "a ", "b", "c", "d"].sort());
  });

  test("a phrase that is included after all follows its neighbour", () => {
    const comparison = compare(BASE, BASE, tracker("Sale", "a", "d"));
    const choices = new Map<string, Choice>([
      ["phrase b", "include"],
      ["phrase c", "include"],
    ]);
    expect(merged(comparison, choices).vocabulary).toEqual(["a", "b", "c", "d"]);
  });

  const phrases = fc.uniqueArray(fc.constantFrom(..."abcdefgABC".split(""), "a b", "a  b"), { maxLength: 9 });
  const version = fc.record({
    id: fc.constant("1"),
    name: fc.constantFrom("x", "y", "z"),
    vocabulary: phrases,
  });

  test("all of one side is that side; without choices, all but conflicts is what mergeTrackers proposes", () => {
    fc.assert(
      fc.property(version, version, version, (base, mine, theirs) => {
        const comparison = compare(base, mine, theirs);
        for (const side of ["mine", "theirs"] as const) {
          const choices = new Map(
            comparison.differences.map((difference) => [difference.key, choiceOfSide(difference, side)]),
          );
          const result = merged(comparison, choices);
          const wanted = side === "mine" ? mine : theirs;
          expect(result.name).toBe(wanted.name);
          expect(new Set(result.vocabulary)).toEqual(new Set(wanted.vocabulary));
        }
        const { tracker: proposal, conflicts } = mergeTrackers(base, mine, theirs);
        const result = merged(comparison, new Map());
        expect(new Set(result.vocabulary).size).toBe(result.vocabulary.length);
        if (!conflicts.some(({ code }) => code === "spelling"))
          expect(result).toEqual({ ...proposal, id: "1" });
      }),
    );
  });

  test("2,000 differences in 33,000 phrases are compared and merged", () => {
    const common = Array.from({ length: 33_000 }, (_, index) => `phrase ${index}`);
    const mine = tracker("Sale", ...common.slice(1000));
    const theirs = tracker("Sale", ...common, ...Array.from({ length: 1000 }, (_, index) => `new ${index}`));
    const comparison = compare(tracker("Sale", ...common), mine, theirs);
    expect(comparison.differences).toHaveLength(2000);
    const all = new Map(comparison.differences.map(({ key }): [string, Choice] => [key, "include"]));
    expect(merged(comparison, all).vocabulary).toEqual(theirs.vocabulary);
  });
});
