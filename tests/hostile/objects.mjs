// Objects that are not what they look like.

import {
  duplicateOfFirst,
  hidden,
  inherits,
  MISSING,
  notAString,
  phrases,
  throwing,
  tracker,
  unreadable,
  withGetter,
} from "./make.mjs";

/** @import { Hostile } from "./make.mjs" */

/** An array with a wrong `length`. */
const ofLength = (/** @type {unknown} */ length, /** @type {unknown[]} */ ...entries) =>
  new Proxy(entries, { get: (target, key) => (key === "length" ? length : Reflect.get(target, key)) });

function argumentsOf(/** @type {unknown[]} */ ..._given) {
  // biome-ignore lint/complexity/noArguments: the arguments object is what is tested
  return arguments;
}

class Promotion {
  id = "1";
  name = "Sale";
  vocabulary = ["on sale"];
}
class Accessors {
  get id() {
    return "1";
  }
  name = "Sale";
  vocabulary = ["on sale"];
}
class Phrases extends Array {}
class PhraseList {
  items = ["on sale"];
}

/** @type {(received: string, sentAs?: string) => Hostile["issues"]} */
const noVocabulary = (received, sentAs = "an object") => [
  ["type", "/vocabulary", `Expected an array, got ${received} (sent as ${sentAs}).`],
];

