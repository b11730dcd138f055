// Values that determine their own JSON: toJSON, and JSON.rawJSON if the engine has it.

import {
  duplicateOfFirst,
  eachReadOnce,
  fickleToJSON,
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

/** @type {Hostile[]} */
export const toJSON = [
  { name: "an own toJSON", make: () => ({ secret: 1, toJSON: () => tracker() }), issues: [] },
  {
    name: "an own toJSON that returns an invalid tracker",
    make: () => tracker({ toJSON: () => phrases("a", "a") }),
    issues: [duplicateOfFirst(1)],
  },
  { name: "an inherited toJSON", make: () => inherits({ toJSON: () => ({}) }, tracker()), issues: MISSING },
  {
    name: "a toJSON that is not enumerable",
    make: () => hidden(tracker(), "toJSON", () => []),
    issues: [["type", "", "Expected an object, got an array."]],
  },
  {
    name: "a toJSON that returns the value itself",
    make: () =>
      tracker({
        toJSON() {
          return this;
        },
      }),
    issues: [],
  },
  {
    name: "a toJSON that returns undefined",
    make: () => tracker({ toJSON() {} }),
    issues: [["type", "", "Expected an object, got null."]],
  },
  {
    name: "a toJSON that throws",
    make: () => tracker({ toJSON: throwing(new Error("no JSON")) }),
    issues: unreadable("no JSON"),
  },
  {
    name: "a toJSON behind a getter that throws",
    make: () => withGetter(tracker(), "toJSON", throwing(new Error("none"))),
    issues: unreadable("none"),
  },
  {
    name: "a toJSON that is not a function",
    make: () => tracker({ toJSON: 1 }),
    issues: [["unknown_key", "", '"toJSON"']],
  },
  { name: "a toJSON that is undefined", make: () => tracker({ toJSON: undefined }), issues: [] },
  {
    name: "a toJSON of the vocabulary",
    make: () => tracker({ vocabulary: Object.assign(["a"], { toJSON: () => ["b", "b"] }) }),
    issues: [duplicateOfFirst(1)],
  },
  {
    name: "a vocabulary that is an object with a toJSON",
    make: () => tracker({ vocabulary: { toJSON: () => ["a"] } }),
    issues: [],
  },
  {
    name: "a phrase with a toJSON that takes its key",
    make: () => phrases("0", { toJSON: (/** @type {string} */ key) => `phrase ${key}` }, "phrase 1"),
    issues: [["duplicate", "/vocabulary/2", "index 1"]],
  },
  ...[
    { of: "a tracker", make: () => tracker(), issues: [] },
    { of: "a tracker with an unknown key", make: () => tracker({ extra: 1 }), issues: [["unknown_key", ""]] },
    { of: "a tracker with a wrong name", make: () => tracker({ name: 1 }), issues: [["type", "/name"]] },
    { of: "an array", make: () => [], issues: [["type", "", "got an array"]] },
    { of: "a Map", make: () => new Map(), issues: MISSING },
  ].map(({ of, make, issues }) => ({
    name: `a toJSON of ${of} that exists only when it is read again`,
    make: () => fickleToJSON(make(), undefined, () => "anything"),
    issues: /** @type {Hostile["issues"]} */ (issues),
    after: eachReadOnce,
  })),
  {
    name: "a toJSON of a tracker that no longer exists when it is read again",
    make: () => fickleToJSON(phrases("a", "a"), () => tracker(), undefined),
    issues: [],
    after: eachReadOnce,
  },
  {
    name: "a toJSON that returns an object with another toJSON",
    make: () => tracker({ toJSON: () => tracker({ toJSON: throwing(new Error("must not be called")) }) }),
    issues: [],
  },
  ...[
    { of: "the vocabulary", entries: ["a"], issues: [] },
    {
      of: "a vocabulary with a wrong entry",
      entries: ["a", 1, "a"],
      issues: [notAString("a number", 1), duplicateOfFirst(2)],
    },
  ].map(({ of, entries, issues }) => ({
    name: `a toJSON of ${of} that exists only when it is read again`,
    make: () => tracker({ vocabulary: fickleToJSON(entries.slice(), undefined, () => ["b", "b"]) }),
    issues: /** @type {Hostile["issues"]} */ (issues),
    after: (/** @type {any} */ { vocabulary }) => eachReadOnce(vocabulary),
  })),
  {
    name: "a toJSON of the vocabulary that no longer exists when it is read again",
    make: () => tracker({ vocabulary: fickleToJSON(["a", "a"], () => ["a"], undefined) }),
    issues: [],
    after: ({ vocabulary }) => eachReadOnce(vocabulary),
  },
  {
    name: "a toJSON of an entry that no longer exists when it is read again",
    make: () =>
      phrases(
        "a",
        fickleToJSON({}, () => "b", undefined),
        "c",
      ),
    issues: [],
    after: ({ vocabulary }) => eachReadOnce(vocabulary[1]),
  },
  {
    name: "a toJSON of an entry that changes the next entry",
    make() {
      /** @type {unknown[]} */
      const vocabulary = ["b"];
      vocabulary[0] = { toJSON: () => (vocabulary[1] = "a") };
      vocabulary[1] = "b";
      return tracker({ vocabulary });
    },
    issues: [duplicateOfFirst(1)],
  },
  {
    name: "a toJSON of a field that changes the next field",
    make() {
      const value = tracker();
      value.name = {
        toJSON() {
          value.vocabulary = ["a", "a"];
          return "Sale";
        },
      };
      return value;
    },
    issues: [duplicateOfFirst(1)],
  },
  {
    name: "a toJSON of an unknown key that changes a field after it",
    make() {
      const value = { extra: { toJSON: () => Object.assign(value, { name: 1 }).id }, ...tracker() };
      return value;
    },
    issues: [
      ["unknown_key", "", '"extra"'],
      ["type", "/name"],
    ],
  },
  {
    name: "a toJSON of a function",
    make: () => Object.assign(() => {}, { toJSON: () => tracker() }),
    issues: [],
  },
];

/** Text that JSON.stringify copies to its output, if the engine has JSON.rawJSON. @type {Hostile[]} */
export const raw =
  "rawJSON" in JSON
    ? ((/** @type {(text: string) => unknown} */ rawJSON) => [
        {
          name: "raw JSON for phrases",
          make: () => phrases(rawJSON('"a"'), "a", rawJSON("1e999")),
          issues: [duplicateOfFirst(1), notAString("a number", 2)],
        },
        {
          name: "raw JSON in another spelling",
          make: () => phrases(rawJSON('"\\u0061"'), "a"),
          issues: [duplicateOfFirst(1)],
        },
        {
          name: "raw JSON for the tracker",
          make: () => rawJSON("null"),
          issues: [["type", "", "Expected an object, got"]],
        },
        {
          name: "raw JSON of 100 MB",
          make: () => phrases(rawJSON(`"${"x".repeat(1e8)}"`)),
          issues: [["too_large", "/vocabulary", "at least"]],
          endless: true,
        },
      ])(/** @type {any} */ (JSON).rawJSON)
    : [];
