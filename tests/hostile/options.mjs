// Invalid options of every kind. validateTracker reports them and does not throw.

import { fickle, revoked, throwing, tracker, unreadable, withGetter } from "./make.mjs";

/** @import { Hostile } from "./make.mjs" */

/** @type {(option: string) => Hostile["issues"]} */
const wrongOption = (option) => unreadable(`the option ${option} must be`);

/** @type {Hostile[]} */
export const options = [
  ...[null, 1, "create", true, Symbol("options"), () => {}, 1n].map((wrong) => ({
    name: `options that are ${typeof wrong}`,
    wrong,
    option: "options",
  })),
  ...["delete", "", null, 1, {}, ["create"]].map((wrong) => ({
    name: `for: ${JSON.stringify(wrong)}`,
    wrong: { for: wrong },
    option: "for",
  })),
  ...[null, 1, {}, "\ud800", ["1"]].map((wrong) => ({
    name: `trackerId: ${JSON.stringify(wrong)}`,
    wrong: { trackerId: wrong },
    option: "trackerId",
  })),
  ...[-1, 1.5, NaN, Infinity, 2 ** 30 + 1, "1", null, 1n, {}].map((wrong) => ({
    name: `maxBodyBytes: ${typeof wrong} ${wrong}`,
    wrong: { maxBodyBytes: wrong },
    option: "maxBodyBytes",
  })),
  ...[-1, 1.5, NaN, -Infinity, "all", null, 1n, {}].map((wrong) => ({
    name: `maxIssues: ${typeof wrong} ${wrong}`,
    wrong: { maxIssues: wrong },
    option: "maxIssues",
  })),
].map(({ name, wrong, option }) => ({
  name: `the option ${name}`,
  make: () => tracker(),
  options: () => wrong,
  issues: wrongOption(option),
}));

/** @type {Hostile[]} */
export const hostileOptions = [
  {
    name: "options whose getter throws",
    make: () => tracker(),
    options: () => withGetter({}, "maxIssues", throwing(new Error("not today"))),
    issues: unreadable("not today"),
  },
  { name: "options that are a revoked proxy", make: () => tracker(), options: revoked, issues: unreadable() },
  {
    name: "options without a prototype",
    make: () => tracker(),
    options: () => Object.assign(Object.create(null), { for: "create" }),
    issues: [["unknown_key", "", "A tracker to create has no id"]],
  },
  {
    name: "options, each read once",
    make: () => tracker(),
    options: () => fickle({ for: "update", trackerId: "1", maxBodyBytes: 100, maxIssues: 1 }),
    issues: [],
  },
  {
    name: "options that are all undefined",
    make: () => tracker(),
    options: () => ({ for: undefined, trackerId: undefined, maxBodyBytes: undefined, maxIssues: undefined }),
    issues: [],
  },
  {
    name: "a trackerId of 100 MB",
    make: () => tracker(),
    options: () => ({ trackerId: "1".repeat(1e8) }),
    issues: wrongOption("trackerId"),
  },
];
