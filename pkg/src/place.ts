/**
 * Where a draft is in wasm memory: made, read, edited, freed there, and saved when the instance traps.
 */
import { ceilingOf, writeText } from "./input.js";
import { inputRoom, inputTaken, memory, onTrap, run, type Wasm } from "./module.js";
import type { Rules } from "./options.js";
import type { Change } from "./types.js";

/** Knows nothing of its draft, which it would keep from being collected. */
export interface Place {
  rules: Rules;
  /** In the memory of the present instance; 0 while the draft is not there. */
  address: number;
  /** The body, where the instance trapped that the draft was in. */
  saved: string | undefined;
  /** Tells the keys of an instance's rows from those of the instances before. */
  generation: number;
}

/** Those that are in memory, or saved from it. */
const places = new Set<Place>();

/** A place for the tracker that this JSON is; undefined where it is no JSON of texts. */
export function open(json: string, rules: Rules): Place | undefined {
  const place: Place = { rules, address: 0, saved: json, generation: 0 };
  onTrap(save);
  if (run((wasm) => addressOf(wasm, place)) === 0) return;
  places.add(place);
  return place;
}

export function close(place: Place): void {
  try {
    run((wasm) => {
      // After a trap there is nothing to free.
      if (place.address !== 0) wasm.draft_close(place.address);
    });
  } finally {
    place.address = 0;
    places.delete(place);
  }
}

/** @throws {Error} where the draft was lost */
export function read<T>(place: Place, work: (wasm: Wasm, address: number) => T): T {
  const answer = run((wasm) => {
    const address = addressOf(wasm, place);
    return address === 0 ? LOST : work(wasm, address);
  });
  // Not within `run`, which would take it for another trap and start over with all other drafts.
  if (answer === LOST) throw new Error("the draft was lost as the module failed");
  return answer as T;
}

const LOST = Symbol();

/** Writes the body to the start of the input, and says how long it is. */
export function writeBody(place: Place): number {
  return read(place, (wasm, address) => {
    inputRoom(wasm.draft_bytes(address));
    return wasm.draft_body(address);
  });
}

/** The body as text. */
export function bodyText(place: Place): string {
  const length = writeBody(place);
  return decoder.decode(inputRoom(length).subarray(0, length));
}

/**
 * Makes an edit and says what it did; undefined where the input is not what it takes.
 *
 * @param json the edit's input: `work` finds it at the start of the input, of this length
 * @param growth by how many bytes the edit may lengthen the body, at least
 * @throws {RangeError} where the draft would have many times the bytes that the tracker may have
 */
export function edit(
  place: Place,
  json: string,
  work: (wasm: Wasm, address: number, length: number) => number,
  growth = json.length,
): Change | undefined {
  const ceiling = ceilingOf(place.rules.maxBodyBytes);
  const bytes = growth === 0 ? 0 : growth + read(place, (wasm, address) => wasm.draft_bytes(address));
  if (Math.max(bytes, json.length) > ceiling) {
    throw new RangeError(`a text of ${json.length} characters would take the draft far over the limit`);
  }
  return read(place, (wasm, address) => {
    const length = put(json);
    const count = work(wasm, address, length);
    if (length >= GIVEN_AWAY) inputTaken();
    if (count < 0) return;
    const changed =
      count === 0 ? [] : Array.from(new Float64Array(memory.buffer, wasm.changed_keys(), count));
    return { changed, ok: wasm.draft_issue_count(address) === 0, bytes: wasm.draft_bytes(address) };
  });
}

/** From how many bytes on a draft keeps the buffer that its text came in; the figure of `src/js/input.rs`. */
const GIVEN_AWAY = 2 ** 16;

/** Writes a text of any length to the start of the input. */
export function put(text: string): number {
  // The draft needs an eighth to grow in, and would have to move for it.
  if (text.length >= GIVEN_AWAY) inputRoom(Math.ceil((text.length * 9) / 8));
  return (writeText(text, Infinity) as { length: number }).length;
}

// A phrase may begin with U+FEFF.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text that an export gave last; undefined where it gave none. */
export function textAt(wasm: Wasm, start: number): string | undefined {
  if (start !== 0) return decoder.decode(new Uint8Array(memory.buffer, start, wasm.text_length()));
}

/** The address in the present instance; 0 where the JSON is none of texts, or the draft was lost. */
function addressOf(wasm: Wasm, place: Place): number {
  if (place.address === 0 && place.saved !== undefined) {
    const { create, trackerId, maxBodyBytes, maxIssues } = place.rules;
    const length = put(place.saved);
    place.address = wasm.draft_open(length, create, trackerId, maxBodyBytes, maxIssues, place.generation);
    if (length >= GIVEN_AWAY) inputTaken();
    place.saved = undefined;
  }
  return place.address;
}

/** Reads every draft out of an instance that trapped, piece by piece: there may be no memory for the whole. */
function save(wasm: Wasm): void {
  for (const place of places) {
    if (place.address === 0) continue;
    try {
      place.saved = savedFrom(wasm, place.address);
      place.generation = wasm.draft_next_generation(place.address);
    } catch (error) {
      // For want of stack, which there will be again: the next call tries anew.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      // The trap was in the midst of this draft. Its next use says that it is lost.
      place.saved = undefined;
    }
    place.address = 0;
  }
}

function savedFrom(wasm: Wasm, address: number): string {
  const id = textAt(wasm, wasm.draft_id(address));
  const name = textAt(wasm, wasm.draft_name(address));
  const phrases: string[] = [];
  for (let index = 0; index < wasm.draft_length(address); index++) {
    phrases.push(`"${textAt(wasm, wasm.draft_phrase(address, index))}"`);
  }
  return `{${id === undefined ? "" : `"id":"${id}",`}"name":"${name}","vocabulary":[${phrases.join()}]}`;
}
