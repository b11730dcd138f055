/**
 * Creates the trackers of a job in batches. A row is stored as `sent` before its request is sent, so its state is right
 * even after a crash. It is only sent again after the account was searched for its name.
 */
import { isTrackerError, type NewTracker, type Tracker } from "symbl-tracker";
import { hasSamePhrases } from "../state/sending/check.js";
import type { Ending } from "../state/sending/queue.js";
import { reason } from "../words/errors.js";
import { counted } from "../words/outcomes.js";
import { MAX_BODY_BYTES } from "./plan.js";

export type RowResult =
  /** It can be sent. */
  | { state: "waiting" }
  /** It was sent, and it is unknown whether it was created. */
  | { state: "sent" }
  | { state: "created"; id: string }
  /** The service refused it. */
  | { state: "refused"; reason: string }
  /** The dry run found a reason not to send it. */
  | { state: "skipped"; reason: string };

export interface JobRow {
  /** Its index in the job. */
  index: number;
  /** The number of its row in the file, from 1. */
  row: number;
  name: string;
  /** Undefined if it is skipped. */
  tracker: NewTracker | undefined;
  /** The size of the tracker as JSON, in bytes. */
  bytes: number;
  result: RowResult;
  /** Whether it was sent before with an unknown outcome, so that this job may have created a tracker with its name. */
  wasSent: boolean;
}

export interface Job {
  rows: () => readonly JobRow[];
  /** Replaces rows, by index. Resolves when they are stored. */
  update: (rows: readonly JobRow[]) => Promise<void>;
}

/** The calls that a job makes. */
export interface BulkService {
  createMany(trackers: readonly NewTracker[], signal: AbortSignal): Promise<Ending<Tracker[]>>;
  /** All trackers of the account. */
  list(signal: AbortSignal): Promise<Ending<Tracker[]>>;
}

/** The most trackers in a request. It is small so that a failure affects few trackers. */
const MAX_BATCH = 25;
/** The job stops after so many refusals without a creation, so that a person can look at the reasons. */
const MAX_REFUSALS = 10;
const TAKEN = "The account already has a tracker with this name.";

/** Why a run stopped early, as a sentence for people; undefined if it is complete. */
export type Stop = string | undefined;

/** Runs a job. If a call fails, the promise resolves with the reason and does not reject. */
export async function run(job: Job, service: BulkService, signal: AbortSignal): Promise<Stop> {
  const stop = await reconcile(job, service, signal);
  if (stop !== undefined) return stop;
  let refusals = 0;
  const batches = batchesOf(job.rows().filter(({ result }) => result.state === "waiting"));
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    if (signal.aborted) return "You cancelled it.";
    await job.update(batch.map((row) => ({ ...row, result: { state: "sent" } })));
    const ending = await service.createMany(
      batch.map(({ tracker }) => tracker as NewTracker),
      signal,
    );
    if (ending.outcome === "applied") {
      refusals = 0;
      await job.update(created(batch, ending.value));
      continue;
    }
    if (ending.outcome === "unknown") {
      // This search runs even after a cancel, so that fewer rows stay unknown.
      const search = await reconcile(job, service, new AbortController().signal);
      if (search !== undefined) return search;
      if (ending.isCancelled) return "You cancelled it.";
      const missing = stillWaiting(batch, job).length;
      if (missing === 0) continue;
      const missed = `${counted(missing, "tracker")} of the last request ${missing === 1 ? "is" : "are"} not in the account.`;
      return `${reason(ending.error)} ${missed}`;
    }
    await job.update(batch);
    if (ending.outcome === "not_sent") return ending.reason;
    if (ending.isCancelled) return "You cancelled it.";
    const status = isTrackerError(ending.error) ? ending.error.status : undefined;
    if (status === 409) {
      const search = await settleTaken(batch, job, service, signal);
      if (search !== undefined) return search;
      const left = stillWaiting(batch, job);
      if (left.length < batch.length) {
        if (left.length > 0) batches.unshift(left);
        continue;
      }
    } else if (!isAboutContent(status)) return reason(ending.error);
    // The service does not say which tracker it refused, so halves are tried.
    if (batch.length > 1) {
      const middle = Math.ceil(batch.length / 2);
      batches.unshift(batch.slice(0, middle), batch.slice(middle));
      continue;
    }
    const refused = reason(ending.error);
    await job.update(batch.map((row) => ({ ...row, result: { state: "refused", reason: refused } })));
    if (++refusals >= MAX_REFUSALS && batches.length > 0)
      return `The service refused the last ${refusals} trackers. ${refused}`;
  }
  return undefined;
}

