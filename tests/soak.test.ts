// Failures that appear only over time: memory leaks, and wrong results after a trap.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { validateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { memoryOf, validator } from "./common/wasm.js";
import { hostile, wrongResults } from "./hostile/index.mjs";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const good = { id: "1", name: "Sale", vocabulary: ["on sale"] };
const bad = { id: "1", name: "Sale", vocabulary: ["on sale", "on sale"] };

function expectRightResults() {
  expect(validateTracker(good)).toEqual({ ok: true, bytes: 49, limit: 1_048_576 });
  expect(validateTracker(bad)).toMatchObject({
    ok: false,
    issues: [{ code: "duplicate", params: { first: 0 } }],
  });
}

/** The bytes in use by the wasm instance, the JavaScript heap and the process. */
function memory() {
  collectGarbage();
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { wasm: memoryOf(validator), heap: heapUsed, process: rss };
}

/** Repeats `work` and returns the growth of memory in bytes, without that of the first `warmUp` calls. */
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

// The bounds on growth leave room for the engine's own memory: type feedback, compiled code, spare heap.
const MEGABYTE = 2 ** 20;

describe("memory does not grow and the results stay right", () => {
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
    expectRightResults();
  });

  it("over 100,000 results whose messages say what was received", () => {
    const invalid = { ...good, name: undefined, vocabulary: [new Set(), Number.NaN] };
    const grown = growth(100_000, () => {
      if (validateTracker(invalid).ok) expect.unreachable();
    });
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.heap).toBeLessThan(2 * MEGABYTE);
    expectRightResults();
  });

  it("over 2,000 traps", () => {
    const grown = growth(2000, () => {
      // Beyond the end of the input: slicing it panics, and `run` has to create a new instance.
      expect(() => validator.run((wasm) => wasm.validate(2 ** 30, -1, false, 0, 0))).toThrow(
        WebAssembly.RuntimeError,
      );
      expectRightResults();
    });
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.heap).toBeLessThan(8 * MEGABYTE);
    // An instance takes more than a megabyte, so 2,000 leaked ones would be gigabytes.
    expect(grown.process).toBeLessThan(300 * MEGABYTE);
    // The new instance's input works as well, and can grow.
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
    expectRightResults();
  });

  it("over repeated validation of every hostile value", () => {
    const values = hostile.filter(({ endless }) => !endless);
    const validateAll = () => {
      for (const one of values) expect(wrongResults(one, validateTracker, globalThis)).toEqual([]);
    };
    // A long warm-up: the largest values fragment the memory at first. Over nine rounds it grew in the second or third only.
    const grown = growth(8, validateAll, 4);
    expect(grown.wasm).toBeLessThanOrEqual(0);
  });

  it("over 20 calls without any stack left", () => {
    let dives = 0;
    const dive = (): void => {
      validateTracker(bad);
      dive();
    };
    const grown = growth(20, () => {
      try {
        dive();
      } catch (error) {
        // Every function may throw when there is no stack left.
        expect(error).toBeInstanceOf(RangeError);
        dives++;
      }
      expectRightResults();
    });
    expect(dives).toBe(20);
    expect(grown.wasm).toBeLessThanOrEqual(0);
    expect(grown.process).toBeLessThan(300 * MEGABYTE);
  });
});
