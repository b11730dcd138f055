// The parts of the editor that need no page.

import fc from "fast-check";
import { adviseTracker, TrackerDraft, validateTracker } from "symbl-tracker";
import { expect, it } from "vitest";
import { jsonSyntax } from "../../pkg/src/editor/json-syntax.js";
import { folded, isBlank } from "../../pkg/src/editor/text.js";
import { canvasHeight, MAX_CANVAS_PX, rowsInView, scrollTo } from "../../pkg/src/editor/viewport.js";
import { changeEnd, edited, shown } from "../../pkg/src/editor/visible.js";

const RANDOM = { numRuns: 2_000 };

it("says that a text is JSON exactly when JSON.parse does", () => {
  const near = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', ":", "x", " ", "\n"))
    .map(([json, at, piece]) => {
      const position = at % (json.length + 1);
      return json.slice(0, position) + piece + json.slice(position + (at % 2));
    });
  fc.assert(
    fc.property(near, (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      expect(jsonSyntax(text).error === undefined, text).toBe(isJson);
    }),
    RANDOM,
  );
});

it("finds keys that the outermost object repeats, and no others", () => {
  expect(jsonSyntax('{"a":1,"\\u0061":{"b":1,"b":2},"c":["c"]}')).toEqual({
    error: undefined,
    repeated: ["a"],
  });
  expect(jsonSyntax('[{"a":1,"a":2}]').repeated).toEqual([]);
  expect(jsonSyntax('{"a" 1}').error).toBe(5);
});

const HELD = fc.string({
  unit: fc.constantFrom("a", "b", " ", "\n", "\t", "\u202e", "↵", "⇥", "é", "😀"),
  maxLength: 12,
});

it("keeps the hidden characters that an edit does not touch", () => {
  fc.assert(
    fc.property(
      HELD,
      fc.nat(),
      fc.nat(),
      fc.constantFrom("", "x", "↵", "a", "yz"),
      (held, from, count, inserted) => {
        const start = from % (held.length + 1);
        const end = Math.min(held.length, start + (count % 4));
        const field = shown(held).slice(0, start) + inserted + shown(held).slice(end);
        const text = edited(held, field, start + inserted.length);
        // What is shown afterwards is what the field shows.
        expect(shown(text)).toBe(field);
        expect(text).toHaveLength(held.length - (end - start) + inserted.length);
        expect(text.slice(0, start)).toBe(held.slice(0, start));
        expect(text.endsWith(held.slice(end))).toBe(true);
      },
    ),
    RANDOM,
  );
});

it("puts the caret behind what changed", () => {
  expect(changeEnd("on sale", "on")).toBe(2);
  expect(changeEnd("on", "on sale")).toBe(7);
  expect(changeEnd("abc", "axc")).toBe(2);
  expect(changeEnd("aa", "aaa")).toBe(3);
});

const GEOMETRY = fc.record({
  count: fc.integer({ min: 1, max: 5_000_000 }),
  rowHeight: fc.integer({ min: 24, max: 120 }),
  viewHeight: fc.integer({ min: 200, max: 2_000 }),
});

it("mounts the rows in view, where they are to be seen, in a list of any length", () => {
  fc.assert(
    fc.property(GEOMETRY, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (geometry, row, share) => {
      const { count, rowHeight, viewHeight } = geometry;
      const height = canvasHeight(geometry);
      expect(height).toBeLessThanOrEqual(MAX_CANVAS_PX);
      const most = Math.max(0, height - viewHeight);
      const index = row % count;
      const top = Math.min(most, scrollTo(geometry, index, share * most));
      const { start, end, origin } = rowsInView(geometry, top);
      expect(start).toBeLessThanOrEqual(index);
      expect(end).toBeGreaterThan(index);
      expect(end - start).toBeLessThan(viewHeight / rowHeight + 16);
      const y = origin + index * rowHeight - top;
      expect(y).toBeGreaterThan(-1);
      if (rowHeight <= viewHeight) expect(y + rowHeight).toBeLessThan(viewHeight + 1);
    }),
    RANDOM,
  );
});

it("inserts many phrases at an index in one step", () => {
  const draft = new TrackerDraft({ name: "Sale", vocabulary: ["a", "d"] }, { for: "create" });
  const { changed } = draft.insertPhrases(1, ["b", "a"]);
  expect(draft.toTracker().vocabulary).toEqual(["a", "b", "a", "d"]);
  expect(changed.map((key) => draft.indexOf(key))).toEqual([2]);
  draft.undo();
  expect(draft.toTracker().vocabulary).toEqual(["a", "d"]);
  expect(() => draft.insertPhrases(3, ["x"])).toThrow(RangeError);
  draft.dispose();
});

it("calls the same texts empty as the validator does", () => {
  const characters = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  const all = [...characters, "", "a ", "\u200b\u3164 ", "\ud800"];
  const options = { for: "create", maxBodyBytes: 2 ** 30, maxIssues: 10_000 } as const;
  const result = validateTracker({ name: "Sale", vocabulary: all }, options);
  if (result.ok) throw new Error("some are empty");
  const blank = result.issues.filter(({ code }) => code === "blank").map(({ path }) => all[Number(path[1])]);
  expect(all.filter(isBlank)).toEqual(blank);
});

const SPACED = fc.string({
  unit: fc.constantFrom(
    ..."aAßsSéÉ",
    "e\u0301",
    "ｓ",
    "ﬁ",
    "ς",
    " ",
    "\u00a0",
    "\t",
    "\u0085",
    "\u200b",
    "\ufeff",
    "¨",
  ),
  maxLength: 6,
});

it("calls the same texts nearly equal as the advice does", () => {
  fc.assert(
    fc.property(SPACED, SPACED, (a, b) => {
      fc.pre(a !== b && !isBlank(a) && !isBlank(b));
      const { advice } = adviseTracker({ name: "Sale", vocabulary: [a, b] });
      expect(folded(a) === folded(b)).toBe(advice.some(({ code }) => code === "near_duplicate"));
    }),
    RANDOM,
  );
  // Equal ones are rare among random ones.
  fc.assert(
    fc.property(SPACED, fc.constantFrom(" ", "\u200b", "\u0085"), fc.nat(), (a, inserted, at) => {
      const b = a.slice(0, at % (a.length + 1)) + inserted + a.slice(at % (a.length + 1));
      fc.pre(!isBlank(a));
      const { advice } = adviseTracker({ name: "Sale", vocabulary: [a, b.toUpperCase()] });
      const isNear = advice.some(({ code }) => code === "near_duplicate");
      expect(a !== b.toUpperCase() && folded(a) === folded(b.toUpperCase())).toBe(isNear);
    }),
    RANDOM,
  );
});
