// Fields that run code when they are read: getters and proxies.

import {
  duplicateOfFirst,
  eachReadOnce,
  fickle,
  notAString,
  phrases,
  reads,
  revoked,
  throwing,
  tracker,
  unreadable,
  withGetter,
} from "./make.mjs";

/** @import { Hostile } from "./make.mjs" */

/** Returns a proxy that counts how often each property is read. */
function watched(/** @type {object} */ target) {
  /** @type {Record<string, number>} */
  const counts = {};
  const proxy = new Proxy(target, {
    get(object, key, receiver) {
      counts[String(key)] = (counts[String(key)] ?? 0) + 1;
      return Reflect.get(object, key, receiver);
    },
  });
  reads.set(proxy, counts);
  return proxy;
}

/** @type {Hostile[]} */
export const gettersAndProxies = [
  {
    name: "a getter that throws, at a known key",
    make: () => withGetter(tracker(), "name", throwing(new Error("no name today"))),
    issues: unreadable("no name today"),
  },
  {
    name: "a getter that throws, at an unknown key",
    make: () => withGetter(tracker(), "extra", throwing(new Error("no extra today"))),
    issues: unreadable("no extra today"),
  },
  {
    name: "a getter that throws, at the vocabulary",
    make: () => withGetter(tracker(), "vocabulary", throwing(new RangeError("none"))),
    issues: unreadable("none"),
  },
  {
    name: "a getter that throws, at an entry",
    make: () => tracker({ vocabulary: withGetter(["a", "b"], 1, throwing(new Error("no b"))) }),
    issues: unreadable("no b"),
  },
  {
    name: "a getter that throws, in a nested object",
    make: () => phrases({ a: withGetter({}, "b", throwing(new Error("deep"))) }),
    issues: unreadable("deep"),
  },
  {
    name: "getters at every key, each read once",
    make: () => fickle(tracker()),
    issues: [],
    after: eachReadOnce,
  },
  {
    name: "getters at every entry, each read once",
    make: () => tracker({ vocabulary: fickle(["a", "b", "c"]) }),
    issues: [],
    after: ({ vocabulary }) => eachReadOnce(vocabulary),
  },
  {
    name: "getters beside an unknown key, each read once",
    make: () => fickle({ ...tracker(), extra: 1 }),
    issues: [["unknown_key", ""]],
    after: eachReadOnce,
  },
  {
    name: "getters beside a wrong entry, each read once",
    make: () => tracker({ vocabulary: fickle(["a", 1, "a"]) }),
    issues: [["type", "/vocabulary/1"], duplicateOfFirst(2)],
    after: ({ vocabulary }) => eachReadOnce(vocabulary),
  },
  {
    name: "an entry whose getter removes the entries after it",
    make() {
      /** @type {unknown[]} */
      const vocabulary = ["a", "b", "c"];
      withGetter(vocabulary, 0, () => {
        vocabulary.length = 1;
        return "first";
      });
      return tracker({ vocabulary });
    },
    issues: [notAString("undefined (sent as null)", 1), notAString("undefined (sent as null)", 2)],
  },
  {
    name: "an entry whose getter adds entries",
    make() {
      /** @type {unknown[]} */
      const vocabulary = ["a", "b"];
      withGetter(vocabulary, 0, () => {
        vocabulary.push("b");
        return "first";
      });
      return tracker({ vocabulary });
    },
    issues: [],
  },
  { name: "a proxy", make: () => new Proxy(tracker(), {}), issues: [] },
  {
    name: "a proxy, each field of which is read once",
    make: () => watched(tracker()),
    issues: [],
    after: eachReadOnce,
  },
  {
    name: "a vocabulary behind a proxy, each entry and the length read once",
    make: () => tracker({ vocabulary: watched(["a", "b"]) }),
    issues: [],
    after: ({ vocabulary }) => eachReadOnce(vocabulary),
  },
  ...["get", "ownKeys", "getOwnPropertyDescriptor"].map((trap) => ({
    name: `a proxy whose trap ${trap} throws`,
    make: () => new Proxy(tracker(), { [trap]: throwing(new Error(trap)) }),
    issues: unreadable(trap),
  })),
  ...["has", "getPrototypeOf", "set", "defineProperty", "isExtensible"].map((trap) => ({
    name: `a proxy whose trap ${trap} throws, which JSON does not use`,
    make: () => new Proxy(tracker(), { [trap]: throwing(new Error(trap)) }),
    issues: /** @type {[]} */ ([]),
  })),
  {
    name: "a proxy whose keys are listed once",
    make() {
      let calls = 0;
      const ownKeys = (/** @type {object} */ target) => {
        calls++;
        return calls === 1 ? Reflect.ownKeys(target) : [];
      };
      return new Proxy(tracker({ extra: 1 }), { ownKeys });
    },
    issues: [["unknown_key", "", '"extra"']],
  },
  {
    name: "a wrong field behind a proxy whose trap throws when it is called again",
    make() {
      let calls = 0;
      const getOwnPropertyDescriptor = (/** @type {object} */ target, /** @type {PropertyKey} */ key) => {
        if (++calls > 3) throw new Error("not again");
        return Reflect.getOwnPropertyDescriptor(target, key);
      };
      return new Proxy(tracker({ name: undefined }), { getOwnPropertyDescriptor });
    },
    issues: [["missing", "/name", "The name is missing."]],
  },
  {
    name: "a proxy that returns a function for every property",
    make: () => new Proxy(tracker(), { get: () => () => "anything" }),
    issues: [["type", "", "Expected an object, got a string."]],
  },
  { name: "a revoked proxy", make: revoked, issues: unreadable() },
  {
    name: "a revoked proxy for a field",
    make: () => tracker({ vocabulary: revoked() }),
    issues: unreadable(),
  },
  { name: "a revoked proxy for an entry", make: () => phrases("a", revoked()), issues: unreadable() },
  {
    name: "a revoked proxy beside an unknown key",
    make: () => tracker({ extra: revoked() }),
    issues: unreadable(),
  },
  {
    name: "a getter that throws a string",
    make: () => withGetter(tracker(), "id", throwing("a plain reason")),
    issues: unreadable("a plain reason"),
  },
  ...[undefined, null, 1, Symbol("reason"), { message: "no Error" }].map((thrown) => ({
    name: `a getter that throws ${typeof thrown === "object" ? JSON.stringify(thrown) : String(thrown)}`,
    make: () => withGetter(tracker(), "id", throwing(thrown)),
    issues: unreadable("it threw something that is not an Error"),
  })),
  {
    name: "a getter that throws a revoked proxy",
    make: () => withGetter(tracker(), "id", throwing(revoked())),
    issues: unreadable("it threw"),
  },
  {
    name: "a getter that throws an Error whose message throws",
    make: () =>
      withGetter(tracker(), "id", throwing(withGetter(new Error(), "message", throwing(new Error())))),
    issues: unreadable("it threw"),
  },
  {
    name: "a getter that throws an Error whose toString and message's toString throw",
    make() {
      const unspeakable = { toString: throwing(new Error()) };
      const error = Object.assign(new Error(), unspeakable, { message: unspeakable });
      return withGetter(tracker(), "id", throwing(error));
    },
    issues: unreadable("it threw"),
  },
  {
    name: "a getter that throws an Error with a message of 10 MB",
    make: () => withGetter(tracker(), "id", throwing(new Error("x ".repeat(5e6)))),
    issues: unreadable("x x x"),
  },
  {
    name: "a getter that throws an Error with half of a surrogate pair",
    make: () => withGetter(tracker(), "id", throwing(new Error("half: \ud800"))),
    issues: unreadable("half: \ufffd"),
  },
];
