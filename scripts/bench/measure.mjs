/** Measures all contestants side by side, on fresh objects, in one run. Runs in Chromium and in Node. */
import { KINDS, SIZES, tracker, trackers } from "./data.mjs";

/**
 * @typedef {ReturnType<import("./contestants/contestant.ts").Create>} Validator
 * @typedef {Record<string, Validator>} Validators
 * @typedef {{ rounds: number, soak: number[] }} Plan
 * @typedef {{ size: string, kind: string, milliseconds: Record<string, number>, ratios: Record<string, number> }} Cell
 *   `ratios` are relative to symbl-tracker: 2 takes twice as long
 * @typedef {{ calls: number, wasm: number, heap: number }} Memory bytes in use after `calls` calls
 * @typedef {{ cells: Cell[], memory: Memory[] }} Measured
 */

const OURS = "symbl-tracker";

/** Rounds that are not recorded, so the engine's optimising compiler has compiled everything before the first sample. */
const WARM_UP = 15;

/** Both engines run with `--expose-gc`. */
const collect = /** @type {(options?: { type: "minor" }) => void} */ (Reflect.get(globalThis, "gc"));

/**
 * @param {string[]} names
 * @param {string} base the URL of the folder with the contestants' bundles
 * @param {Plan} plan
 * @param {() => number} heapBytes returns the size of the JavaScript heap
 * @returns {Promise<Measured>}
 */
export async function measure(names, base, plan, heapBytes) {
  const wasmBytes = watchWasmMemory();
  /** @type {Validators} */
  const validators = {};
  for (const name of names) {
    /** @type {{ create: import("./contestants/contestant.ts").Create }} */
    const { create } = await import(/* @vite-ignore */ `${base}${name}.js`);
    validators[name] = create();
  }
  assertSameResults(validators);
  const cells = KINDS.flatMap((kind) =>
    Object.entries(SIZES).map(([size, bytes]) => ({
      size,
      kind,
      ...compare(validators, trackers(bytes, kind), plan.rounds),
    })),
  );
  const memory = soak(/** @type {Validator} */ (validators[OURS]), plan.soak, wasmBytes, heapBytes);
  return { cells, memory };
}

/**
 * @param {string} url the URL of a bundle that this engine has not loaded yet
 * @returns {Promise<number>} milliseconds from the import to the validation result for 1 KB, including all set-up
 */
export async function firstCall(url) {
  const value = JSON.parse(tracker(SIZES["1 KB"], "ASCII"));
  const start = performance.now();
  const { create } = await import(/* @vite-ignore */ url);
  create()(value);
  return performance.now() - start;
}

/**
 * Throws unless all contestants give the same results: otherwise they would not do the same work.
 *
 * @param {Validators} validators
 */
function assertSameResults(validators) {
  const accepted = tracker(SIZES["10 KB"], "non-ASCII, many escapes");
  const named = { id: "1", name: "n" };
  /** @type {[value: unknown, result: { bytes: number, issues: string[] }][]} */
  const cases = [
    [JSON.parse(accepted), { bytes: new TextEncoder().encode(accepted).length, issues: [] }],
    [
      { ...named, vocabulary: ["a", "b", "a", "c", "a", "b"] },
      {
        bytes: 0,
        issues: ["/vocabulary/2 duplicate 0", "/vocabulary/4 duplicate 0", "/vocabulary/5 duplicate 1"],
      },
    ],
    [
      { ...named, vocabulary: ["a", 1] },
      { bytes: 0, issues: ["/vocabulary/1 type"] },
    ],
    [
      { ...named, name: 1, vocabulary: [] },
      { bytes: 0, issues: ["/name type"] },
    ],
  ];
  for (const [name, validate] of Object.entries(validators)) {
    for (const [value, expected] of name === "floor" ? cases.slice(0, 1) : cases) {
      const result = JSON.stringify(validate(value));
      if (result !== JSON.stringify(expected)) throw new Error(`${name} returned ${result}`);
    }
  }
}

/**
 * Validates the same trackers with each contestant, in a new random order in each round.
 *
 * @param {Validators} validators
 * @param {string[]} texts
 * @param {number} rounds
 */
function compare(validators, texts, rounds) {
  /** @type {Record<string, number[]>} */
  const samples = Object.fromEntries(Object.keys(validators).map((name) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [name, validate] of shuffled(Object.entries(validators))) {
      // Parsed again for each contestant, so no string has been hashed or flattened by the previous one. The garbage
      // collection keeps one contestant from paying for another's garbage.
      const values = texts.map((text) => JSON.parse(text));
      collect({ type: "minor" });
      const start = performance.now();
      for (const value of values) validate(value);
      const elapsed = performance.now() - start;
      if (round >= 0) samples[name]?.push(elapsed / values.length);
    }
  }
  const ours = /** @type {number[]} */ (samples[OURS]);
  // Ratios are taken in each round, because a slowdown of the machine affects both times of a round.
  const ratio = (/** @type {number[]} */ times) => median(times.map((time, i) => time / Number(ours[i])));
  return { milliseconds: mapValues(samples, median), ratios: mapValues(samples, ratio) };
}

/**
 * Measures memory while one tracker of 1 MB is validated repeatedly.
 *
 * @param {Validator} validate
 * @param {number[]} counts
 * @param {() => number} wasmBytes
 * @param {() => number} heapBytes
 */
function soak(validate, counts, wasmBytes, heapBytes) {
  const value = JSON.parse(tracker(SIZES["1 MB"], "ASCII"));
  let calls = 0;
  return counts.map((count) => {
    for (; calls < count; calls++) validate(value);
    collect();
    return { calls, wasm: wasmBytes(), heap: heapBytes() };
  });
}

/** Returns a function that gives the memory size of the last instantiated module. The package does not expose it. */
export function watchWasmMemory() {
  /** @type {WebAssembly.Memory | undefined} */
  let memory;
  WebAssembly.Instance = class extends WebAssembly.Instance {
    /**
     * @param {WebAssembly.Module} module
     * @param {WebAssembly.Imports} [imports]
     */
    constructor(module, imports) {
      super(module, imports);
      // Found by type, because the minifier chooses its name.
      memory = Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory);
    }
  };
  return () => memory?.buffer.byteLength ?? 0;
}

/** @param {number[]} numbers */
export function median(numbers) {
  return Number([...numbers].sort((a, b) => a - b)[numbers.length >> 1]);
}

/**
 * @template T
 * @param {T[]} items
 */
function shuffled(items) {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/**
 * @template T, U
 * @param {Record<string, T>} record
 * @param {(value: T) => U} change
 */
function mapValues(record, change) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
