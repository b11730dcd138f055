/** Compares one edit of a draft with validating the whole tracker again. Runs in Chromium and in Node. */
import { TrackerDraft, validateTracker } from "symbl-tracker";
import { SIZES, tracker } from "./data.mjs";
import { median, watchWasmMemory } from "./measure.mjs";

/**
 * @typedef {ReturnType<import("./contestants/contestant.ts").Create>} Validator
 * @typedef {{ size: string, phrases: number, microseconds: Record<string, number> }} Edits
 * @typedef {{ phrases: number, milliseconds: Record<string, number>, ratio: number }} Paste `ratio` is relative to validating
 * @typedef {{ text: number, phrases: number, opened: number, edited: number, sent: number }} Memory bytes of wasm
 *   memory that a draft takes after it is opened, after edits and after `toTracker()`
 * @typedef {{ edits: Edits[], paste: Paste, memory: Memory }} Drafts
 */

/** Edits per sample: enough for a timer with a resolution of 5 µs. */
const EDITS = 400;
const PASTED = 33_000;

/**
 * @param {string[]} names the contestants that validate the whole tracker after each edit
 * @param {string} base the URL of the folder with the contestants' bundles
 * @param {number} rounds
 * @returns {Promise<Drafts>}
 */
export async function measureDrafts(names, base, rounds) {
  // Measured first, before anything else grows the instance's memory.
  const memory = measureMemory();
  /** @type {Record<string, Validator>} */
  const validators = {};
  for (const name of names) {
    /** @type {{ create: import("./contestants/contestant.ts").Create }} */
    const { create } = await import(/* @vite-ignore */ `${base}${name}.js`);
    validators[name] = create();
  }
  const edits = Object.entries(SIZES).map(([size, bytes]) => compare(size, bytes, validators, rounds));
  return { edits, paste: paste(rounds), memory };
}

/**
 * @param {string} size
 * @param {number} bytes
 * @param {Record<string, Validator>} validators
 * @param {number} rounds
 * @returns {Edits}
 */
function compare(size, bytes, validators, rounds) {
  const value = JSON.parse(tracker(bytes, "ASCII"));
  const { vocabulary } = value;
  const draft = new TrackerDraft(value);
  const phrases = vocabulary.length;
  let count = 0;
  // The step is a prime that divides none of the lengths, so it reaches every row.
  const nextIndex = () => (++count * 7919) % draft.length;
  /** @type {Record<string, () => void>} */
  const tasks = {
    setPhrase: () => draft.setPhrase(nextIndex(), `a phrase that was edited ${count}`),
    "insert, move, remove": () => {
      const at = nextIndex();
      if (count % 3 === 0) draft.insertPhrase(at, `a phrase that is new ${count}`);
      else if (count % 3 === 1) draft.movePhrase(at, nextIndex());
      else draft.removePhrase(at);
    },
    "a row typed in and shown": () => {
      const key = draft.keyAt(nextIndex());
      const index = draft.indexOf(key);
      const { changed } = draft.setPhrase(index, `a phrase as it is typed ${count}`);
      for (const row of changed) draft.issuesAt(draft.indexOf(row));
      draft.issuesAt(index);
      draft.adviceAt(index);
    },
    "undo, redo": () => {
      draft.undo();
      draft.redo();
    },
  };
  for (const [name, validate] of Object.entries(validators)) {
    tasks[name] = () => {
      vocabulary[nextIndex() % phrases] = `a phrase that was edited ${++count}`;
      validate(value);
    };
  }
  /** @type {Record<string, number[]>} */
  const samples = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = -5; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const times = name in validators ? Math.max(1, Math.round(SIZES["100 KB"] / bytes)) : EDITS;
      const start = performance.now();
      for (let i = 0; i < times; i++) task();
      const elapsed = performance.now() - start;
      if (round >= 0) samples[name]?.push((1000 * elapsed) / times);
    }
  }
  draft.dispose();
  const microseconds = Object.fromEntries(
    Object.entries(samples).map(([name, times]) => [name, median(times)]),
  );
  return { size, phrases, microseconds };
}

/** @param {number} rounds @returns {Paste} */
function paste(rounds) {
  const text = JSON.stringify(short(PASTED));
  /** @type {number[]} */
  const pasting = [];
  /** @type {number[]} */
  const validating = [];
  for (let round = -5; round < rounds; round++) {
    const vocabulary = JSON.parse(text);
    const draft = new TrackerDraft({ id: "1", name: "Sale", vocabulary: ["the first phrase"] });
    let start = performance.now();
    draft.appendPhrases(vocabulary);
    const pasted = performance.now() - start;
    draft.dispose();
    const value = { id: "1", name: "Sale", vocabulary: JSON.parse(text) };
    start = performance.now();
    const { ok } = validateTracker(value);
    const validated = performance.now() - start;
    if (!ok) throw new Error("these phrases should be valid");
    if (round < 0) continue;
    pasting.push(pasted);
    validating.push(validated);
  }
  const ratio = median(pasting.map((time, i) => time / Number(validating[i])));
  return {
    phrases: PASTED,
    milliseconds: { appendPhrases: median(pasting), validateTracker: median(validating) },
    ratio,
  };
}

/** @returns {Memory} */
function measureMemory() {
  const wasmBytes = watchWasmMemory();
  validateTracker({});
  const before = wasmBytes();
  const value = { id: "1", name: "Sale", vocabulary: short(PASTED) };
  const draft = new TrackerDraft(value);
  const text = draft.bytes;
  const opened = wasmBytes() - before;
  for (let i = 0; i < 20_000; i++) {
    const at = (i * 7919) % PASTED;
    draft.setPhrase(at, `edited ${draft.phraseAt(at).slice(7)}`);
  }
  const edited = wasmBytes() - before;
  draft.toTracker();
  const sent = wasmBytes() - before;
  draft.dispose();
  return { text, phrases: PASTED, opened, edited, sent };
}

/**
 * Returns short phrases of the length that people write. `PASTED` of them fill about a megabyte.
 *
 * @param {number} count
 */
function short(count) {
  const words = "sale offer price month today refund cancel order trial card plan item".split(" ");
  return Array.from({ length: count }, (_, i) => {
    const word = (/** @type {number} */ at) => words[Math.floor(i / 12 ** at) % 12];
    return `${word(0)} ${word(1)} ${word(2)} ${word(3)} ${word(4)} ${i % 7}`.slice(0, 27 + (i % 5));
  });
}
