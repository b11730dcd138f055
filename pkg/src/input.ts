/**
 * The caller's value as the bytes that will be sent: `JSON.stringify` once, then `TextEncoder.encodeInto`
 * straight into wasm memory. All of the caller's code that can run (getters, `toJSON`, proxies) runs here,
 * once, before wasm is entered.
 */
import { inputRoom } from "./module.js";
import { overCeiling, stringify } from "./stringify.js";

/** What became of a value. */
export type Input =
  /** Its JSON lies in wasm memory, this many bytes. */
  | { length: number }
  /** It has at least this many bytes, far beyond the limit; the rest was not read. */
  | { atLeast: number }
  /** `JSON.stringify` gives up on it, with this reason. */
  | { unreadable: string };

/** How far beyond the limit a value is still judged phrase by phrase, so that a form can say what to remove. */
const ROOM = 8;

const encoder = new TextEncoder();

/** How far a text is read where this is the limit, in bytes. */
export function ceilingOf(limit: number): number {
  return ROOM * Math.max(limit, 2 ** 20);
}

/** Values whose JSON is in wasm memory already: how each is written to the start of the input. */
const insiders = new WeakMap<object, () => Input>();

/** Has `write` called where the value's JSON is wanted, which must be what `JSON.stringify` gives. */
export function writesItself(value: object, write: () => Input): void {
  insiders.set(value, write);
}

/** Writes the JSON of a value to the start of the input. */
export function writeValue(value: unknown, limit: number): Input {
  const write = insiders.get(value as object);
  if (write) return write();
  const json = jsonOf(value, limit);
  return "text" in json ? writeText(json.text, ceilingOf(limit)) : json;
}

/** The JSON of a value. */
export function jsonOf(value: unknown, limit: number): { text: string } | Exclude<Input, { length: number }> {
  try {
    // A value of which JSON has nothing, such as `undefined`, is judged as the null that an array would hold.
    return { text: stringify(value, ceilingOf(limit)) ?? "null" };
  } catch (error) {
    return error === overCeiling ? { atLeast: overCeiling.atLeast } : { unreadable: reason(error) };
  }
}

/** Writes a text to the start of the input. */
export function writeText(text: string, ceiling: number): { length: number } | { atLeast: number } {
  // UTF-8 has at least a byte for each code unit of UTF-16.
  if (text.length > ceiling) return { atLeast: text.length };
  let { read, written } = encoder.encodeInto(text, inputRoom(text.length));
  if (read < text.length) {
    // Not ASCII: at most three bytes for each code unit that is left.
    const room = inputRoom(written + 3 * (text.length - read));
    written += encoder.encodeInto(text.slice(read), room.subarray(written)).written;
  }
  return { length: written };
}

/** Text of the caller's making, such as an engine's reason, cut to a sentence's length. */
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
