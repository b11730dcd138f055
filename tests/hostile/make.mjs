// Functions for writing the tables of hostile values.

/**
 * @typedef {object} Hostile
 * @property {string} name
 * @property {(realm: typeof globalThis) => unknown} make returns a new value for each call; `realm` is the global
 *   object of another window or context
 * @property {() => unknown} [options]
 * @property {[code: string, pointer: string, says?: string][]} issues the expected issues in order, or only
 *   the first of them if `count` is higher; `says` is a part of the message. Empty if the value is valid
 * @property {number} [count] the expected number of issues, if it is not that of `issues`
 * @property {(value: any) => boolean} [after] checks the value after the validation
 * @property {true} [endless] whether JSON.stringify would need minutes or gigabytes
 */

/** @type {(fields?: object) => any} a valid tracker, in which `fields` replace the valid ones */
export const tracker = (fields) => ({ id: "1", name: "Sale", vocabulary: ["on sale"], ...fields });

/** @type {(...vocabulary: unknown[]) => { id: string, name: string, vocabulary: any[] }} */
export const phrases = (...vocabulary) => tracker({ vocabulary });

/**
 * @param {object} object
 * @param {PropertyKey} key
 * @param {() => unknown} get
 */
export const withGetter = (object, key, get) =>
  Object.defineProperty(object, key, { get, enumerable: true, configurable: true });

/** @type {(thrown: unknown) => () => never} */
export const throwing = (thrown) => () => {
  throw thrown;
};

/** @type {() => any} */
export const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

/** How often each getter of a value was called. @type {WeakMap<object, Record<string, number>>} */
export const reads = new WeakMap();

/**
 * Replaces each field of an object by a getter that counts its calls and returns the right value only once.
 *
 * @template {object} T
 * @param {T} object
 * @returns {T}
 */
export function fickle(object) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [key, value] of Object.entries(object)) {
    counts[key] = 0;
    withGetter(object, key, () => {
      counts[key] = (counts[key] ?? 0) + 1;
      return counts[key] === 1 ? value : { changed: true };
    });
  }
  reads.set(object, counts);
  return object;
}

/**
 * Gives an object a `toJSON` property that has one value when it is first read and another one after that.
 *
 * @template {object} T
 * @param {T} object
 * @param {unknown} first
 * @param {unknown} later
 * @returns {T}
 */
export function fickleToJSON(object, first, later) {
  const counts = { toJSON: 0 };
  reads.set(object, counts);
  return Object.defineProperty(object, "toJSON", { get: () => (counts.toJSON++ === 0 ? first : later) });
}

/** Whether every counted property of the object was read exactly once. @param {object} object */
export function eachReadOnce(object) {
  const counts = Object.values(reads.get(object) ?? {});
  return counts.length > 0 && counts.every((count) => count === 1);
}

export const inherits = (/** @type {object} */ parent, fields = {}) =>
  Object.assign(Object.create(parent), fields);
export const hidden = (
  /** @type {object} */ object,
  /** @type {string} */ key,
  /** @type {unknown} */ value,
) => Object.defineProperty(object, key, { value, enumerable: false });

export const MISSING = /** @type {Hostile["issues"]} */ ([
  ["missing", "/id"],
  ["missing", "/name"],
  ["missing", "/vocabulary"],
]);

/** @type {(received: string, index?: number) => [code: string, pointer: string, says: string]} */
export const notAString = (received, index = 0) => [
  "type",
  `/vocabulary/${index}`,
  `Expected a string, got ${received}.`,
];

/** @type {(says?: string) => Hostile["issues"]} */
export const unreadable = (says = "") => [["unreadable", "", `The value cannot be sent as JSON: ${says}`]];

/** @type {(at: number) => Hostile["issues"][number]} */
export const duplicateOfFirst = (at) => [
  "duplicate",
  `/vocabulary/${at}`,
  "The phrase repeats the phrase at index 0.",
];
