// 1,000 updates and 300 creations on a service that fails a third of the calls at random, some of them after they have
// taken effect. Whatever each is reported to have come to is compared with the server's own record of it.

import {
  type Attempt,
  type AttemptEvent,
  isTrackerError,
  type Tracker,
  type TrackerError,
  type UpdateResult,
} from "symbl-tracker";
import { expect, it } from "vitest";
import type { Entry } from "../www/sandbox/record.mjs";
import { type Service, searchForLeaks, sha256, useService } from "./common/service.js";

/** Calls to one origin wait for each other, so several services are called side by side. */
const SERVICES = 20;
const UPDATES = 50;
const CREATIONS = 15;
/** SEED=… repeats a run. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

const service = useService();

/** An update, what it was reported to have come to, and what the server knows of it. */
interface Report {
  /** Whether the client reads to settle what is unknown, and the host replaces vocabularies instead of adding to them. */
  verify: boolean;
  replaces: boolean;
  sent: Tracker;
  result: UpdateResult | undefined;
  error: TrackerError | undefined;
  requests: Entry[];
  /** The tracker before it, and the one that the server has in the end. */
  before: Tracker;
  after: Tracker;
}

/** Updates as many trackers, each once, and each so that its body is like no other. */
async function updatesOf(one: Service, index: number, verify: boolean): Promise<Report[]> {
  const client = one.client();
  const replaces = index % 2 === 1;
  const fresh = Array.from({ length: UPDATES }, (_, n) => ({
    name: `Tracker ${n}`,
    vocabulary: [`old ${n}`],
  }));
  const before = await client.createMany(fresh);
  one.sandbox.changeSettings({
    update: replaces ? "replace" : "merge",
    chaos: { rate: 1 / 3, seed: seed + index },
  });
  const sends = before.map((tracker, n) => {
    // A few ask for a name that is taken, which the service refuses however often it is asked.
    const name = n % 10 === 9 ? "Promotion Mention" : `Tracker ${n}, updated`;
    return { id: tracker.id, name, vocabulary: [`new ${n} of ${index}`] };
  });
  const settled = await Promise.allSettled(
    sends.map((sent, n) =>
      one.update({ verify, retries: n % 4, timeoutMs: 10_000, totalTimeoutMs: 600_000 }, sent),
    ),
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
      ...{ verify, replaces, sent, error },
      result: outcome.status === "fulfilled" ? outcome.value : undefined,
      requests: record.filter(({ sha256 }) => sha256 === digest),
      before: before[n] as Tracker,
      after: stored.get(sent.id) as Tracker,
    };
  });
}

