// Drafts through the built package: edits, listeners, and their end.

import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Change, type Tracker, TrackerDraft, validateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { drafts, memoryOf } from "./common/wasm.js";

const tracker = () => ({ id: "1", name: "Sale", vocabulary: ["on sale", "flash sale", "big sale"] });

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
    for (const key of [99, -1, 0.5, Number.NaN, Infinity]) expect(draft.indexOf(key)).toBe(-1);
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

  it("of a megabyte keeps to itself the buffer that its text came in", () => {
    const vocabulary = Array.from({ length: 33_000 }, (_, index) => `phrase number ${index}`);
    const value = { id: "1", name: "Sale", vocabulary };
    const [pasted, replaced] = [new TrackerDraft({ id: "1", name: "Sale" }), new TrackerDraft()];
    pasted.appendPhrases(vocabulary);
    replaced.replaceAll(value);
    for (const draft of [new TrackerDraft(value), pasted, replaced]) {
      expect(validateTracker({ ...tracker(), name: "over what was there".repeat(5000) }).ok).toBe(true);
      draft.setPhrase(1, "edited".repeat(5000));
      draft.undo();
      expect(draft.toTracker()).toEqual(value);
      draft.dispose();
    }
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
    for (const value of [undefined, null, "ab", { length: 2 ** 32 - 1 }]) {
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
      "a draft holds only texts; /vocabulary/1: Expected a string, got a Set (sent as an object).",
    );
    expect(() => new TrackerDraft({}, hostile({ maxIssues: -1 }))).toThrow(TypeError);
    expect(() => draft.applyAdvice(hostile([{ code: 1, pointer: {}, replacement: [] }]))).toThrow(TypeError);
    expect(draft.toTracker()).toEqual(tracker());
    expect(draft.canUndo).toBe(false);
  });

  it("grows as far as validateTracker reads, and no further", () => {
    const draft = new TrackerDraft({ id: "1", name: "n", vocabulary: [] }, { maxBodyBytes: 10 });
    const texts = Array.from({ length: 20 }, (_, index) => `${index}`);
    // Far more phrases than the limit has bytes.
    const result = validateTracker({ id: "1", name: "n", vocabulary: texts }, { maxBodyBytes: 10 });
    expect(draft.appendPhrases(texts)).toMatchObject({ ok: false, bytes: result.bytes });
    expect(() => draft.appendPhrases(new Array(2 ** 32 - 1))).toThrow(RangeError);
    for (const length of [-1, 1.5, Number.NaN]) {
      const phrases = new Proxy(["a", "b"], {
        get: (target, key) => (key === "length" ? length : Reflect.get(target, key)),
      });
      expect(() => draft.appendPhrases(phrases)).toThrow(RangeError);
    }
    const megabyte = "m".repeat(2 ** 20);
    const grow = () => {
      for (let count = 0; count < 9; count++) draft.insertPhrase(0, megabyte + count);
    };
    expect(grow).toThrow("would take the draft far over the limit");
    expect(draft.length).toBe(27);
    expect(() => draft.setName("x".repeat(2 ** 20))).toThrow(RangeError);
    expect(() => draft.replaceAll({ name: "x".repeat(2 ** 23) } as Tracker)).toThrow(RangeError);
    const { bytes } = draft;
    expect(validateTracker(draft.toTracker(), { maxBodyBytes: 10 }).bytes).toBe(bytes);
    // What is there already is no hindrance to taking it out, or to taking another tracker.
    draft.applyAdvice(draft.advice());
    draft.removePhrase(0);
    draft.setPhrase(0, "short");
    draft.undo();
    draft.undo();
    expect(draft.bytes).toBe(bytes);
    expect(draft.replaceAll({ id: "1", name: megabyte, vocabulary: [megabyte] }).ok).toBe(false);
  });
});

