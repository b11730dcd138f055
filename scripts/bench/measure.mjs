/** What runs in Chromium and in Node alike: everybody side by side, on fresh objects, in one run. */
import { KINDS, SIZES, tracker, trackers } from "./data.mjs";

/**
 * @typedef {ReturnType<import("./contestants/contestant.ts").Create>} Judge
 * @typedef {Record<string, Judge>} Judges
 * @typedef {{ rounds: number, soak: number[] }} Plan
 * @typedef {{ size: string, kind: string, milliseconds: Record<string, number>, ratios: Record<string, number> }} Cell
 *   `ratios` are to symbl-tracker: 2 takes twice as long
 * @typedef {{ calls: number, wasm: number, heap: number }} Memory bytes after so many calls
 * @typedef {{ cells: Cell[], memory: Memory[] }} Measured
 */

const OURS = "symbl-tracker";

/** Enough for the engine's best compiler to have seen all. */
const WARM_UP = 15;

/** Both engines run with `--expose-gc`. */
const collect = /** @type {(options?: { type: "minor" }) => void} */ (Reflect.get(globalThis, "gc"));

/**
 * @param {string[]} names
 * @param {string} base where the contestants' bundles are
 * @param {Plan} plan
 * @param {() => number} heapBytes of the JavaScript heap
 * @returns {Promise<Measured>}
 */
export async function measure(names, base, plan, heapBytes) {
  const wasmBytes = watchWasmMemory();
  /** @type {Judges} */
  const judges = {};
  for (const name of names) {
    /** @type {{ create: import("./contestants/contestant.ts").Create }} */
    const { create } = await import(/* @vite-ignore */ `${base}${name}.js`);
    judges[name] = create();
  }
  agree(judges);
  const cells = KINDS.flatMap((kind) =>
    Object.entries(SIZES).map(([size, bytes]) => ({
      size,
      kind,
      ...compare(judges, trackers(bytes, kind), plan.rounds),
    })),
  );
  const memory = soak(/** @type {Judge} */ (judges[OURS]), plan.soak, wasmBytes, heapBytes);
  return { cells, memory };
}

/**
 * @param {string} url of a bundle that this engine has not seen yet
 * @returns {Promise<number>} milliseconds from the import to the verdict on 1 KB, with whatever has to be built first
 */
export async function firstCall(url) {
  const value = JSON.parse(tracker(SIZES["1 KB"], "ASCII"));
  const start = performance.now();
  const { create } = await import(/* @vite-ignore */ url);
  create()(value);
  return performance.now() - start;
}

/**
 * Everybody must accept and refuse alike, or the work is not the same.
 *
 * @param {Judges} judges
 */
function agree(judges) {
  const accepted = tracker(SIZES["10 KB"], "non-ASCII, many escapes");
  const named = { id: "1", name: "n" };
  /** @type {[value: unknown, answer: { bytes: number, issues: string[] }][]} */
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
  for (const [name, judge] of Object.entries(judges)) {
    for (const [value, expected] of name === "floor" ? cases.slice(0, 1) : cases) {
      const answer = JSON.stringify(judge(value));
      if (answer !== JSON.stringify(expected)) throw new Error(`${name} answers ${answer}`);
    }
  }
}

/**
 * Judges the same trackers with everybody, again and again, in an order that changes.
 *
 * @param {Judges} judges
 * @param {string[]} texts
 * @param {number} rounds
 */
function compare(judges, texts, rounds) {
  /** @type {Record<string, number[]>} */
  const samples = Object.fromEntries(Object.keys(judges).map((name) => [name, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [name, judge] of shuffled(Object.entries(judges))) {
      // Parsed anew, so that no string was hashed or flattened for whoever came before, and nobody pays for
      // another's garbage.
      const values = texts.map((text) => JSON.parse(text));
      collect({ type: "minor" });
      const start = performance.now();
      for (const value of values) judge(value);
      const elapsed = performance.now() - start;
      if (round >= 0) samples[name]?.push(elapsed / values.length);
    }
  }
  const ours = /** @type {number[]} */ (samples[OURS]);
  // Round by round, so that a machine that slows down slows both.
  const ratio = (/** @type {number[]} */ times) => median(times.map((time, i) => time / Number(ours[i])));
  return { milliseconds: mapValues(samples, median), ratios: mapValues(samples, ratio) };
}

/**
 * A megabyte judged again and again.
 *
 * @param {Judge} judge
 * @param {number[]} counts
 * @param {() => number} wasmBytes
 * @param {() => number} heapBytes
 */
function soak(judge, counts, wasmBytes, heapBytes) {
  const value = JSON.parse(tracker(SIZES["1 MB"], "ASCII"));
  let calls = 0;
  return counts.map((count) => {
    for (; calls < count; calls++) judge(value);
    collect();
    return { calls, wasm: wasmBytes(), heap: heapBytes() };
  });
}

/** The size of the memory of the last module instantiated, which its own package keeps to itself. */
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
      // Its name is short and arbitrary.
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
