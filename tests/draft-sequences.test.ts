// After every edit of a random sequence, a draft says what validateTracker and adviseTracker say of a naive model. The
// crate's own model test runs 2,000 sequences of 300 edits each, in a browser too; these show that nothing is lost on
// the way to JavaScript.

import { describe, expect, it } from "vitest";
import { runEditSequence } from "./common/edit-sequence.js";

describe("random edit sequences", { timeout: 300_000 }, () => {
  it.each([
    ["many", 1, 2000, 20, false],
    ["long ones", 5001, 5020, 300, false],
    ["of many rows", 9001, 9002, 100, true],
  ])("%s", (name, first, last, edits, many) => {
    let changes = 0;
    for (let seed = first; seed <= last; seed++) {
      try {
        changes += runEditSequence(seed, edits, many);
      } catch (error) {
        throw new Error(`the edit sequence of seed ${seed}`, { cause: error });
      }
    }
    const sequences = last - first + 1;
    console.info(`${name}: seeds ${first} to ${last}, ${edits} edits each, ${changes} changed something`);
    expect(changes).toBeGreaterThan((sequences * edits) / 2.5);
  });
});
