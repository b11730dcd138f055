/**
 * The caller's value as the bytes that will be sent: `JSON.stringify` once, then `TextEncoder.encodeInto`
 * straight into wasm memory. All of the caller's code that can run (getters, `toJSON`, proxies) runs here,
 * once, before wasm is entered.
 */
import { inputRoom } from "./module.js";

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

/** Writes the JSON of a value to the start of the input. */
export function writeValue(value: unknown, limit: number): Input {
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

/**
 * Ends the walk of a value that must be over the ceiling. One object, told by its identity: whatever else
 * comes out of the walk is the caller's, and `instanceof` throws on a revoked proxy.
 */
const overCeiling = Object.assign(new Error("over the ceiling"), { atLeast: 0 });

function stringify(value: unknown, ceiling: number): string | undefined {
  const everyday = copyOf(value, ceiling);
  if (everyday && everyday.units <= ceiling) return JSON.stringify(everyday.copy);
  return JSON.stringify(everyday ? everyday.copy : value, counting(ceiling));
}

/**
 * A tracker as nearly all are, copied so that each getter is read once: the known keys, and a vocabulary of
 * which every entry is a string. `units` is the least length of its JSON, infinite where something else came
 * up. The strings are shared, and JSON of the copy is JSON of the value.
 */
function copyOf(value: unknown, ceiling: number): { copy: object; units: number } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  const keys = Object.keys(value);
  if (!keys.every((key) => key === "id" || key === "name" || key === "vocabulary")) return;
  if (mayConvert(value)) return;
  const copy: Record<string, unknown> = {};
  let units = 0;
  for (const key of keys) {
    const field = (value as Record<string, unknown>)[key];
    copy[key] = field;
    if (typeof field === "string") units += field.length;
    else if (!Array.isArray(field) || mayConvert(field)) units = Infinity;
    else {
      const { length } = field;
      // A proxy may claim any length; what is none, JSON.stringify makes one of.
      if (!Number.isInteger(length) || length < 0 || 2 * length > ceiling) {
        units = Infinity;
        continue;
      }
      const entries = new Array<unknown>(length);
      for (let i = 0; i < entries.length; i++) {
        const entry = field[i];
        entries[i] = entry;
        units += typeof entry === "string" ? entry.length + 3 : Infinity;
      }
      copy[key] = entries;
    }
  }
  return { copy, units };
}

/** Whether there is a `toJSON`; looked for by reading it, as JSON does: a proxy may answer `in` otherwise. */
function mayConvert(value: object): boolean {
  return (value as { toJSON?: unknown }).toJSON !== undefined;
}

/**
 * A replacer that changes nothing and counts: it ends the walk where the text must be over the ceiling, so
 * that four billion holes or a string of 400 MB cost no more than a look at their length.
 */
function counting(ceiling: number): (this: unknown, key: string, value: unknown) => unknown {
  let least = 0;
  return function (key, value) {
    const inArray = Array.isArray(this);
    if (inArray || (value !== undefined && typeof value !== "function" && typeof value !== "symbol")) {
      // A value has a character and a comma or bracket, a member's key two quotes and a colon besides.
      least += inArray ? 2 : key.length + 5;
      if (typeof value === "string") least += value.length;
    }
    const entries = Array.isArray(value) ? value.length : 0;
    if (least + 2 * entries > ceiling) {
      overCeiling.atLeast = least + 2 * entries;
      throw overCeiling;
    }
    return value;
  };
}
