// validateTracker and the sandbox, which shares no code with it, judge the same random values.

import { createHash } from "node:crypto";
import fc from "fast-check";
import {
  InvalidTrackerError,
  RejectedError,
  type Tracker,
  updateTracker,
  validateTracker,
} from "symbl-tracker";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Judge, startJudge } from "./common/judge.js";
import { judged } from "./common/random.js";

const RUNS = 10_000;
/** SEED=… repeats a run. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

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
      expect(judgement).toMatchObject({ sha256: digest(json), bytes: verdict.bytes });
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

it(`${RUNS / 10} random values sent by updateTracker, seed ${seed}`, { timeout: 300_000 }, async () => {
  const seen = { sent: 0, refused: 0 };
  const property = fc.asyncProperty(judged, async ({ value, options }) => {
    const trackerId = options.trackerId ?? idOf(value);
    // Such an id belongs to no tracker, and updateTracker does not put it into a URL.
    fc.pre(!/\p{Cc}/u.test(trackerId));
    const verdict = validateTracker(value, { trackerId });
    let thrown: unknown;
    const calls = await judge.received((settings) =>
      updateTracker(trackerId, value as Tracker, settings).catch((error) => {
        thrown = error;
      }),
    );
    if (verdict.ok) {
      seen.sent++;
      // Nearly all ids are of no tracker.
      if (thrown !== undefined) expect(thrown).toBeInstanceOf(RejectedError);
      const { bytes } = verdict;
      expect(calls).toEqual([{ status: thrown ? 404 : 200, sha256: digest(JSON.stringify(value)), bytes }]);
    } else {
      seen.refused++;
      expect(thrown).toBeInstanceOf(InvalidTrackerError);
      expect(thrown).toMatchObject({ issues: verdict.issues });
      expect(calls).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: RUNS / 10, seed });
  expect(Math.min(seen.sent, seen.refused)).toBeGreaterThan(RUNS / 50);
  console.info(`seed ${seed}:`, seen);
});

/** The tracker's own id, where a path can have it. */
function idOf(value: unknown): string {
  const id = (value as Partial<Tracker> | null | undefined)?.id;
  return id !== undefined && validateTracker({ id, name: "a", vocabulary: [] }).ok ? String(id) : "1";
}
