// Merging through the built package; what a merge is, the crate's tests say.

import { mergeTrackers, TrackerDraft, type TrackerVersion, updateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { start } from "../www/sandbox/server.mjs";
import { drafts, merger } from "./common/wasm.js";

const tracker = (vocabulary: string[], name = "Sale") => ({ id: "42", name, vocabulary });

describe("mergeTrackers", () => {
  it("keeps what only one version changed", () => {
    expect(
      mergeTrackers(
        tracker(["on sale", "half price"]),
        tracker(["on sale", "half price", "flash sale"]),
        tracker(["on sale"], "Sales"),
      ),
    ).toEqual({ tracker: tracker(["on sale", "flash sale"], "Sales"), conflicts: [] });
  });

  it("lists conflicts as plain data", () => {
    expect(
      mergeTrackers(
        tracker(["É", "Sale", "gone"]),
        tracker(["é", "sale", "New"], "a"),
        tracker(["E\u0301", "new"], "b"),
      ),
    ).toEqual({
      tracker: tracker(["é", "sale", "New", "E\u0301", "new"], "a"),
      conflicts: [
        { code: "name", base: "Sale", mine: "a", theirs: "b" },
        { code: "spelling", base: "É", mine: "é", theirs: "E\u0301" },
        { code: "edited_and_removed", base: "Sale", mine: "sale" },
        { code: "spelling", mine: "New", theirs: "new" },
      ],
    });
  });

  it("reads drafts and leaves them as they are", () => {
    const base = tracker(["a", '"\\\n\u2028', "客户 😀", "\ud800"]);
    const mine = new TrackerDraft(base);
    mine.appendPhrases(["mine"]);
    const theirs = new TrackerDraft(base);
    theirs.removePhrase(0);
    const expected = tracker([...base.vocabulary.slice(1), "mine"]);
    expect(mergeTrackers(new TrackerDraft(base), mine, theirs)).toEqual({ tracker: expected, conflicts: [] });
    expect(mergeTrackers(base, mine, theirs.toTracker() as TrackerVersion).tracker).toEqual(expected);
    expect([mine.length, theirs.length]).toEqual([5, 3]);
    expect(mine.undo().ok).toBe(false);
    expect(mine.toTracker()).toEqual(base);
  });

  it("merges frozen trackers, and new ones without an id", () => {
    const frozen = Object.freeze({ name: "n", vocabulary: Object.freeze(["a"]) });
    expect(mergeTrackers(frozen, frozen, { ...frozen, vocabulary: ["a", "b"] })).toEqual({
      tracker: { name: "n", vocabulary: ["a", "b"] },
      conflicts: [],
    });
    expect(mergeTrackers(frozen, frozen, { ...frozen, id: "1" }).tracker).toEqual({ ...frozen, id: "1" });
  });

  it("merges 23,000 phrases", () => {
    const base = Array.from({ length: 23_000 }, (_, index) => `the phrase with the number ${index}`);
    const mine = base.filter((_, index) => index % 10 !== 7);
    const theirs = base.map((phrase, index) => (index % 10 === 3 ? `${phrase} é` : phrase));
    const merged = mergeTrackers(tracker(base), tracker(mine), tracker(theirs));
    expect(merged.conflicts).toEqual([]);
    expect(merged.tracker).toEqual(tracker(theirs.filter((_, index) => index % 10 !== 7)));
  });

  it("makes a tracker that the service takes", async () => {
    const sandbox = await start();
    try {
      const id = "4476908732794496";
      const base = { id, name: "Promotion Mention", vocabulary: ["on sale"] };
      const merged = mergeTrackers(
        base,
        { ...base, vocabulary: ["on sale", "flash sale"] },
        { ...base, name: "Sale" },
      );
      const options = { baseUrl: sandbox.url, accessToken: sandbox.token() };
      const { tracker: updated } = await updateTracker(id, merged.tracker, options);
      expect(updated.vocabulary).toEqual(expect.arrayContaining(["on sale", "flash sale"]));
      expect(updated.name).toBe("Sale");
    } finally {
      await sandbox.close();
    }
  });
});

describe("what cannot be merged", () => {
  const good = tracker(["a"]);
  const merge = (...versions: unknown[]) =>
    (mergeTrackers as (...versions: unknown[]) => unknown)(...versions);

  // Not `it.each`, which reads the values for its titles.
  const hostile: [unknown, RegExp][] = [
    [undefined, /mine cannot be merged: /],
    [null, /mine cannot be merged: /],
    [[], /mine cannot be merged: /],
    ["{}", /mine cannot be merged: /],
    [{ id: "42" }, /mine\/name cannot be merged: The name is missing/],
    [{ name: "n" }, /mine\/vocabulary cannot be merged: The vocabulary is missing/],
    [{ name: "n", vocabulary: ["a", 1] }, /mine\/vocabulary\/1 cannot be merged: /],
    [{ name: "n", vocabulary: "a" }, /mine\/vocabulary cannot be merged: /],
    [{ name: 1, vocabulary: [] }, /mine\/name cannot be merged: /],
    [{ tracker: good }, /mine cannot be merged: .*tracker/],
    [{ ...good, language: "en" }, /mine cannot be merged: .*language/],
    [1n, /mine cannot be read: /],
    [
      new Proxy(good, {
        get: () => {
          throw new Error("no name");
        },
      }),
      /mine cannot be read: no name/,
    ],
    [new Proxy([], { ownKeys: () => ["x"] }), /mine/],
    [{ name: "n", vocabulary: ["a".repeat(9_000_000)] }, /mine has at least 9000\d\d\d bytes/],
  ];
  it("is told, with its place", () => {
    for (const [value, message] of hostile) {
      expect(() => merge(good, value, good)).toThrow(TypeError);
      expect(() => merge(good, value, good)).toThrow(message);
      expect(mergeTrackers(good, good, good).tracker).toEqual(good);
    }
  });

  it("says which version it is, and that ids differ", () => {
    expect(() => merge(null, good, good)).toThrow("base cannot be merged");
    expect(() => merge(good, good)).toThrow("theirs cannot be merged");
    expect(() => merge(good, { ...good, id: "43" }, good)).toThrow(RangeError);
    const disposed = new TrackerDraft(good);
    disposed.dispose();
    expect(() => merge(good, disposed, good)).toThrow("mine cannot be read: this draft has been disposed of");
  });

  it("a getter may call the package", () => {
    const nested = {
      id: "42",
      get name() {
        return mergeTrackers(good, good, tracker(["b"], "inner")).tracker.name;
      },
      vocabulary: ["a", "x"],
    };
    expect(mergeTrackers(good, nested, tracker(["a", "y"])).tracker).toEqual(
      tracker(["a", "x", "y"], "inner"),
    );
  });

  it.each([
    ["merging", merger],
    ["drafts", drafts],
  ])("goes on after a trap in the module for %s", (_, module) => {
    const draft = new TrackerDraft(tracker(["a", "mine"]));
    expect(() =>
      module.run(() => {
        throw new WebAssembly.RuntimeError("a trap");
      }),
    ).toThrow("a trap");
    expect(mergeTrackers(good, draft, tracker(["a", "theirs"])).tracker.vocabulary).toEqual([
      "a",
      "mine",
      "theirs",
    ]);
  });
});
