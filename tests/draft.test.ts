// Drafts through the built package: after every edit they say what validateTracker and adviseTracker say.

import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  type Advice,
  adviseTracker,
  type Change,
  type Issue,
  TrackerDraft,
  validateTracker,
} from "symbl-tracker";
import { describe, expect, it } from "vitest";

const tracker = () => ({ id: "1", name: "Sale", vocabulary: ["on sale", "flash sale", "big sale"] });

const all = { maxIssues: Infinity };

/** Few enough to meet all the time: equal, nearly equal, blank, half a pair, with all habits. */
const PHRASES = [
  "a",
  "A",
  " a",
  "a!",
  "um, a! ",
  "b  c",
  "B\u00a0C",
  "é",
  "E\u0301",
  "",
  "\n",
  "\ud800",
  '"\\\u0001',
  "😀",
];

/** mulberry32: one seed, one script. */
function random(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** What a screen shows of each row, by key: its codes, its replacements, and the row that it repeats. */
function shown(draft: TrackerDraft): Map<number, string> {
  const value = draft.toTracker();
  const rows = value.vocabulary.map((_, index) => [draft.keyAt(index), [] as unknown[]] as const);
  const verdict = validateTracker(value, all);
  const found: (Issue | Advice)[] = verdict.ok ? [] : verdict.issues;
  for (const { code, path, params, ...rest } of found.concat(adviseTracker(value, all).advice)) {
    if (typeof path[1] !== "number") continue;
    const facts = "first" in params ? rows[params.first]?.[0] : params;
    rows[path[1]]?.[1].push([code, facts, "replacement" in rest ? rest.replacement : null]);
  }
  return new Map(rows.map(([key, facts]) => [key, JSON.stringify(facts)]));
}

/** The draft to the byte, and its rows. */
function snapshot(draft: TrackerDraft): string {
  const value = draft.toTracker();
  return JSON.stringify([value, value.vocabulary.map((_, index) => draft.keyAt(index))]);
}

function script(seed: number, edits: number): void {
  const below = random(seed);
  const phrase = () => PHRASES[below(PHRASES.length)] as string;
  const options = { trackerId: "1", maxBodyBytes: [1_048_576, 90][below(2)], maxIssues: [100, 2][below(2)] };
  const draft = new TrackerDraft({ id: "1", name: "n", vocabulary: [phrase(), phrase()] }, options);
  const past: string[] = [];
  for (let edit = 0; edit < edits; edit++) {
    const before = shown(draft);
    const state = snapshot(draft);
    const { length } = draft;
    const index = below(Math.max(length, 1));
    let change: Change;
    let undone = false;
    const kind = length === 0 ? 0 : below(20);
    if (kind < 5 && length < 9) change = draft.insertPhrase(below(length + 1), phrase());
    else if (kind < 9) change = draft.setPhrase(index, phrase());
    else if (kind < 11) change = draft.removePhrase(index);
    else if (kind < 13) change = draft.movePhrase(index, below(length));
    else if (kind < 14) change = draft.appendPhrases([phrase(), phrase(), phrase()]);
    else if (kind < 15) change = draft.setName(phrase());
    else if (kind < 16) change = draft.replaceAll({ id: "1", vocabulary: [phrase(), phrase(), phrase()] });
    else if (kind < 18) change = draft.applyAdvice(draft.advice().filter(() => below(2) === 0));
    else {
      change = draft.undo();
      undone = true;
    }
    const value = draft.toTracker();
    const verdict = validateTracker(value, options);
    expect(change).toEqual({ changed: change.changed, ok: verdict.ok, bytes: verdict.bytes });
    expect(draft.bytes).toBe(verdict.bytes);
    expect(draft.issues()).toEqual(verdict.ok ? [] : verdict.issues);
    expect(draft.issueCount).toBe(verdict.ok ? 0 : verdict.issueCount);
    expect({ advice: draft.advice(), adviceCount: draft.adviceCount }).toEqual(adviseTracker(value, options));
    const expected = [...shown(draft)].filter(([key, facts]) => facts !== (before.get(key) ?? "[]"));
    expect(new Set(change.changed)).toEqual(new Set(expected.map(([key]) => key)));
    if (undone) expect(snapshot(draft)).toBe(past.pop() ?? state);
    else if (snapshot(draft) !== state) past.push(state);
    expect(draft.canUndo).toBe(past.length > 0);
  }
  draft.dispose();
}

describe("random scripts", { timeout: 120_000 }, () => {
  // The crate's own tests run 2,000 of 300 edits each. These prove that nothing is lost on the way to JavaScript.
  it("many", () => {
    for (let seed = 0; seed < 2000; seed++) script(seed, 20);
  });

  it("long ones", () => {
    for (let seed = 5000; seed < 5020; seed++) script(seed, 400);
  });
});

describe("a draft", () => {
  it("says what it is", () => {
    const draft = new TrackerDraft(tracker());
    expect(draft).toMatchObject({
      id: "1",
      name: "Sale",
      length: 3,
      ok: true,
      limit: 1_048_576,
      issueCount: 0,
    });
    expect(draft.bytes).toBe(JSON.stringify(tracker()).length);
    expect(draft.toTracker()).toEqual(tracker());
    expect(draft.phraseAt(1)).toBe("flash sale");
    expect(draft.indexOf(draft.keyAt(2))).toBe(2);
    expect(draft.indexOf(99)).toBe(-1);
  });

  it("begins with nothing, or with a part", () => {
    const draft = new TrackerDraft();
    expect(draft.toTracker()).toEqual({ name: "", vocabulary: [] });
    expect(draft.issues().map(({ code, pointer }) => `${pointer} ${code}`)).toEqual([
      "/name blank",
      "/id missing",
    ]);
    expect(new TrackerDraft({ name: "n" }, { for: "create" }).ok).toBe(true);
    expect(new TrackerDraft(undefined, { for: "create" }).id).toBeUndefined();
  });

  it("keeps every text that JavaScript has", () => {
    for (const text of [
      "",
      "\ud800",
      "\udc00\ud800",
      "\ufeffx",
      '"\\\n\u0000',
      "😀",
      "\u2028",
      "é".repeat(5000),
    ]) {
      const draft = new TrackerDraft({ id: text, name: text, vocabulary: [text] });
      expect([draft.id, draft.name, draft.phraseAt(0)]).toEqual([text, text, text]);
      expect(draft.setPhrase(0, `${text}!`).bytes).toBe(draft.bytes);
      expect(draft.toTracker().vocabulary).toEqual([`${text}!`]);
      draft.undo();
      expect(draft.phraseAt(0)).toBe(text);
    }
  });

  it("answers which rows changed", () => {
    const draft = new TrackerDraft(tracker());
    const [first, second, third] = [0, 1, 2].map((index) => draft.keyAt(index));
    expect(draft.setPhrase(2, "on sale").changed).toEqual([third]);
    expect(draft.issuesAt(2)).toEqual([expect.objectContaining({ code: "duplicate", params: { first: 0 } })]);
    expect(new Set(draft.movePhrase(2, 0).changed)).toEqual(new Set([first, third]));
    expect(draft.removePhrase(0).changed).toEqual([first]);
    expect(draft.insertPhrase(1, "plain").changed).toEqual([]);
    expect(draft.setPhrase(2, "Flash Sale!").changed).toEqual([second]);
    expect(draft.adviceAt(2)[0]?.replacement).toBe("Flash Sale");
  });

  it("takes a paste back as one edit", () => {
    const draft = new TrackerDraft(tracker());
    const { ok } = draft.appendPhrases(
      Array.from({ length: 33_000 }, (_, index) => `phrase number ${index}`),
    );
    expect([ok, draft.length]).toEqual([true, 33_003]);
    draft.undo();
    expect(draft.toTracker()).toEqual(tracker());
    draft.redo();
    expect(draft.length).toBe(33_003);
    expect(draft.canRedo).toBe(false);
  });

  it("names an index that is out of range", () => {
    const draft = new TrackerDraft(tracker());
    for (const index of [3, -1, 1.5, Number.NaN, 2 ** 32, Infinity]) {
      const error = new RangeError(`there is no phrase at index ${index}: the draft has 3`);
      expect(() => draft.phraseAt(index)).toThrow(error);
      expect(() => draft.keyAt(index)).toThrow(error);
      expect(() => draft.setPhrase(index, "x")).toThrow(error);
      expect(() => draft.removePhrase(index)).toThrow(error);
      expect(() => draft.movePhrase(0, index)).toThrow(error);
      expect(() => draft.movePhrase(index, 0)).toThrow(error);
      expect(() => draft.issuesAt(index)).toThrow(error);
      expect(() => draft.adviceAt(index)).toThrow(error);
      if (index !== 3) expect(() => draft.insertPhrase(index, "x")).toThrow(error);
    }
    expect(draft.toTracker()).toEqual(tracker());
  });

  it("refuses what is no text, and stays as it was", () => {
    const draft = new TrackerDraft(tracker());
    const hostile = (value: unknown) => value as never;
    expect(() => draft.setName(hostile(1))).toThrow(new TypeError("the text must be a string"));
    expect(() => draft.setPhrase(0, hostile(null))).toThrow(TypeError);
    expect(() => draft.appendPhrases(hostile(["a", 1]))).toThrow(
      new TypeError("the phrase at index 1 must be a string"),
    );
    for (const value of [undefined, null, "ab", { length: 2 ** 32 - 1 }, new Array(2 ** 32 - 1)]) {
      expect(() => draft.appendPhrases(hostile(value))).toThrow(TypeError);
    }
    const cycle: unknown[] = [];
    cycle.push(cycle);
    for (const value of [
      null,
      [],
      { vocabulary: ["a", 1] },
      { x: 1 },
      { id: 1 },
      { name: cycle },
      { vocabulary: "a" },
    ]) {
      expect(() => draft.replaceAll(hostile(value))).toThrow(TypeError);
      expect(() => new TrackerDraft(hostile(value))).toThrow(TypeError);
    }
    expect(() => new TrackerDraft(hostile({ name: "n", vocabulary: ["a", new Set()] }))).toThrow(
      "a draft holds texts alone; /vocabulary/1: Expected a string, got a Set (sent as an object).",
    );
    expect(() => new TrackerDraft({}, hostile({ maxIssues: -1 }))).toThrow(TypeError);
    expect(() => draft.applyAdvice(hostile([{ code: 1, pointer: {}, replacement: [] }]))).toThrow(TypeError);
    expect(draft.toTracker()).toEqual(tracker());
    expect(draft.canUndo).toBe(false);
  });

  it("tells its listeners", () => {
    const draft = new TrackerDraft(tracker());
    const heard: Change[] = [];
    const stop = draft.subscribe((change) => heard.push(change));
    const change = draft.setPhrase(0, "x");
    stop();
    draft.undo();
    expect(heard).toEqual([change]);
  });
});

describe("the end of a draft", () => {
  it("is clear", () => {
    const draft = new TrackerDraft(tracker());
    draft.dispose();
    draft[Symbol.dispose]();
    const error = new TypeError("this draft has been disposed of");
    expect(() => draft.length).toThrow(error);
    expect(() => draft.setName("x")).toThrow(error);
    expect(() => draft.toTracker()).toThrow(error);
    expect(() => draft.limit).toThrow(error);
  });
});

describe("a trap", () => {
  // The package's own instance, which its index does not show.
  const instance = async () => {
    const path = "../pkg/dist/module.js";
    return (await import(path)) as typeof import("../pkg/src/module.js");
  };

  it.each([
    ["out of bounds", (wasm: typeof import("../pkg/src/wasm.js")) => wasm.draft_length(0xffff_fff0)],
    ["out of memory", (wasm: typeof import("../pkg/src/wasm.js")) => wasm.reserve(0xffff_ffff)],
  ])("elsewhere, %s, costs no draft its texts", async (_, trap) => {
    const { run } = await instance();
    const value = { id: "1", name: '"\ud800', vocabulary: ["a", "A", "a", "\ufeff", "😀"] };
    const [draft, other] = [new TrackerDraft(value, { trackerId: "2" }), new TrackerDraft(tracker())];
    const keys = [draft.keyAt(0), draft.keyAt(4)];
    draft.setPhrase(4, "edited");
    const said = [draft.issues(), draft.advice()];
    for (let times = 0; times < 3; times++) {
      expect(() => run(trap)).toThrow();
      expect(validateTracker(tracker()).ok).toBe(true);
    }
    value.vocabulary[4] = "edited";
    expect(draft.toTracker()).toEqual(value);
    expect([draft.issues(), draft.advice()]).toEqual(said);
    expect(other.toTracker()).toEqual(tracker());
    // The history is gone, and no row goes by a key of before.
    expect([draft.canUndo, ...keys.map((key) => draft.indexOf(key))]).toEqual([false, -1, -1]);
    expect(draft.setPhrase(0, "edited again").ok).toBe(false);
    draft.undo();
    expect(draft.phraseAt(0)).toBe("a");
    draft.dispose();
    expect(() => run(trap)).toThrow();
    expect(() => draft.length).toThrow("disposed");
    expect(other.length).toBe(3);
  });

  it("for want of stack, in the middle of edits, leaves every draft sound", () => {
    const draft = new TrackerDraft(tracker());
    const other = new TrackerDraft(tracker());
    let edits = 0;
    const deeper = (): void => {
      try {
        deeper();
      } catch {
        // On the way back out there is ever more stack for the edit.
      }
      if (edits < 200) {
        edits++;
        draft.setPhrase(1, `edit ${edits}`);
      }
    };
    try {
      deeper();
    } catch {
      // The outermost frame may throw as well.
    }
    expect(other.toTracker()).toEqual(tracker());
    expect(draft.toTracker().vocabulary).toHaveLength(3);
    expect(draft.setPhrase(1, "flash sale").ok).toBe(true);
    expect(draft.toTracker()).toEqual(tracker());
  });
});

it("a forgotten draft is freed", { timeout: 60_000 }, async () => {
  setFlagsFromString("--expose_gc");
  const gc: () => void = runInNewContext("gc");
  const path = "../pkg/dist/module.js";
  const { memory } = (await import(path)) as typeof import("../pkg/src/module.js");
  const value = {
    vocabulary: Array.from({ length: 5000 }, (_, index) => `a phrase of some length, ${index}`),
  };
  let after20 = 0;
  for (let count = 1; count <= 200; count++) {
    new TrackerDraft(value);
    if (count % 10 === 0) {
      gc();
      await setTimeout(1);
    }
    if (count === 20) after20 = memory.buffer.byteLength;
  }
  expect(memory.buffer.byteLength).toBe(after20);
});
