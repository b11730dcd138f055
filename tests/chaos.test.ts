// 1,000 updates of a service that fails a third of the calls at random, some of them after they have taken effect.
// Whatever each update is reported to have come to is compared with the server's own record of it.

import { isTrackerError, type Tracker, type TrackerError, type UpdateResult } from "symbl-tracker";
import { expect, it } from "vitest";
import type { Entry } from "../www/sandbox/record.mjs";
import { type Service, searchForLeaks, sha256, useService } from "./common/service.js";

/** Calls to one origin wait for each other, so several services are called side by side. */
const SERVICES = 20;
const UPDATES = 50;
/** SEED=… repeats a run. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

const service = useService();

/** An update, what it was reported to have come to, and what the server knows of it. */
interface Report {
  sent: Tracker;
  result: UpdateResult | undefined;
  error: TrackerError | undefined;
  requests: Entry[];
  /** The tracker before it, and the one that the server has in the end. */
  before: Tracker;
  after: Tracker;
}

/** Updates as many trackers, each once, and each so that its body is like no other. */
async function updatesOf(one: Service, index: number): Promise<Report[]> {
  const client = one.client();
  const fresh = Array.from({ length: UPDATES }, (_, n) => ({
    name: `Tracker ${n}`,
    vocabulary: [`old ${n}`],
  }));
  const before = await client.createMany(fresh);
  one.sandbox.changeSettings({ chaos: { rate: 1 / 3, seed: seed + index } });
  const sends = before.map((tracker, n) => {
    // A few ask for a name that is taken, which the service refuses however often it is asked.
    const name = n % 10 === 9 ? "Promotion Mention" : `Tracker ${n}, updated`;
    return { id: tracker.id, name, vocabulary: [`new ${n} of ${index}`] };
  });
  const settled = await Promise.allSettled(
    sends.map((sent, n) => one.update({ retries: n % 4, timeoutMs: 10_000, totalTimeoutMs: 600_000 }, sent)),
  );
  one.sandbox.changeSettings({ chaos: null });
  const record = one.requests();
  const stored = new Map((await client.list()).map((tracker) => [tracker.id, tracker]));
  return sends.map((sent, n) => {
    const outcome = settled[n] as PromiseSettledResult<UpdateResult>;
    const digest = sha256(JSON.stringify(sent));
    const error = outcome.status === "rejected" ? outcome.reason : undefined;
    if (error !== undefined && !isTrackerError(error)) throw error;
    return {
      sent,
      error,
      result: outcome.status === "fulfilled" ? outcome.value : undefined,
      requests: record.filter(({ sha256 }) => sha256 === digest),
      before: before[n] as Tracker,
      after: stored.get(sent.id) as Tracker,
    };
  });
}

/** What is not as it was reported. */
function wrongAbout({ sent, result, error, requests, before, after }: Report): string | undefined {
  const applied = requests.some((entry) => entry.applied);
  const isAsBefore = JSON.stringify(after) === JSON.stringify(before);
  if (applied === isAsBefore) return "the record and the store of the sandbox disagree";
  const attempts = (result ?? error)?.attempts ?? [];
  if (requests.length === 0 || requests.length > attempts.length) return "attempts are missing";
  if (result) {
    if (!applied) return "reported as done, and was not applied";
    if (JSON.stringify(result.tracker) !== JSON.stringify(after))
      return "another tracker than the service has";
    if (result.kept.join() !== before.vocabulary.join()) return "wrong about what was kept";
    if (result.dropped.length > 0) return "wrong about what was dropped";
    return after.name === sent.name ? undefined : "has another name";
  }
  if (error?.outcome === "applied") return applied ? undefined : "reported as applied, and was not";
  if (error?.outcome === "not_applied") return applied ? "reported as not applied, and was" : undefined;
  return error?.outcome === "unknown" ? undefined : "no outcome";
}

/** How many updates came to what, and how many of them the server had applied. */
function summary(reports: Report[]) {
  const rows = new Map<string, { updates: number; applied: number; requests: number }>();
  for (const { result, error, requests } of reports) {
    const kind = result ? "done" : `${error?.outcome}: ${error?.code}`;
    const row = rows.get(kind) ?? { updates: 0, applied: 0, requests: 0 };
    row.updates++;
    row.applied += Number(requests.some(({ applied }) => applied));
    row.requests += requests.length;
    rows.set(kind, row);
  }
  return Object.fromEntries([...rows].sort(([a], [b]) => a.localeCompare(b)));
}

it(`${SERVICES * UPDATES} updates, seed ${seed}`, { timeout: 300_000 }, async () => {
  const indices = Array.from({ length: SERVICES }, (_, index) => index);
  const reports: Report[] = [];
  await service.each(indices, async (index, one) => void reports.push(...(await updatesOf(one, index))));
  console.table(summary(reports));

  expect(reports).toHaveLength(SERVICES * UPDATES);
  const wrong = reports.flatMap((report) => {
    const what = wrongAbout(report);
    return what
      ? [
          {
            what,
            sent: report.sent.vocabulary,
            error: report.error?.code,
            met: report.requests.map(({ fault, status, applied }) => [fault, status, applied]),
          },
        ]
      : [];
  });
  expect(wrong).toEqual([]);
  // It was chaos, and all three outcomes came of it.
  const faults = reports.flatMap(({ requests }) => requests).filter(({ fault }) => fault !== null);
  expect(faults.length).toBeGreaterThan((SERVICES * UPDATES) / 5);
  for (const outcome of ["applied", "not_applied", "unknown"]) {
    expect(reports.filter(({ error }) => error?.outcome === outcome).length).toBeGreaterThan(0);
  }
});

searchForLeaks();