/** @type {Hostile[]} */
export const objects = [
  { name: "a Date", make: () => new Date(0), issues: [["type", "", "got a Date (sent as a string)."]] },
  {
    name: "an invalid Date",
    make: () => new Date(NaN),
    issues: [["type", "", "Expected an object, got"]],
  },
  { name: "a Date for a phrase", make: () => phrases(new Date(0)), issues: [] },
  { name: "a Map", make: () => new Map(Object.entries(tracker())), issues: MISSING },
  {
    name: "a Set for the vocabulary",
    make: () => tracker({ vocabulary: new Set(["a"]) }),
    issues: noVocabulary("a Set"),
  },
  {
    name: "a Map for the vocabulary",
    make: () => tracker({ vocabulary: new Map() }),
    issues: noVocabulary("a Map"),
  },
  {
    name: "a Promise for the vocabulary",
    make: () => tracker({ vocabulary: Promise.resolve([]) }),
    issues: noVocabulary("a Promise"),
  },
  {
    name: "an iterator for the vocabulary",
    make: () => tracker({ vocabulary: ["a"].values() }),
    issues: noVocabulary("an Array Iterator"),
  },
  {
    name: "a typed array for the vocabulary",
    make: () => tracker({ vocabulary: new Uint8Array(2) }),
    issues: noVocabulary("an Uint8Array"),
  },
  {
    name: "a typed array for the tracker",
    make: () => new Uint8Array(1),
    issues: [["unknown_key", "", '"0"'], ...MISSING],
  },
  {
    name: "arguments for the vocabulary",
    make: () => tracker({ vocabulary: argumentsOf("a") }),
    issues: noVocabulary("an Arguments"),
  },
  {
    name: "an array-like for the vocabulary",
    make: () => tracker({ vocabulary: { length: 1, 0: "a" } }),
    issues: [["type", "/vocabulary", "Expected an array, got an object."]],
  },
  {
    name: "an array subclass",
    make: () => tracker({ vocabulary: Phrases.from(["a", "a"]) }),
    issues: [duplicateOfFirst(1)],
  },
  {
    name: "an array that cannot be iterated",
    make: () =>
      tracker({
        vocabulary: Object.assign(["a"], {
          [Symbol.iterator]: throwing(new Error()),
          forEach: 0,
          map: 0,
          join: 0,
        }),
      }),
    issues: [],
  },
  {
    name: "an array with additional fields",
    make: () => tracker({ vocabulary: Object.assign(["a"], { extra: 1, "-1": "b" }) }),
    issues: [],
  },
  {
    name: "an array whose constructor throws",
    make: () => tracker({ vocabulary: withGetter(["a", 1], "constructor", throwing(new Error())) }),
    issues: [notAString("a number", 1)],
  },
  { name: "a class instance", make: () => new Promotion(), issues: [] },
  {
    name: "a class instance with an accessor",
    make: () => new Accessors(),
    issues: [["missing", "/id", "The id is missing: it is inherited"]],
  },
  {
    name: "a class instance for the vocabulary",
    make: () => tracker({ vocabulary: new PhraseList() }),
    issues: noVocabulary("a PhraseList"),
  },
  {
    name: "a frozen tracker",
    make: () => Object.freeze(tracker({ vocabulary: Object.freeze(["a"]) })),
    issues: [],
  },
  {
    name: "an object without a prototype",
    make: () => Object.assign(Object.create(null), tracker()),
    issues: [],
  },
  {
    name: "an object without a prototype for a phrase",
    make: () => phrases(Object.create(null)),
    issues: [notAString("an object")],
  },
  {
    name: "inherited fields",
    make: () => inherits(tracker()),
    issues: [
      ["missing", "/id", "it is inherited"],
      ["missing", "/name", "it is inherited"],
      ["missing", "/vocabulary", "it is inherited"],
    ],
  },
  {
    name: "an inherited id",
    make: () => inherits({ id: "1" }, { name: "Sale", vocabulary: [] }),
    issues: [["missing", "/id", "it is inherited"]],
  },
  {
    name: "a field that is not enumerable",
    make: () => hidden(tracker(), "name", "Sale"),
    issues: [["missing", "/name", "it is not enumerable"]],
  },
  { name: "an unknown key that is not enumerable", make: () => hidden(tracker(), "extra", 1), issues: [] },
  { name: "inherited unknown keys", make: () => inherits({ extra: 1 }, tracker()), issues: [] },
  { name: "a symbol key", make: () => tracker({ [Symbol("extra")]: 1 }), issues: [] },
  {
    name: "an own key __proto__",
    make: () => JSON.parse('{"__proto__":{},"id":"1","name":"Sale","vocabulary":[]}'),
    issues: [["unknown_key", "", '"__proto__"']],
  },
  { name: "__proto__ in a literal", make: () => ({ __proto__: tracker() }), issues: MISSING },
  {
    name: "the key constructor",
    make: () => tracker({ constructor: null }),
    issues: [["unknown_key", "", '"constructor"']],
  },
  {
    name: "a prototype whose constructor throws",
    make: () => phrases(inherits(withGetter({}, "constructor", throwing(new Error())))),
    issues: [notAString("an object")],
  },
  {
    name: "a prototype whose constructor has a name of 10 MB",
    make: () => phrases(inherits({ constructor: { name: "N".repeat(1e7) } })),
    issues: [["type", "/vocabulary/0", "got a NNNN"]],
  },
  { name: "the empty key", make: () => tracker({ "": 1 }), issues: [["unknown_key", "", '""']] },
  {
    name: "a tag that throws",
    make: () => phrases(withGetter({}, Symbol.toStringTag, throwing(new Error()))),
    issues: [notAString("an object")],
  },
  {
    name: "a tag of 10 MB",
    make: () => phrases({ [Symbol.toStringTag]: "T".repeat(1e7) }),
    issues: [["type", "/vocabulary/0", "got a TTTT"]],
  },
  {
    name: "another realm's tracker",
    make: (realm) => realm.JSON.parse(JSON.stringify(tracker())),
    issues: [],
  },
  {
    name: "another realm's array of another realm's objects",
    make: (realm) => tracker({ vocabulary: realm.Array.of("a", new realm.Object(), new realm.Set()) }),
    issues: [notAString("an object", 1), notAString("a Set (sent as an object)", 2)],
  },
  {
    name: "another realm's Error",
    make: (realm) => withGetter(tracker(), "id", throwing(new realm.Error("from afar"))),
    issues: unreadable(),
  },
  {
    name: "a RegExp and an Error for phrases",
    make: () => phrases(/a/, new Error("a")),
    issues: [notAString("a RegExp (sent as an object)"), notAString("an Error (sent as an object)", 1)],
  },
  ...["2", 2.9, true].map((length) => ({
    name: `a length that is ${JSON.stringify(length)}`,
    make: () => tracker({ vocabulary: ofLength(length, "a", "b", "c") }),
    issues: /** @type {[]} */ ([]),
  })),
  ...[-1, NaN, undefined, null, "many"].map((length) => ({
    name: `a length that is ${length}`,
    make: () => tracker({ vocabulary: ofLength(length, 1) }),
    issues: /** @type {[]} */ ([]),
  })),
  ...[1n, Symbol("length"), { valueOf: throwing(new Error()) }].map((length) => ({
    name: `a length that cannot be converted to a number: ${typeof length}`,
    make: () => tracker({ vocabulary: ofLength(length, "a") }),
    issues: unreadable(),
  })),
  {
    name: "a length of 2⁵³ − 1",
    make: () => tracker({ vocabulary: ofLength(2 ** 53 - 1) }),
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
  {
    name: "an infinite length",
    make: () => tracker({ vocabulary: ofLength(Infinity) }),
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
];