/** Whether a refusal with this status is about the content that was sent. */
function isAboutContent(status: number | undefined): boolean {
  return status === 400 || status === 413 || status === 422;
}

const stillWaiting = (batch: readonly JobRow[], job: Job): JobRow[] =>
  batch.flatMap(({ index }) => {
    const row = job.rows()[index];
    return row?.result.state === "waiting" ? [row] : [];
  });

/** Searches the account by name for the rows that were sent, to find out whether they were created. */
async function reconcile(job: Job, service: BulkService, signal: AbortSignal): Promise<Stop> {
  const open = job.rows().filter(({ result }) => result.state === "sent");
  if (open.length === 0) return undefined;
  const ending = await service.list(signal);
  if (ending.outcome !== "applied")
    return `It is not known yet whether the last ${open.length} trackers were created. ${whyNot(ending)}`;
  const byName = new Map(ending.value.map((tracker) => [tracker.name, tracker]));
  await job.update(
    open.map((row) => {
      const found = byName.get(row.name);
      // A late request may still create it. If so, its name is taken when it is sent again; settleTaken handles that.
      if (!found) return { ...row, wasSent: true, result: { state: "waiting" } };
      return { ...row, result: isSame(row, found) ? { state: "created", id: found.id } : takenBy(found) };
    }),
  );
  return undefined;
}

/** After a 409: finds the rows whose names are taken, and whether an earlier request of this job created them. */
async function settleTaken(
  batch: readonly JobRow[],
  job: Job,
  service: BulkService,
  signal: AbortSignal,
): Promise<Stop> {
  const ending = await service.list(signal);
  if (ending.outcome !== "applied") return whyNot(ending);
  const byName = new Map(ending.value.map((tracker) => [tracker.name, tracker]));
  await job.update(
    batch.flatMap((row): JobRow[] => {
      const found = byName.get(row.name);
      if (!found) return [];
      const isOwn = row.wasSent && isSame(row, found);
      return [{ ...row, result: isOwn ? { state: "created", id: found.id } : takenBy(found) }];
    }),
  );
  return undefined;
}

const takenBy = ({ id }: Tracker): RowResult => ({ state: "refused", reason: `${TAKEN} Its id is ${id}.` });

function whyNot(ending: Exclude<Ending<unknown>, { outcome: "applied" }>): string {
  if (ending.outcome === "not_sent") return ending.reason;
  return ending.isCancelled ? "You cancelled it." : reason(ending.error);
}

const isSame = ({ tracker }: JobRow, found: Tracker): boolean =>
  tracker !== undefined && hasSamePhrases(tracker, found);

function created(batch: readonly JobRow[], trackers: readonly Tracker[]): JobRow[] {
  const byName = new Map(trackers.map((tracker) => [tracker.name, tracker]));
  return batch.map((row, position) => {
    const id = (byName.get(row.name) ?? trackers[position])?.id;
    return { ...row, result: id === undefined ? { state: "sent" } : { state: "created", id } };
  });
}

/** Groups rows into requests with at most {@link MAX_BATCH} trackers and {@link MAX_BODY_BYTES} each. */
export function batchesOf(rows: readonly JobRow[]): JobRow[][] {
  const batches: JobRow[][] = [];
  let batch: JobRow[] = [];
  // A JSON array has a bracket at its start, and a comma or a bracket after each entry.
  let bytes = 1;
  for (const row of rows) {
    if (batch.length === MAX_BATCH || (batch.length > 0 && bytes + row.bytes + 1 > MAX_BODY_BYTES)) {
      batches.push(batch);
      batch = [];
      bytes = 1;
    }
    batch.push(row);
    bytes += row.bytes + 1;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
