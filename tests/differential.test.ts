// Compares validateTracker with the sandbox, which shares no code with it, on random values.

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
import { inputs } from "./common/random.js";
import { type SandboxValidator, startSandboxValidator } from "./common/sandbox-validator.js";

const RUNS = 10_000;
/** Set SEED to repeat a run. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

const digest = (text: string) => createHash("sha256").update(text).digest("hex");

let sandbox: SandboxValidator;
beforeAll(async () => {
  sandbox = await startSandboxValidator();
});
afterAll(() => sandbox.close());

it(`${RUNS} random values, seed ${seed}`, { timeout: 300_000 }, async () => {
  const seen = { accepted: 0, refused: 0, unreadable: 0 };
  const property = fc.asyncProperty(inputs, async ({ value, options }) => {
    const result = validateTracker(value, options);
    let json: string | undefined;
    try {
      json = JSON.stringify(value);
    } catch {
      seen.unreadable++;
      expect(result).toMatchObject({ ok: false, issues: [{ code: "unreadable" }] });
      return;
    }
    if (json === undefined) {
      expect(result).toMatchObject({ ok: false, issues: [{ code: "type", path: [] }] });
      return;
    }
    const expected = await sandbox.validate(json, options);
    expect(result.ok, expected.message).toBe(expected.accepted);
    if (result.ok) {
      seen.accepted++;
      expect(expected).toMatchObject({ sha256: digest(json), bytes: result.bytes });
    } else {
      seen.refused++;
      const pointer = /^\/\S+/.exec(expected.message ?? "")?.[0];
      if (pointer) expect(result.issues.map((issue) => issue.pointer)).toContain(pointer);
    }
  });
  await fc.assert(property, { numRuns: RUNS, seed });
  // A run with hardly any valid or hardly any invalid values would prove little.
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(RUNS / 5);
  console.info(`seed ${seed}:`, seen);
});

it(`${RUNS / 10} random values sent by updateTracker, seed ${seed}`, { timeout: 300_000 }, async () => {
  const seen = { sent: 0, refused: 0 };
  const property = fc.asyncProperty(inputs, async ({ value, options }) => {
    const trackerId = options.trackerId ?? idOf(value);
    // No tracker has such an id, and updateTracker does not put it in a URL.
    fc.pre(!/\p{Cc}/u.test(trackerId));
    const result = validateTracker(value, { trackerId });
    let thrown: unknown;
    const calls = await sandbox.received((settings) =>
      updateTracker(trackerId, value as Tracker, settings).catch((error) => {
        thrown = error;
      }),
    );
    if (result.ok) {
      seen.sent++;
      // Nearly all of the ids belong to no tracker.
      if (thrown !== undefined) expect(thrown).toBeInstanceOf(RejectedError);
      const { bytes } = result;
      expect(calls).toEqual([{ status: thrown ? 404 : 200, sha256: digest(JSON.stringify(value)), bytes }]);
    } else {
      seen.refused++;
      expect(thrown).toBeInstanceOf(InvalidTrackerError);
      expect(thrown).toMatchObject({ issues: result.issues });
      expect(calls).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: RUNS / 10, seed });
  expect(Math.min(seen.sent, seen.refused)).toBeGreaterThan(RUNS / 50);
  console.info(`seed ${seed}:`, seen);
});

/** The tracker's own id if it can be in a path, otherwise "1". */
function idOf(value: unknown): string {
  const id = (value as Partial<Tracker> | null | undefined)?.id;
  return id !== undefined && validateTracker({ id, name: "a", vocabulary: [] }).ok ? String(id) : "1";
}
