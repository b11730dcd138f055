/** Where a draft is in wasm memory. Opens, reads, edits and frees it there, and saves it when the instance traps. */
import type { Rules } from "../options.js";
import { drafts } from "../wasm/drafts.js";
import type { Exports as Wasm } from "../wasm/generated/draft.js";
import { ceilingOf, writeText, writeTrackerId } from "../wasm/input.js";
import { decode, textAt } from "../wasm/output.js";
import type { Change } from "./types.js";

/** Must not refer to its draft, which could not be collected then. */
export interface DraftHandle {
  rules: Rules;
  /** In the memory of the present instance; 0 while the draft is not there. */
  address: number;
  /** The body, read out of an instance that trapped. */
  saved: string | undefined;
  /** Distinguishes the keys of an instance's rows from those of earlier instances. */
  generation: number;
  /** A number that changes whenever the draft does. */
  revision: number;
  /** Whether the saved body was modified: it stays so until it is marked as saved, as its history is lost. */
  modified: boolean;
  disposed: boolean;
}

/** The handles of drafts that are in memory, or saved from it. */
const handles = new Set<DraftHandle>();

/** A handle for the tracker that this JSON is; undefined where a draft cannot hold it. */
export function open(json: string, rules: Rules): DraftHandle | undefined {
  const handle: DraftHandle = {
    rules,
    address: 0,
    saved: json,
    generation: 0,
    revision: 0,
    modified: false,
    disposed: false,
  };
  drafts.onTrap(save);
  if (drafts.run((wasm) => addressOf(wasm, handle)) === 0) return;
  handles.add(handle);
  return handle;
}

export function close(handle: DraftHandle): void {
  if (handle.disposed) return;
  handle.disposed = true;
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

/**
 * @throws {TypeError} where the draft was disposed of
 * @throws {Error} where it was lost
 */
export function read<T>(handle: DraftHandle, work: (wasm: Wasm, address: number) => T): T {
  if (handle.disposed) throw new TypeError("this draft has been disposed of");
  const answer = drafts.run((wasm) => {
    const address = addressOf(wasm, handle);
    return address === 0 ? LOST : work(wasm, address);
  });
  // Not within `run`, which would take the error for another trap.
  if (answer === LOST) throw new Error("the draft was lost when the module failed");
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
 * Makes an edit and returns what it did; undefined where the draft cannot hold the input.
 *
 * @param json the edit's input: `work` finds it at the start of the module's input, `length` bytes long
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
    if (length >= HANDED_OVER_BYTES) drafts.inputTaken();
    if (count < 0) return;
    handle.revision++;
    const changed =
      count === 0 ? [] : Array.from(new Float64Array(wasm.memory().buffer, wasm.changed_keys(), count));
    const touched = wasm.touched_key();
    const ok = wasm.draft_issue_count(address) === 0;
    return { changed, row: touched < 0 ? undefined : touched, ok, bytes: wasm.draft_bytes(address) };
  });
}

/** From this length in bytes on a draft takes over the buffer that a text is in; the same constant as in `src/js/input.rs`. */
const HANDED_OVER_BYTES = 2 ** 16;

/** Writes a text of any length to the start of the input. */
function put(text: string): number {
  // The draft needs an eighth to grow in, and would have to copy the text for that.
  if (text.length >= HANDED_OVER_BYTES) drafts.inputRoom(Math.ceil((text.length * 9) / 8));
  return writeText(drafts, text);
}

/** The address in the present instance; 0 where the draft was lost, or cannot hold the JSON that it is to start with. */
function addressOf(wasm: Wasm, handle: DraftHandle): number {
  if (handle.address === 0 && handle.saved !== undefined) {
    const { create, trackerId, maxBodyBytes, maxIssues } = handle.rules;
    const length = put(handle.saved);
    const idLength = writeTrackerId(drafts, trackerId, length);
    handle.address = wasm.draft_open(length, idLength, create, maxBodyBytes, maxIssues, handle.generation);
    if (length >= HANDED_OVER_BYTES) drafts.inputTaken();
    handle.saved = undefined;
    if (handle.modified) wasm.draft_mark_modified(handle.address);
  }
  return handle.address;
}

/** Reads every draft out of an instance that trapped, piece by piece: there may be no memory for a whole body. */
function save(wasm: Wasm): void {
  for (const handle of handles) {
    if (handle.address === 0) continue;
    try {
      handle.saved = savedFrom(wasm, handle.address);
      handle.generation = wasm.draft_next_generation(handle.address);
      handle.modified = wasm.draft_is_modified(handle.address);
      handle.revision++;
    } catch (error) {
      // There is no stack left now, but there will be: the next call tries again.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      // The trap was in the middle of an edit of this draft. Its next use says that it is lost.
      handle.saved = undefined;
    }
    handle.address = 0;
  }
}

function savedFrom(wasm: Wasm, address: number): string {
  const raw = (start: number) => {
    // Where the trap left the draft broken, a text may be out of bounds.
    if (start + wasm.text_length() > wasm.memory().buffer.byteLength) throw new WebAssembly.RuntimeError();
    return textAt(wasm, start);
  };
  const id = raw(wasm.draft_id(address));
  const name = raw(wasm.draft_name(address));
  const phrases: string[] = [];
  for (let index = 0; index < wasm.draft_length(address); index++) {
    phrases.push(`"${raw(wasm.draft_phrase(address, index))}"`);
  }
  return `{${id === undefined ? "" : `"id":"${id}",`}"name":"${name}","vocabulary":[${phrases.join()}]}`;
}
