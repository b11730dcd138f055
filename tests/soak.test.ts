// What goes wrong only in the long run: memory that never comes back, and an instance that a trap has spoilt.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { validateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { memoryOf, validator } from "./common/wasm.js";
import { hostile, misjudged } from "./hostile/index.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const good = { id: "1", name: "Sale", vocabulary: ["on sale"] };
const bad = { id: "1", name: "Sale", vocabulary: ["on sale", "on sale"] };

function stillRight() {
  expect(validateTracker(good)).toEqual({ ok: true, bytes: 49, limit: 1_048_576 });
  expect(validateTracker(bad)).toMatchObject({
    ok: false,
    issues: [{ code: "duplicate", params: { first: 0 } }],
  });
}

/** Bytes in use: of the instance, of the JavaScript heap, and of the process. */
function memory() {
  collectGarbage();
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { wasm: memoryOf(validator), heap: heapUsed, process: rss };
}

/** Repeats `work`, its beginning unseen, and gives the growth in bytes over the rest. */
function growth(times: number, work: (time: number) => void, warmUp = Math.ceil(times / 10)) {
  for (let time = 0; time < warmUp; time++) work(time);
  const before = memory();
  for (let time = warmUp; time < times; time++) work(time);
  const after = memory();
  return {
    wasm: after.wasm - before.wasm,
    heap: after.heap - before.heap,
    process: after.process - before.process,
  };
}

/** What the engine itself may add meanwhile: feedback, code, a heap that is larger than it has to be. */
const MEGABYTE = 2 ** 20;

describe("memory is flat and the answers are right", () => {
  it("over 100,000 getters that throw", () => {
    const thrower = {
      ...good,
      get name(): string {
        throw new Error("not today");
      },
    };
    const grown = growth(100_000, () => {
      if (validateTracker(thrower).ok) expect.unreachable();
    });
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.heap).toBeLessThan(2 * MEGABYTE);
    stillRight();
  });

  it("over 100,000 refusals whose values are asked for the author's words", () => {
    const refused = { ...good, name: undefined, vocabulary: [new Set(), Number.NaN] };
    const grown = growth(100_000, () => {
      if (validateTracker(refused).ok) expect.unreachable();
    });
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.heap).toBeLessThan(2 * MEGABYTE);
    stillRight();
  });

  it("over 2,000 traps", () => {
    const grown = growth(2000, () => {
      // Beyond the input's end: a slice panics, and `run` has to make a sound instance.
      expect(() => validator.run((wasm) => wasm.validate(2 ** 30, -1, false, 0, 0))).toThrow(
        WebAssembly.RuntimeError,
      );
      stillRight();
    });
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.heap).toBeLessThan(8 * MEGABYTE);
    // An instance has more than a megabyte: 2,000 of them would be gigabytes.
    expect(grown.process).toBeLessThan(300 * MEGABYTE);
    // The input is sound as well, and can grow.
    const long = { ...good, name: "x".repeat(4 * MEGABYTE) };
    expect(validateTracker(long)).toMatchObject({ issues: [{ code: "too_large" }] });
  });

  it("over 1,000 trackers of 1 MB", () => {
    const vocabulary = Array.from({ length: 23_000 }, (_, index) => `the phrase with the number ${index} é`);
    const grown = growth(1000, (time) => {
      if (!validateTracker({ id: `${time}`, name: "Sale", vocabulary }).ok) expect.unreachable();
    });
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.heap).toBeLessThan(8 * MEGABYTE);
    stillRight();
  });

  it("over every hostile value, again and again", () => {
    const values = hostile.filter(({ endless }) => !endless);
    const judgeAll = () => {
      for (const one of values) expect(misjudged(one, validateTracker, globalThis)).toEqual([]);
    };
    // The longest of them find room in another order the second time.
    const grown = growth(4, judgeAll, 2);
    expect(grown.wasm).toBeLessThanOrEqual(0);
  });

  it("at the end of the stack", () => {
    let dives = 0;
    const dive = (): void => {
      validateTracker(bad);
      dive();
    };
    const grown = growth(20, () => {
      try {
        dive();
      } catch (error) {
        // No function can promise not to throw where there is no stack left for it.
        expect(error).toBeInstanceOf(RangeError);
        dives++;
      }
      stillRight();
    });
    expect(dives).toBe(20);
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.process).toBeLessThan(300 * MEGABYTE);
  });
});
