// What a draft says after every edit of random scripts is what validateTracker and adviseTracker say of its twin. The
// crate's own tests run 2,000 scripts of 300 edits each, in a browser too; these prove that nothing is lost on the
// way to JavaScript.

import { describe, expect, it } from "vitest";
import { runScript } from "./common/script.js";

describe("random scripts", { timeout: 300_000 }, () => {
  it.each([
    ["many", 1, 2000, 20, false],
    ["long ones", 5001, 5020, 300, false],
    ["of many rows", 9001, 9002, 100, true],
  ])("%s", (name, first, last, edits, many) => {
    let changes = 0;
    for (let seed = first; seed <= last; seed++) {
      try {
        changes += runScript(seed, edits, many);
      } catch (error) {
        throw new Error(`the script of seed ${seed}`, { cause: error });
      }
    }
    const scripts = last - first + 1;
    console.info(`${name}: seeds ${first} to ${last}, ${edits} edits each, ${changes} changed something`);
    expect(changes).toBeGreaterThan((scripts * edits) / 2);
  });
});
