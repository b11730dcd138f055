// What the tables of hostile values are made of.

/**
 * @typedef {object} Hostile
 * @property {string} name
 * @property {(realm: typeof globalThis) => unknown} make the value, anew for each call; `realm` is another window's
 *   or context's global object
 * @property {() => unknown} [options]
 * @property {[code: string, pointer: string, says?: string][]} issues in their order, the first where `count` is
 *   higher; `says` is a part of the message. None: the value is valid
 * @property {number} [count]
 * @property {(value: any) => boolean} [after] what must hold of the value once it is judged
 * @property {true} [endless] JSON.stringify itself would need minutes or gigabytes
 */

/** @type {(fields?: object) => any} fields stand in place of the good ones */
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

/** How often each getter of a value ran. @type {WeakMap<object, Record<string, number>>} */
export const reads = new WeakMap();

/**
 * The same object, each field behind a getter that counts and answers right the first time only.
 *
 * @template {object} T
 * @param {T} object
 * @returns {T}
 */
export function fickle(object) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const [key, answer] of Object.entries(object)) {
    counts[key] = 0;
    withGetter(object, key, () => {
      counts[key] = (counts[key] ?? 0) + 1;
      return counts[key] === 1 ? answer : { changed: true };
    });
  }
  reads.set(object, counts);
  return object;
}

/**
 * The same object, whose `toJSON` answers one thing when it is read first and another from then on.
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

/** @param {object} object */
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