/** What is not as it was reported. */
function wrongAbout({ replaces, sent, result, error, requests, before, after }: Report): string | undefined {
  const applied = requests.some((entry) => entry.applied);
  const isAsBefore = JSON.stringify(after) === JSON.stringify(before);
  if (applied === isAsBefore) return "the record and the store of the sandbox disagree";
  const attempts = (result ?? error)?.attempts ?? [];
  if (requests.length === 0 || requests.length > attempts.length) return "attempts are missing";
  if (result) {
    if (!applied) return "reported as done, and was not applied";
    if (JSON.stringify(result.tracker) !== JSON.stringify(after))
      return "another tracker than the service has";
    const kept = replaces ? "" : before.vocabulary.join();
    if (result.kept.join() !== kept) return "wrong about what was kept";
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

const indices = Array.from({ length: SERVICES }, (_, index) => index);

/** Whether the last read of a change of unknown outcome has been answered. */
function wasRead(attempts: readonly Attempt[]): boolean {
  const last = attempts.at(-1);
  return last?.status === 200 && last.fault === undefined;
}

/** The share of the changes that would have been of unknown outcome, of which the read found out what became of them. */
function settled(errorsAndAttempts: { error: TrackerError | undefined; attempts: readonly Attempt[] }[]) {
  const unknown = errorsAndAttempts.filter(({ attempts }) =>
    attempts.some(({ purpose }) => purpose === "verify"),
  );
  const found = unknown.filter(({ error, attempts }) => !error || wasRead(attempts));
  console.info(`verified: ${unknown.length}, of which settled: ${found.length}`);
  expect(unknown.length).toBeGreaterThan(0);
  return found.length / unknown.length;
}

it.each([false, true])(
  `${SERVICES * UPDATES} updates, seed ${seed}, verify: %s`,
  { timeout: 300_000 },
  async (verify) => {
    const reports: Report[] = [];
    await service.each(
      indices,
      async (index, one) => void reports.push(...(await updatesOf(one, index, verify))),
    );
    console.table(summary(reports));

    expect(reports).toHaveLength(SERVICES * UPDATES);
    const wrong = reports.flatMap((report) => {
      const what = wrongAbout(report);
      const met = report.requests.map(({ fault, status, applied }) => [fault, status, applied]);
      return what ? [{ what, sent: report.sent.vocabulary, error: report.error?.code, met }] : [];
    });
    expect(wrong).toEqual([]);
    // It was chaos, and all three outcomes came of it.
    const faults = reports.flatMap(({ requests }) => requests).filter(({ fault }) => fault !== null);
    expect(faults.length).toBeGreaterThan((SERVICES * UPDATES) / 5);
    for (const outcome of ["applied", "not_applied", "unknown"]) {
      expect(reports.filter(({ error }) => error?.outcome === outcome).length).toBeGreaterThan(0);
    }
    if (!verify) return;
    const attempts = reports.map(({ error, result }) => ({
      error,
      attempts: (result ?? error)?.attempts ?? [],
    }));
    expect(settled(attempts)).toBeGreaterThanOrEqual(0.9);
    // What was applied on a host that replaces, the client knows to be, unless even the reads failed.
    const lost = reports.filter(
      ({ replaces, error, requests }) =>
        replaces && error?.outcome === "unknown" && requests.some(({ applied }) => applied),
    );
    for (const { error } of lost) expect(wasRead(error?.attempts ?? [])).toBe(false);
  },
);

it(`${SERVICES * CREATIONS} creations, seed ${seed}`, { timeout: 300_000 }, async () => {
  const rows: { error: TrackerError | undefined; attempts: Attempt[] }[] = [];
  const wrong: unknown[] = [];
  await service.each(indices, async (index, one) => {
    one.sandbox.changeSettings({ chaos: { rate: 1 / 3, seed: seed + index } });
    for (let n = 0; n < CREATIONS; n++) {
      const sent = { name: `New ${n} of ${index}`, vocabulary: [`phrase ${n}`] };
      const attempts: Attempt[] = [];
      const onAttempt = (event: AttemptEvent) => event.type === "end" && void attempts.push(event);
      const options = { verify: true, timeoutMs: 10_000, totalTimeoutMs: 600_000, onAttempt };
      const [created, error] = await one
        .client(options)
        .create(sent)
        .then(
          (tracker) => [tracker, undefined],
          (error) => [undefined, error],
        );
      if (error !== undefined && !isTrackerError(error)) throw error;
      rows.push({ error, attempts });
      const digest = sha256(JSON.stringify(sent));
      const requests = one.requests().filter((entry) => entry.sha256 === digest);
      const applied = requests.filter((entry) => entry.applied).length;
      const outcome = created ? "applied" : error?.outcome;
      const isTrue = outcome === "unknown" || (outcome === "applied") === (applied === 1);
      const isSame = !created || created.vocabulary.join() === sent.vocabulary.join();
      if (applied > 1 || !isTrue || !isSame) wrong.push({ sent, applied, outcome, code: error?.code });
    }
  });
  expect(wrong).toEqual([]);
  expect(rows).toHaveLength(SERVICES * CREATIONS);
  expect(settled(rows)).toBeGreaterThanOrEqual(0.9);
});

searchForLeaks();
