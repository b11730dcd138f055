/**
 * `JSON.stringify` with a ceiling: each thing of the caller's is read once and in the same order, and a value that
 * must be too long is given up before it is written out.
 *
 * Nearly all values are trackers of strings. They are copied first, with a look at each length, and the engine
 * writes the copy the fast way. Where anything else comes up, `JSON.stringify` reads on from there, through a
 * proxy that answers what was read already: code of the caller's (getters, `toJSON`, proxies) cannot tell.
 */

type Fields = Record<PropertyKey, unknown>;

/** A copy of a tracker of strings, of which `JSON.stringify` writes what it would write of the original. */
export interface LongTracker {
  copy: { id?: string; name?: string; vocabulary: string[] };
  /** The least length of the JSON, in code units. */
  units: number;
}

/** From this many phrases on, a tracker is written in pieces of so many. */
export const PIECE = 2048;

/** The JSON of fewer code units fits into one string in every engine, however much has to be escaped. */
const MAX_UNITS = 2 ** 26;

/** Ends the walk of a value whose JSON must be over the ceiling. */
export class OverCeiling {
  readonly #atLeast: number;

  constructor(atLeast: number) {
    this.#atLeast = atLeast;
  }

  /**
   * The least length of the JSON, in code units; undefined where the walk ended otherwise. Whatever else comes out of
   * the walk is the caller's: `instanceof` would throw on a revoked proxy.
   */
  static atLeast(error: unknown): number | undefined {
    return typeof error === "object" && error !== null && #atLeast in error ? error.#atLeast : undefined;
  }
}

/** @throws {OverCeiling} or else what `JSON.stringify` throws */
export function stringify(value: unknown, ceiling: number): string | undefined {
  const json = stringifyUnlessLong(value, ceiling);
  return typeof json === "object" ? JSON.stringify(json.copy) : json;
}

/**
 * The same, but a long tracker is not written yet.
 *
 * @throws {OverCeiling} or else what `JSON.stringify` throws
 */
export function stringifyUnlessLong(value: unknown, ceiling: number): string | undefined | LongTracker {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return JSON.stringify(value, counting(ceiling));
  }
  const { toJSON } = value as Fields;
  if (typeof toJSON === "function" || !isOrdinary(value)) {
    return JSON.stringify(answering(value, toJSON), counting(ceiling));
  }
  const keys = Object.keys(value);
  const copy: Fields = {};
  let units = 0;
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as string;
    const isKnown = key === "id" || key === "name" || key === "vocabulary";
    if (isKnown) {
      const field = (value as Fields)[key];
      copy[key] = field;
      if (typeof field === "string") {
        units += field.length;
        continue;
      }
      if (Array.isArray(field)) {
        const phrases = phrasesOf(field, ceiling);
        copy[key] = phrases.copy;
        units += phrases.units;
      } else units = Infinity;
      if (units < Infinity) continue;
    }
    const read = keys.slice(0, isKnown ? at + 1 : at).map((key) => copy[key]);
    const shape = Object.fromEntries(keys.map((key) => [key, undefined]));
    return JSON.stringify(readOn(value, shape, [undefined, ...read]), counting(ceiling));
  }
  const { vocabulary } = copy as Partial<LongTracker["copy"]>;
  if (Array.isArray(vocabulary) && vocabulary.length > PIECE && units <= Math.min(ceiling, MAX_UNITS))
    return { copy: copy as unknown as LongTracker["copy"], units };
  return JSON.stringify(copy, units > ceiling ? counting(ceiling) : undefined);
}

/** A copy of an array of strings, and the least length of its JSON; infinite where it is to be read on. */
function phrasesOf(phrases: unknown[], ceiling: number): { copy: object; units: number } {
  const { toJSON } = phrases as unknown as Fields;
  if (typeof toJSON === "function") return { copy: answering(phrases, toJSON), units: Infinity };
  const { length } = phrases;
  let units = 0;
  // A proxy may claim any length; what is none, JSON.stringify makes one of.
  const isLength = Number.isInteger(length) && length >= 0 && 2 * length <= ceiling;
  // Grown, not made of this length: V8 writes an array that may have holes another, slower way.
  const copy: unknown[] = [];
  for (let i = 0; isLength && i < length; i++) {
    const phrase = phrases[i];
    copy[i] = phrase;
    if (typeof phrase !== "string") {
      return { copy: readOn(phrases, [], [undefined, ...copy], length), units: Infinity };
    }
    units += phrase.length + 3;
  }
  return isLength ? { copy, units } : { copy: readOn(phrases, [], [undefined], length), units: Infinity };
}

/** Stands for a value of which `toJSON` was read: JSON does not look for another in what this one answers. */
function answering(value: object, toJSON: unknown): object {
  return {
    toJSON: (key: string) => (typeof toJSON === "function" ? Reflect.apply(toJSON, value, [key]) : value),
  };
}

/**
 * Stands for an object or array of which something was read: the first answers to JSON's questions, which are
 * always `toJSON` and then each key. An array's `length` is asked for more than once.
 */
function readOn(value: object, shape: object, read: unknown[], length?: unknown): object {
  let asked = 0;
  return new Proxy(shape, {
    get(_, key) {
      if (key === "length" && Array.isArray(shape)) return length;
      return asked < read.length ? read[asked++] : (value as Fields)[key];
    },
  });
}

/**
 * Whether JSON writes the value field by field, for all that is plain to see. Boxed primitives and raw JSON may
 * have such fields too, and JSON does not look at them.
 */
function isOrdinary(value: object): boolean {
  try {
    const { isRawJSON } = JSON as { isRawJSON?: (value: unknown) => boolean };
    const tag = Object.prototype.toString.call(value);
    return tag === "[object Object]" && !(Symbol.toStringTag in value) && !isRawJSON?.(value);
  } catch {
    // A proxy that answers JSON's questions need not answer these.
    return false;
  }
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
    // A typed array is written with its keys, which would be listed first.
    const entries = Array.isArray(value) ? 2 * value.length : 6 * typedLength(value);
    if (least + entries > ceiling) {
      throw new OverCeiling(least + entries);
    }
    return value;
  };
}

/** The true length of a typed array, whatever field of that name it has; 0 of anything else. */
function typedLength(value: unknown): number {
  if (!ArrayBuffer.isView(value)) return 0;
  const prototype = Object.getPrototypeOf(Int8Array.prototype);
  // Unlike `length`, the tag may be asked of anything, such as a DataView.
  return Reflect.get(prototype, Symbol.toStringTag, value) ? Reflect.get(prototype, "length", value) : 0;
}
