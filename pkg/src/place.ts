/**
 * Where a draft is in wasm memory: made, read, edited, freed there, and saved when the instance traps.
 */
import { ceilingOf, writeText } from "./input.js";
import { memory, onTrap, run, type Wasm } from "./module.js";
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
  run((wasm) => {
    // After a trap there is nothing to free.
    if (place.address !== 0) wasm.draft_close(place.address);
  });
  place.address = 0;
  places.delete(place);
}

export function read<T>(place: Place, work: (wasm: Wasm, address: number) => T): T {
  return run((wasm) => work(wasm, addressOf(wasm, place)));
}

/**
 * Makes an edit and says what it did; undefined where the input is not what it takes.
 *
 * @param json the edit's input: `work` finds it at the start of the input, of this length
 * @throws {RangeError} where it has many times the bytes that the tracker may have
 */
export function edit(
  place: Place,
  json: string,
  work: (wasm: Wasm, address: number, length: number) => number,
): Change | undefined {
  if (json.length > ceilingOf(place.rules.maxBodyBytes)) {
    throw new RangeError(`a text of ${json.length} characters is far over the limit`);
  }
  return read(place, (wasm, address) => {
    const count = work(wasm, address, put(json));
    if (count < 0) return;
    const changed =
      count === 0 ? [] : Array.from(new Float64Array(memory.buffer, wasm.changed_keys(), count));
    return { changed, ok: wasm.draft_issue_count(address) === 0, bytes: wasm.draft_bytes(address) };
  });
}

/** Writes a text of any length to the start of the input. */
export function put(text: string): number {
  return (writeText(text, Infinity) as { length: number }).length;
}

// A phrase may begin with U+FEFF.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text that an export gave last; undefined where it gave none. */
export function textAt(wasm: Wasm, start: number): string | undefined {
  if (start !== 0) return decoder.decode(new Uint8Array(memory.buffer, start, wasm.text_length()));
}

/** The address in the present instance; 0 where the JSON is none of texts. */
function addressOf(wasm: Wasm, place: Place): number {
  if (place.address === 0) {
    if (place.saved === undefined) throw new Error("the draft was lost as the module failed");
    const { create, trackerId, maxBodyBytes, maxIssues } = place.rules;
    const length = put(place.saved);
    place.address = wasm.draft_open(length, create, trackerId, maxBodyBytes, maxIssues, place.generation);
    place.saved = undefined;
  }
  return place.address;
}

/** Reads every draft out of an instance that trapped, piece by piece: there may be no memory for the whole. */
function save(wasm: Wasm): void {
  for (const place of places) {
    if (place.address === 0) continue;
    try {
      place.saved = bodyOf(wasm, place.address);
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

function bodyOf(wasm: Wasm, address: number): string {
  const id = textAt(wasm, wasm.draft_id(address));
  const name = textAt(wasm, wasm.draft_name(address));
  const phrases: string[] = [];
  for (let index = 0; index < wasm.draft_length(address); index++) {
    phrases.push(`"${textAt(wasm, wasm.draft_phrase(address, index))}"`);
  }
  return `{${id === undefined ? "" : `"id":"${id}",`}"name":"${name}","vocabulary":[${phrases.join()}]}`;
}
