/**
 * Values as the bytes that will be sent: `JSON.stringify` once, then `TextEncoder.encodeInto` straight into wasm memory.
 * All of the caller's code that can run (getters, `toJSON`, proxies) runs here, once, before wasm is entered.
 */
import type { Glue } from "./glue.js";
import type { WasmModule } from "./module.js";
import { type LongTracker, OverCeiling, PIECE, stringify, stringifyUnlessLong } from "./stringify.js";

/** What became of a value. */
export type Input =
  /** Its JSON is at the start of the module's input, this many bytes. */
  | { length: number }
  /** It has at least this many bytes, far over the limit; the rest was not read. */
  | { atLeast: number }
  /** `JSON.stringify` fails, for this reason. */
  | { unreadable: string };

/** How many times the limit a value may have and still be validated phrase by phrase, so that a form can say what to remove. */
const CEILING_FACTOR = 8;

/** The most bytes of a value that are read under this limit. */
export function ceilingOf(limit: number): number {
  return CEILING_FACTOR * Math.max(limit, 2 ** 20);
}

type NotWritten = Exclude<Input, { length: number }>;

type AnyModule = Pick<WasmModule<Glue>, "inputRoom">;

/** Gives the bytes of a value that has its JSON in wasm memory, or the reason why it cannot. */
export type Serializer = () => Uint8Array<ArrayBuffer> | { unreadable: string };

const serializers = new WeakMap<object, Serializer>();

/** Registers how to get the JSON of an object, which must be what `JSON.stringify` would write. */
export function registerSerializer(value: object, serializer: Serializer): void {
  serializers.set(value, serializer);
}

/** Writes the JSON of a value to the start of the module's input. */
export function writeValue(module: AnyModule, value: unknown, limit: number): Input {
  const serializer = serializers.get(value as object);
  if (serializer) {
    const bytes = serializer();
    if ("unreadable" in bytes) return bytes;
    const room = module.inputRoom(bytes.length);
    // A draft's own module has them in place.
    if (room.buffer !== bytes.buffer) room.set(bytes);
    return { length: bytes.length };
  }
  const ceiling = ceilingOf(limit);
  const result = orReason(() => stringifyUnlessLong(value, ceiling));
  if (!("json" in result)) return result;
  const { json = NULL } = result;
  if (typeof json === "object") return writeLong(module, json, ceiling);
  // UTF-8 has at least a byte for each code unit of UTF-16.
  return json.length > ceiling ? { atLeast: json.length } : { length: writeText(module, json) };
}

/** A value that JSON leaves out, such as `undefined`, is validated as the null that an array would have for it. */
const NULL = "null";

/** The JSON of a value. */
export function jsonOf(value: unknown, limit: number): { json: string } | NotWritten {
  return orReason(() => stringify(value, ceilingOf(limit)) ?? NULL);
}

function orReason<Json>(stringify: () => Json): { json: Json } | NotWritten {
  try {
    return { json: stringify() };
  } catch (error) {
    const atLeast = OverCeiling.atLeast(error);
    return atLeast === undefined ? { unreadable: reason(error) } : { atLeast };
  }
}

/** Writes a long tracker piece by piece: Chromium takes half as long as for one text of a megabyte. */
function writeLong(module: AnyModule, { copy, units }: LongTracker, ceiling: number): Input {
  const { vocabulary } = copy;
  const LIST = '"vocabulary":[';
  // In a string of JSON there would be a backslash before the quotation marks.
  const [before, after] = JSON.stringify({ ...copy, vocabulary: [] }).split(`${LIST}]`);
  module.inputRoom(units);
  let length = 0;
  let written = 0;
  const write = (text: string) => {
    length += writeText(module, text, length);
    written += text.length;
  };
  write(before + LIST);
  for (let at = 0; at < vocabulary.length && written <= ceiling; at += PIECE) {
    if (at > 0) write(",");
    write(JSON.stringify(vocabulary.slice(at, at + PIECE)).slice(1, -1));
  }
  write(`]${after}`);
  return written > ceiling ? { atLeast: written } : { length };
}

let encoder: TextEncoder | undefined;

/** How many code units are encoded at a time: Chromium takes half as long for these as for a megabyte at once. */
const SLICE = 2 ** 15;

/** Writes a text to the module's input, from `start` on, and says how many bytes it has. What is before it stays. */
export function writeText(module: AnyModule, text: string, start = 0): number {
  encoder ??= new TextEncoder();
  let room = module.inputRoom(start + text.length);
  let end = start;
  for (let at = 0; at < text.length; ) {
    const slice = sliceOf(text, at);
    const { read, written } = encoder.encodeInto(slice, room.subarray(end));
    at += read;
    end += written;
    // Not ASCII: at most three bytes for each code unit that is left.
    if (read < slice.length) room = module.inputRoom(end + 3 * (text.length - at));
  }
  return end - start;
}

/** The slice that starts at `at`. It does not end between two surrogates. */
function sliceOf(text: string, at: number): string {
  const end = at + SLICE;
  const splits = end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return text.slice(at, splits ? end - 1 : end);
}

/**
 * Writes the tracker id of the rules behind a body of `length` bytes.
 *
 * @returns its length in bytes; -1 where there is none
 */
export function writeTrackerId(module: AnyModule, trackerId: string | undefined, length: number): number {
  return trackerId === undefined ? -1 : writeText(module, trackerId, length);
}

/** Text of the caller's making, such as an engine's reason, cut to the length of a sentence. */
export function reason(error: unknown): string {
  let text = "it threw something that is not an Error";
  try {
    if (error instanceof Error) text = String(error.message);
    else if (typeof error === "string") text = error;
  } catch {
    // An Error whose message throws as well.
  }
  // Cut first: a megabyte of white space takes a second.
  text = text.slice(0, 1000).replace(/\s+/g, " ").trim();
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
