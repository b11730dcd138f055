// validateTracker and the sandbox, which shares no code with it, judge the same random values.

import { createHash } from "node:crypto";
import fc from "fast-check";
import { validateTracker } from "symbl-tracker";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Judge, startJudge } from "./common/judge.js";
import { judged } from "./common/random.js";

const RUNS = 10_000;
/** SEED=… repeats a run. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

let judge: Judge;
beforeAll(async () => {
  judge = await startJudge();
});
afterAll(() => judge.close());

it(`${RUNS} random values, seed ${seed}`, { timeout: 300_000 }, async () => {
  const seen = { accepted: 0, refused: 0, unreadable: 0 };
  const property = fc.asyncProperty(judged, async ({ value, options }) => {
    const verdict = validateTracker(value, options);
    let json: string | undefined;
    try {
      json = JSON.stringify(value);
    } catch {
      seen.unreadable++;
      expect(verdict).toMatchObject({ ok: false, issues: [{ code: "unreadable" }] });
      return;
    }
    if (json === undefined) {
      expect(verdict).toMatchObject({ ok: false, issues: [{ code: "type", path: [] }] });
      return;
    }
    const judgement = await judge.judge(json, options);
    expect(verdict.ok, judgement.message).toBe(judgement.accepted);
    if (verdict.ok) {
      seen.accepted++;
      const sha256 = createHash("sha256").update(json).digest("hex");
      expect(judgement).toMatchObject({ sha256, bytes: verdict.bytes });
    } else {
      seen.refused++;
      const place = /^\/\S+/.exec(judgement.message ?? "")?.[0];
      if (place) expect(verdict.issues.map(({ pointer }) => pointer)).toContain(place);
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed });
  // A run that is nearly all noise would prove little.
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(RUNS / 5);
  console.info(`seed ${seed}:`, seen);
});