describe("listeners", () => {
  it("hear of every edit until they end it", () => {
    const draft = new TrackerDraft(tracker());
    const heard: Change[] = [];
    const stop = draft.subscribe((change) => heard.push(change));
    const change = draft.setPhrase(0, "x");
    stop();
    draft.undo();
    expect(heard).toEqual([change]);
  });

  it("that edit are told after the others of the edit before", () => {
    const draft = new TrackerDraft(tracker());
    const heard: string[] = [];
    draft.subscribe(({ bytes }) => {
      heard.push(`first ${bytes}`);
      if (draft.length < 6) draft.insertPhrase(0, `phrase ${draft.length}`);
    });
    draft.subscribe(({ bytes }) => heard.push(`second ${bytes}`));
    const { bytes } = draft.setName("n");
    expect(draft.bytes).toBe(bytes + 33);
    const sizes = [bytes, bytes + 11, bytes + 22, bytes + 33];
    expect(heard).toEqual(sizes.flatMap((size) => [`first ${size}`, `second ${size}`]));
  });

  it("that end others, or the draft, keep them from being told", () => {
    const draft = new TrackerDraft(tracker());
    const heard: string[] = [];
    let stop = () => {};
    draft.subscribe(() => stop());
    stop = draft.subscribe(() => heard.push("ended"));
    draft.subscribe(() => {
      heard.push("told");
      draft.subscribe(() => heard.push("too late for this edit"));
      draft.dispose();
    });
    draft.subscribe(() => heard.push("of a draft that is gone"));
    const change = draft.setName("n");
    expect([change.ok, heard]).toEqual([true, ["told"]]);
    expect(() => draft.length).toThrow("disposed");
  });

  it("that throw cost neither the edit nor the others", async () => {
    const draft = new TrackerDraft(tracker());
    const uncaught: unknown[] = [];
    const catching = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (error) => uncaught.push(error));
    try {
      const error = new Error("a listener's own");
      draft.subscribe(() => {
        throw error;
      });
      const heard: Change[] = [];
      draft.subscribe((change) => heard.push(change));
      expect(heard).toEqual([]);
      const changes = [draft.setName("n"), draft.setName("m")];
      expect(heard).toEqual(changes);
      await setTimeout(1);
      expect(uncaught).toEqual([error, error]);
    } finally {
      process.removeAllListeners("uncaughtException");
      for (const listener of catching) process.on("uncaughtException", listener);
    }
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
  it.each([
    ["out of bounds", (wasm: typeof drafts.instance) => wasm.draft_length(0xffff_fff0)],
    ["out of memory", (wasm: typeof drafts.instance) => wasm.reserve(0xffff_ffff)],
  ])("elsewhere, %s, costs no draft its texts", async (_, trap) => {
    const value = { id: "1", name: '"\ud800', vocabulary: ["a", "A", "a", "\ufeff", "😀"] };
    const [draft, other] = [new TrackerDraft(value, { trackerId: "2" }), new TrackerDraft(tracker())];
    const keys = [draft.keyAt(0), draft.keyAt(4)];
    draft.setPhrase(4, "edited");
    const said = [draft.issues(), draft.advice()];
    for (let times = 0; times < 3; times++) {
      expect(() => drafts.run(trap)).toThrow();
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
    expect(() => drafts.run(trap)).toThrow();
    expect(() => draft.length).toThrow("disposed");
    expect(other.length).toBe(3);
  });

  it("that took a draft along is told at its next use, and costs later drafts nothing", async () => {
    const draft = new TrackerDraft(tracker());
    expect(() =>
      drafts.run((wasm) => {
        new Uint8Array(drafts.instance.memory().buffer).fill(0xff);
        wasm.reserve(0xffff_ffff);
      }),
    ).toThrow();
    const other = new TrackerDraft(tracker());
    other.setName("edited");
    const lost = "the draft was lost when the module failed";
    expect(() => draft.length).toThrow(lost);
    expect(() => draft.setName("n")).toThrow(lost);
    expect(validateTracker(draft)).toMatchObject({ issues: [{ params: { reason: lost } }] });
    expect([other.name, other.canUndo]).toEqual(["edited", true]);
    draft.dispose();
    expect(() => draft.length).toThrow("disposed");
  });

  it("that overflows the stack, in the middle of edits, leaves every draft intact", () => {
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
  // On a busy machine, finalizers run some time after the collection.
  let isFinalized = false;
  const finalizers = new FinalizationRegistry(() => {
    isFinalized = true;
  });
  const value = {
    vocabulary: Array.from({ length: 5000 }, (_, index) => `a phrase of some length, ${index}`),
  };
  let after20 = 0;
  for (let count = 1; count <= 200; count++) {
    new TrackerDraft(value);
    if (count % 10 === 0) {
      isFinalized = false;
      finalizers.register({}, undefined);
      while (!isFinalized) {
        gc();
        await setTimeout(1);
      }
    }
    if (count === 20) after20 = memoryOf(drafts);
  }
  expect(memoryOf(drafts)).toBe(after20);
});
