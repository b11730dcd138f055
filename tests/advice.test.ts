// Advice through the built package.

import { adviseTracker, applyAdvice, TrackerDraft } from "symbl-tracker";
import { describe, expect, it } from "vitest";

/** Without the `few_phrases` of these short vocabularies. */
const advised = (vocabulary: unknown[], name = "n") =>
  adviseTracker({ id: "1", name, vocabulary })
    .advice.filter(({ code }) => code !== "few_phrases")
    .map(({ code, pointer, replacement }) => [pointer, code, replacement]);

const applied = (vocabulary: string[], choose = (_index: number) => true) => {
  const tracker = { id: "1", name: "n", vocabulary };
  return applyAdvice(
    tracker,
    adviseTracker(tracker).advice.filter((_, index) => choose(index)),
  ).vocabulary;
};

describe("adviseTracker", () => {
  it("says what a person would fix, with a replacement where there is one", () => {
    expect(advised(["on sale", "On  Sale", " x", "could you please hold", "20% off!", "$5"], "n ")).toEqual([
      ["/name", "untrimmed", "n"],
      ["/vocabulary/1", "near_duplicate", "on sale"],
      ["/vocabulary/2", "untrimmed", "x"],
      ["/vocabulary/3", "filler", "hold"],
      ["/vocabulary/4", "punctuation", "20 percent off"],
      ["/vocabulary/5", "punctuation", undefined],
    ]);
    expect(advised([])).toEqual([["/vocabulary", "empty_vocabulary", undefined]]);
    expect(advised(["a".repeat(1_000_000)])).toEqual([["/vocabulary", "near_limit", undefined]]);
  });

  it("is plain data", () => {
    expect(adviseTracker({ id: "1", name: "n", vocabulary: ["Sale", "sale"] })).toEqual({
      advice: [
        {
          code: "few_phrases",
          path: ["vocabulary"],
          pointer: "/vocabulary",
          message: "The tracker has 2 phrases; at least 5 are recommended.",
          params: { count: 2, recommended: 5 },
        },
        {
          code: "near_duplicate",
          path: ["vocabulary", 1],
          pointer: "/vocabulary/1",
          message: "The phrase differs from the one at index 0 only in case, spacing or Unicode form.",
          params: { first: 0 },
          replacement: "Sale",
        },
      ],
      adviceCount: 2,
    });
  });

  it("follows the vendor's page", () => {
    expect(
      applied([
        "Could you please kindly inform me about your subscription fees?",
        "I am thinking that I can't afford this",
        "I used to like chocolate, but not anymore",
      ]),
    ).toEqual(["subscription fees", "I can't afford this", "I used to like chocolate but not anymore"]);
    expect(advised(["I used to like chocolate but not anymore"])).toEqual([
      ["/vocabulary/0", "two_meanings", undefined],
    ]);
    expect(advised(["I like the product but it is too expensive"])).toEqual([
      ["/vocabulary/0", "two_meanings", undefined],
    ]);
    expect(advised(["on\tsale", "sa\u200ble", "caf\ufffd"])).toEqual([
      ["/vocabulary/0", "control_character", "on sale"],
      ["/vocabulary/1", "control_character", "sale"],
      ["/vocabulary/2", "control_character", undefined],
    ]);
  });

  it("counts the phrases", () => {
    const adviceOn = (count: number) => {
      const vocabulary = Array.from({ length: count }, (_, index) => `phrase ${index}`);
      const { advice } = adviseTracker({ id: "1", name: "n ", vocabulary });
      expect(new TrackerDraft({ id: "1", name: "n ", vocabulary }).advice()).toEqual(advice);
      return advice.map(({ code, params }) => [code, params]);
    };
    expect(adviceOn(0)).toEqual([
      ["untrimmed", {}],
      ["empty_vocabulary", {}],
    ]);
    expect(adviceOn(4)).toEqual([
      ["untrimmed", {}],
      ["few_phrases", { count: 4, recommended: 5 }],
    ]);
    expect([adviceOn(5), adviceOn(50)]).toEqual([[["untrimmed", {}]], [["untrimmed", {}]]]);
    expect(adviceOn(51)).toEqual([
      ["untrimmed", {}],
      ["many_phrases", { count: 51, recommended: 50 }],
    ]);
  });

  // As in the crate's own tests, where the tables are not the engine's.
  it.each([
    ["Sale", "sale"],
    ["big sale", " Big\t SALE\n"],
    ["sale", "sa\u200ble"],
    ["big sale", "big\u00a0sale"],
    ["Café", "CAFE\u0301"],
    ["ｓａｌｅ", "sale"],
    ["STRASSE", "Straße"],
    ["ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς"],
    ["ﬁne", "Fine"],
    ["распродажа", "РАСПРОДАЖА"],
  ])("%j is nearly %j", (a, b) => {
    expect(advised([a, b])).toContainEqual(["/vocabulary/1", "near_duplicate", a]);
  });

  it.each([
    ["checkout", "check out"],
    ["resume", "résumé"],
    ["sale", "sales"],
    ["и", "й"],
  ])("%j is not %j", (a, b) => {
    expect(advised([a, b])).toEqual([]);
  });

  it("has none on what is refused, and never throws", () => {
    const nothing = { advice: [], adviceCount: 0 };
    expect(advised([" ", "\ud800!", "a", "a"])).toEqual([]);
    for (const value of [undefined, null, 1n, [], { name: 1 }, { x: "a!" }, { vocabulary: [1, "a!"] }]) {
      expect(adviseTracker(value)).toEqual(nothing);
    }
    expect(adviseTracker({ vocabulary: ["a!"] }, { maxIssues: -1 })).toEqual(nothing);
    expect(adviseTracker({ vocabulary: ["a!", "b!"] }, { maxIssues: 1 })).toMatchObject({ adviceCount: 3 });
  });
});

describe("applyAdvice", () => {
  it("leaves the given tracker as it is", () => {
    const tracker = { id: "1", name: " n", vocabulary: [" a"] };
    expect(applyAdvice(tracker, adviseTracker(tracker).advice)).toEqual({
      id: "1",
      name: "n",
      vocabulary: ["a"],
    });
    expect(tracker).toEqual({ id: "1", name: " n", vocabulary: [" a"] });
  });

  it("takes all pieces on one phrase, and one alone", () => {
    expect(applied(["um, so what? "])).toEqual(["so what"]);
    expect(applied(["um, so what? "], (index) => index === 1)).toEqual(["um, so what?"]);
  });

  it("minds no index that shifts", () => {
    expect(applied(["a", "A", "b", "B", "c!", "C!"])).toEqual(["a", "b", "c"]);
  });

  it("leaves out a phrase that becomes a duplicate", () => {
    expect(applied(["sale", "sale!"])).toEqual(["sale"]);
    expect(applied(["sale!", "sale?"])).toEqual(["sale"]);
  });

  it("skips what is stale", () => {
    const { advice } = adviseTracker({ vocabulary: ["a!", "Sale", "sale", " b"] });
    const now = { name: "n", vocabulary: ["a?", "Sale", "cheap", " b"] };
    // "a?" would be fixed to the same text, and it is what a person saw and wanted.
    expect(applyAdvice(now, advice).vocabulary).toEqual(["a", "Sale", "cheap", "b"]);
    expect(applyAdvice({ vocabulary: [] }, advice).vocabulary).toEqual([]);
  });

  it("takes one piece as well as many", () => {
    const tracker = { vocabulary: ["a!"] };
    const [, piece] = adviseTracker(tracker).advice;
    expect(piece && applyAdvice(tracker, piece).vocabulary).toEqual(["a"]);
  });
});
