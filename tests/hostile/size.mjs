// Values that are too deep, too long, too many or infinite.

import { duplicateOfFirst, notAString, phrases, tracker, unreadable } from "./make.mjs";

/** @import { Hostile } from "./make.mjs" */

function deep(/** @type {number} */ levels) {
  /** @type {unknown[]} */
  let value = [];
  for (let level = 1; level < levels; level++) value = [value];
  return value;
}

/** @type {Hostile[]} */
export const structures = [
  {
    name: "a cycle",
    make() {
      const value = tracker();
      return Object.assign(value, { self: value });
    },
    issues: unreadable(),
  },
  {
    name: "a cycle through the vocabulary",
    make() {
      const value = phrases("a");
      value.vocabulary.push(value.vocabulary);
      return value;
    },
    issues: unreadable(),
  },
  {
    name: "the same object twice, which is not a cycle",
    make() {
      const shared = {};
      return phrases(shared, shared);
    },
    issues: [notAString("an object"), notAString("an object", 1)],
  },
  { name: "nesting 100,000 levels deep", make: () => deep(100_000), issues: unreadable() },
  {
    name: "nesting 100,000 levels deep in an entry",
    make: () => phrases(deep(100_000)),
    issues: unreadable(),
  },
  {
    name: "nesting 1,000 levels deep in an entry",
    make: () => phrases(deep(1000), "a", "a"),
    issues: [notAString("an array"), ["duplicate", "/vocabulary/2"]],
  },
  {
    name: "a toJSON that returns another one without end",
    make: () => tracker({ name: { toJSON: () => ({ again: Object.assign({}, tracker(), endless()) }) } }),
    issues: unreadable(),
  },
  {
    name: "40 levels, each with the next one twice: 2⁴⁰ values when serialised",
    make() {
      /** @type {unknown} */
      let value = "leaf";
      for (let level = 0; level < 40; level++) value = [value, value];
      return phrases(value);
    },
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
  {
    name: "one string of 1 MB, 400 times",
    make: () => phrases(...Array(400).fill("x".repeat(1e6))),
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
  {
    name: "a string of 100 MB for a phrase",
    make: () => phrases("x".repeat(1e8)),
    issues: [["too_large", "/vocabulary", "at least 100,0"]],
    endless: true,
  },
  {
    name: "a string of 100 MB for the name",
    make: () => tracker({ name: "é".repeat(1e8) }),
    issues: [["too_large", "/vocabulary", "at least 100,0"]],
    endless: true,
  },
  {
    name: "a string of 100 MB for the tracker",
    make: () => "x".repeat(1e8),
    issues: [["too_large", "/vocabulary", "at least 100,0"]],
    endless: true,
  },
  {
    name: "a boxed string of 100 MB for the tracker",
    make: () => Object("x".repeat(1e8)),
    issues: [["too_large", "/vocabulary", "at least 100,0"]],
    endless: true,
  },
  {
    name: "a typed array of 100 MB for the tracker",
    make: () => new Uint8Array(1e8),
    issues: [["too_large", "/vocabulary", "at least 600,0"]],
    endless: true,
  },
  {
    name: "a typed array of 100 MB for a phrase, with a length property of 0",
    make: () => phrases(Object.defineProperty(new Uint8Array(1e8), "length", { value: 0 })),
    issues: [["too_large", "/vocabulary", "at least 600,0"]],
    endless: true,
  },
  {
    name: "a DataView of 100 MB for a phrase, which is an empty object in JSON",
    make: (realm) => phrases(new realm.DataView(new ArrayBuffer(1e8))),
    issues: [notAString("a DataView (sent as an object)")],
  },
  {
    name: "a key of 100 MB",
    make: () => tracker({ ["k".repeat(1e8)]: 1 }),
    issues: [["too_large", "/vocabulary", "at least 100,0"]],
    endless: true,
  },
  {
    name: "a vocabulary of 2³² − 1 holes",
    make: () => tracker({ vocabulary: new Array(2 ** 32 - 1) }),
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
  {
    name: "2³² − 1 holes for the tracker",
    make: () => new Array(2 ** 32 - 1),
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
  {
    name: "2³² − 1 holes in an entry",
    make: () => phrases("a", new Array(2 ** 32 - 1)),
    issues: [["too_large", "/vocabulary", "at least"]],
    endless: true,
  },
];

/** Each `toJSON` creates the next level. */
function endless() {
  return { toJSON: () => ({ again: endless() }) };
}

/** @type {Hostile[]} */
export const many = [
  {
    name: "500,000 duplicates",
    make: () => tracker({ vocabulary: Array(500_000).fill("a") }),
    issues: [["too_large", "/vocabulary", "2,000,0"], duplicateOfFirst(1), duplicateOfFirst(2)],
    count: 500_000,
  },
  {
    name: "500,000 wrong entries",
    make: () => tracker({ vocabulary: Array(500_000).fill(0) }),
    issues: [notAString("a number"), notAString("a number", 1)],
    count: 500_000,
  },
  {
    name: "50,000 wrong entries, all listed",
    make: () => tracker({ vocabulary: Array(50_000).fill(0) }),
    options: () => ({ maxIssues: Infinity }),
    issues: [notAString("a number"), notAString("a number", 1)],
    count: 50_000,
  },
  {
    name: "500,000 holes",
    make: () => tracker({ vocabulary: Array(500_000) }),
    issues: [["too_large", "/vocabulary"], notAString("undefined (sent as null)")],
    count: 500_001,
  },
  {
    name: "100,000 unknown keys",
    make: () => tracker(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]))),
    issues: [
      ["too_large", "/vocabulary"],
      ["unknown_key", "", '"k0"'],
      ["unknown_key", "", '"k1"'],
    ],
    count: 100_001,
  },
  {
    name: "100,000 unknown keys that JSON leaves out",
    make: () => tracker(Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, undefined]))),
    issues: [],
  },
];
