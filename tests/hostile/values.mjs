// Values that JSON cannot represent or converts, and text that is difficult to encode.

import { duplicateOfFirst, notAString, phrases, tracker, unreadable } from "./make.mjs";

/** @import { Hostile } from "./make.mjs" */

/** @type {(received: string, sentAs?: string) => Hostile["issues"]} */
const noVocabulary = (received, sentAs = "an object") => [
  ["type", "/vocabulary", `Expected an array, got ${received} (sent as ${sentAs}).`],
];

/** @type {Hostile[]} */
export const primitives = [
  { name: "undefined", make: () => undefined, issues: [["type", "", "Expected an object, got undefined."]] },
  { name: "a function", make: () => () => tracker(), issues: [["type", "", "got a function."]] },
  { name: "a symbol", make: () => Symbol("tracker"), issues: [["type", "", "got a symbol."]] },
  { name: "a BigInt", make: () => 1n, issues: unreadable() },
  { name: "NaN", make: () => NaN, issues: [["type", "", "got NaN."]] },
  { name: "−0", make: () => -0, issues: [["type", "", "got a number."]] },
  { name: "a BigInt for the id", make: () => tracker({ id: 4476908732794496n }), issues: unreadable() },
  { name: "a BigInt for a phrase", make: () => phrases("a", 1n), issues: unreadable() },
  { name: "a boxed BigInt for a phrase", make: () => phrases(Object(1n)), issues: unreadable() },
  {
    name: "entries that JSON turns into null",
    make: () => phrases(undefined, NaN, Infinity, -Infinity, () => "a", Symbol("a"), null),
    issues: [
      ...["undefined", "NaN", "Infinity", "-Infinity", "a function", "a symbol"].map((received, index) =>
        notAString(`${received} (sent as null)`, index),
      ),
      notAString("null", 6),
    ],
  },
  {
    name: "a hole",
    make: () => tracker({ vocabulary: Object.assign(Array(3), { 0: "a", 2: "b" }) }),
    issues: [notAString("undefined (sent as null)", 1)],
  },
  { name: "−0 for a phrase", make: () => phrases(-0), issues: [notAString("a number")] },
  ...[
    { of: undefined, why: "it is undefined, which JSON leaves out" },
    { of: () => "Sale", why: "it is a function, which JSON leaves out" },
    { of: Symbol("Sale"), why: "it is a symbol, which JSON leaves out" },
  ].map(({ of, why }) => ({
    name: `${typeof of} for the name`,
    make: () => tracker({ name: of }),
    issues: /** @type {Hostile["issues"]} */ ([["missing", "/name", `The name is missing: ${why}.`]]),
  })),
  { name: "undefined for an unknown key", make: () => tracker({ language: undefined }), issues: [] },
  {
    name: "boxed strings, which JSON converts to strings",
    make: () => tracker({ id: Object("1"), name: Object("Sale"), vocabulary: [Object("a"), "a"] }),
    issues: [duplicateOfFirst(1)],
  },
  {
    name: "other boxed primitives for phrases",
    make: () => phrases(Object(1), Object(true), Object(Symbol("a"))),
    issues: [
      notAString("a Number (sent as a number)"),
      notAString("a Boolean (sent as a boolean)", 1),
      notAString("a Symbol (sent as an object)", 2),
    ],
  },
  {
    name: "a boxed string for the vocabulary",
    make: () => tracker({ vocabulary: Object("a") }),
    issues: noVocabulary("a String", "a string"),
  },
  {
    name: "a boxed string for the tracker",
    make: () => Object("a"),
    issues: [["type", "", "got a String (sent as a string)."]],
  },
  ...[
    { of: 1, says: "got a Number (sent as a number)." },
    { of: true, says: "got a Boolean (sent as a boolean)." },
  ].flatMap(({ of, says }) => [
    {
      name: `a boxed ${typeof of} for the tracker`,
      make: () => Object(of),
      issues: /** @type {Hostile["issues"]} */ ([["type", "", says]]),
    },
    {
      name: `a boxed ${typeof of} with a tracker's fields`,
      make: () => Object.assign(Object(of), tracker()),
      issues: /** @type {Hostile["issues"]} */ ([["type", "", says]]),
    },
    {
      name: `a boxed ${typeof of} with a tracker's fields that pretends to be an object`,
      make: () =>
        Object.assign(Object.setPrototypeOf(Object(of), { [Symbol.toStringTag]: "Object" }), tracker()),
      issues: /** @type {Hostile["issues"]} */ ([["type", "", `Expected an object, got`]]),
    },
  ]),
  {
    name: "a boxed BigInt for the tracker",
    make: () => Object.assign(Object(1n), tracker()),
    issues: unreadable(),
  },
  {
    name: "a boxed symbol with a tracker's fields, which JSON writes as an object",
    make: () => Object.assign(Object(Symbol("tracker")), tracker()),
    issues: [],
  },
];

/** @type {Hostile[]} */
export const text = [
  {
    name: "lone surrogates of both kinds",
    make: () => phrases("\ud800", "\udc00", "a\udfff", "\ude00\ud83d", "😀\ud83d"),
    issues: [0, 1, 2, 3, 4].map((index) => ["lone_surrogate", `/vocabulary/${index}`]),
  },
  {
    name: "lone surrogates, which are not reported as duplicates",
    make: () => phrases("\ud800", "\ud801", "\ud800", "\ufffd"),
    issues: [0, 1, 2].map((index) => ["lone_surrogate", `/vocabulary/${index}`]),
  },
  {
    name: "halves of a pair in neighbouring phrases",
    make: () => phrases("\ud83d", "\ude00"),
    issues: [
      ["lone_surrogate", "/vocabulary/0"],
      ["lone_surrogate", "/vocabulary/1"],
    ],
  },
  {
    name: "a lone surrogate in a key",
    make: () => tracker({ "\ud800": 1 }),
    issues: [["unknown_key", "", '"\ufffd"']],
  },
  {
    name: "a lone surrogate in a known key",
    make: () => tracker({ "name\ud800": 1 }),
    issues: [["unknown_key", ""]],
  },
  {
    name: "line separators",
    make: () => phrases("a\u2028b", "a\u2029b", "a\u2028b"),
    issues: [["duplicate", "/vocabulary/2"]],
  },
  {
    name: "NUL and control characters",
    make: () => phrases("\0", "\x01", "\x1f", "\x7f", "\0"),
    issues: [["duplicate", "/vocabulary/4"]],
  },
  {
    name: "200,000 control characters, 1.2 MB when escaped",
    make: () => tracker({ name: "\x01".repeat(200_000) }),
    issues: [["too_large", "/vocabulary", "1,200,0"]],
  },
  {
    name: "300,000 characters of four bytes",
    make: () => tracker({ name: "😀".repeat(300_000) }),
    issues: [["too_large", "/vocabulary", "1,200,0"]],
  },
  {
    name: "8 MB, validated to the end",
    make: () =>
      tracker({ vocabulary: Array.from({ length: 300_000 }, (_, i) => `the phrase ${i % 299_999} é`) }),
    issues: [
      ["too_large", "/vocabulary"],
      ["duplicate", "/vocabulary/299999"],
    ],
  },
  {
    name: "a key that looks like a syntax error",
    make: () => tracker({ '":{"': 1 }),
    issues: [["unknown_key", ""]],
  },
];
