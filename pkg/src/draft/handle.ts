/**
 * Where a draft is in wasm memory: made, read, edited, freed there, and saved when the instance traps.
 */
import type { Rules } from "../options.js";
import type { Change } from "../types.js";
import { drafts } from "../wasm/drafts.js";
import type { Exports as Wasm } from "../wasm/generated/draft.js";
import { ceilingOf, writeText, writeTrackerId } from "../wasm/input.js";
import { decode, textAt } from "../wasm/output.js";

/** Knows nothing of its draft, which it would keep from being collected. */
export interface DraftHandle {
  rules: Rules;
  /** In the memory of the present instance; 0 while the draft is not there. */
  address: number;
  /** The body, where the instance trapped that the draft was in. */
  saved: string | undefined;
  /** Tells the keys of an instance's rows from those of the instances before. */
  generation: number;
}

/** Those that are in memory, or saved from it. */
const handles = new Set<DraftHandle>();

/** A handle for the tracker that this JSON is; undefined where it is no JSON of texts. */
export function open(json: string, rules: Rules): DraftHandle | undefined {
  const handle: DraftHandle = { rules, address: 0, saved: json, generation: 0 };
  drafts.onTrap(save);
  if (drafts.run((wasm) => addressOf(wasm, handle)) === 0) return;
  handles.add(handle);
  return handle;
}

export function close(handle: DraftHandle): void {
  try {
    drafts.run((wasm) => {
      // After a trap there is nothing to free.
      if (handle.address !== 0) wasm.draft_close(handle.address);
    });
  } finally {
    handle.address = 0;
    handles.delete(handle);
  }
}

/** @throws {Error} where the draft was lost */
export function read<T>(handle: DraftHandle, work: (wasm: Wasm, address: number) => T): T {
  const answer = drafts.run((wasm) => {
    const address = addressOf(wasm, handle);
    return address === 0 ? LOST : work(wasm, address);
  });
  // Not within `run`, which would take it for another trap and start over with all other drafts.
  if (answer === LOST) throw new Error("the draft was lost as the module failed");
  return answer as T;
}

const LOST = Symbol();

/** The body, at the start of the input: to be used or copied before the next call. */
export function body(handle: DraftHandle): Uint8Array<ArrayBuffer> {
  return read(handle, (wasm, address) => {
    const bytes = drafts.inputRoom(wasm.draft_bytes(address));
    return bytes.subarray(0, wasm.draft_body(address));
  });
}

/** The body as text. */
export function bodyText(handle: DraftHandle): string {
  return decode(body(handle));
}

/**
 * Makes an edit and says what it did; undefined where the input is not what it takes.
 *
 * @param json the edit's input: `work` finds it at the start of the input, of this length
 * @param growth by how many bytes the edit may lengthen the body, at least
 * @throws {RangeError} where the draft would have many times the bytes that the tracker may have
 */
export function edit(
  handle: DraftHandle,
  json: string,
  work: (wasm: Wasm, address: number, length: number) => number,
  growth = json.length,
): Change | undefined {
  const ceiling = ceilingOf(handle.rules.maxBodyBytes);
  const bytes = growth === 0 ? 0 : growth + read(handle, (wasm, address) => wasm.draft_bytes(address));
  if (Math.max(bytes, json.length) > ceiling) {
    throw new RangeError(`a text of ${json.length} characters would take the draft far over the limit`);
  }
  return read(handle, (wasm, address) => {
    const length = put(json);
    const count = work(wasm, address, length);
    if (length >= GIVEN_AWAY) drafts.inputTaken();
    if (count < 0) return;
    const changed =
      count === 0 ? [] : Array.from(new Float64Array(wasm.memory().buffer, wasm.changed_keys(), count));
    return { changed, ok: wasm.draft_issue_count(address) === 0, bytes: wasm.draft_bytes(address) };
  });
}

/** From how many bytes on a draft keeps the buffer that its text came in; the figure of `src/js/input.rs`. */
const GIVEN_AWAY = 2 ** 16;

/** Writes a text of any length to the start of the input. */
export function put(text: string): number {
  // The draft needs an eighth to grow in, and would have to move for it.
  if (text.length >= GIVEN_AWAY) drafts.inputRoom(Math.ceil((text.length * 9) / 8));
  return writeText(drafts, text);
}

/** The address in the present instance; 0 where the JSON is none of texts, or the draft was lost. */
function addressOf(wasm: Wasm, handle: DraftHandle): number {
  if (handle.address === 0 && handle.saved !== undefined) {
    const { create, trackerId, maxBodyBytes, maxIssues } = handle.rules;
    const length = put(handle.saved);
    const idLength = writeTrackerId(drafts, trackerId, length);
    handle.address = wasm.draft_open(length, idLength, create, maxBodyBytes, maxIssues, handle.generation);
    if (length >= GIVEN_AWAY) drafts.inputTaken();
    handle.saved = undefined;
  }
  return handle.address;
}

/** Reads every draft out of an instance that trapped, piece by piece: there may be no memory for the whole. */
function save(wasm: Wasm): void {
  for (const handle of handles) {
    if (handle.address === 0) continue;
    try {
      handle.saved = savedFrom(wasm, handle.address);
      handle.generation = wasm.draft_next_generation(handle.address);
    } catch (error) {
      // For want of stack, which there will be again: the next call tries anew.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      // The trap was in the midst of this draft. Its next use says that it is lost.
      handle.saved = undefined;
    }
    handle.address = 0;
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
