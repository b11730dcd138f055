/** Makes changes, and finds out, by reading, whether a change of unknown outcome was applied. */
import {
  isTrackerError,
  type NewTracker,
  type Tracker,
  type TrackerClient,
  type UpdateResult,
} from "symbl-tracker";
import { type Behaviour, without } from "./host-behaviour.js";
import type { CallContext } from "./queue.js";
import type { Difference, Finding } from "./report.js";

/** A change that was sent. */
export type Change =
  /** @property base the service's version before the update */
  | { kind: "update"; id: string; sent: Tracker | NewTracker; base: Tracker | undefined }
  | { kind: "create"; sent: Tracker | NewTracker }
  | { kind: "delete"; id: string };

/**
 * Creates a tracker. If the answer cannot be read, or if the name is taken, this looks for a tracker with the name and
 * the phrases. A browser may repeat a request on its own when a connection is lost; if the first one was applied, the
 * second one is refused because the name is taken.
 *
 * @param following makes the context for reads that follow the request
 */
export async function create(
  tracker: NewTracker,
  client: TrackerClient,
  context: CallContext,
  following: () => CallContext,
): Promise<Tracker> {
  try {
    return await client.create(tracker, context);
  } catch (error) {
    if (!isTrackerError(error) || (error.outcome !== "applied" && error.code !== "conflict")) throw error;
    const found = await readAfter(error, () => findCreated(tracker, client, following()));
    if (!found) throw error;
    return found;
  }
}

/**
 * Updates a tracker. If the answer cannot be read, this reads the tracker.
 *
 * @param context with the service's version before the update
 * @param following makes the context for reads that follow the request
 */
export async function update(
  id: string,
  tracker: Tracker,
  client: TrackerClient,
  context: CallContext & { base: Tracker | undefined },
  following: () => CallContext,
): Promise<UpdateResult> {
  try {
    return await client.update(id, tracker, context);
  } catch (error) {
    if (!isTrackerError(error) || error.outcome !== "applied") throw error;
    const current = await readAfter(error, () => client.get(id, following()));
    const { missing: dropped, additional: kept } = differenceOf(tracker, current);
    return { tracker: current, kept, dropped, attempts: error.attempts };
  }
}

/** The tracker with the name and the phrases that were sent to create it; undefined if there is none. */
export async function findCreated(
  sent: Tracker | NewTracker,
  client: TrackerClient,
  context: CallContext,
): Promise<Tracker | undefined> {
  const found = await client.findByName(sent.name, context);
  return found && hasSamePhrases(sent, found) ? found : undefined;
}

/**
 * Reads the service after a change.
 *
 * @param error why the answer to the change could not be used. It is thrown if the read fails, because the outcome of
 * the read would be taken for the outcome of the change.
 */
async function readAfter<T>(error: unknown, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (failure) {
    throw isTrackerError(failure) ? error : failure;
  }
}

/** Reads the tracker that a change is about; undefined if the service does not have it. */
export async function readAbout(
  change: Change,
  client: TrackerClient,
  context: CallContext,
): Promise<Tracker | undefined> {
  if (change.kind === "create") return client.findByName(change.sent.name, context);
  try {
    return await client.get(change.id, context);
  } catch (error) {
    if (isTrackerError(error) && error.status === 404) return undefined;
    throw error;
  }
}

/** Whether a change was applied, judging by the version that the service has now. */
export function judge(
  change: Change,
  current: Tracker | undefined,
  behaviour: Behaviour | undefined,
): Finding {
  if (change.kind === "delete")
    return current
      ? { state: "not_applied", difference: undefined }
      : { state: "applied", tracker: undefined };
  if (!current)
    return change.kind === "create" ? { state: "not_applied", difference: undefined } : { state: "gone" };
  if (change.kind === "create")
    return hasSamePhrases(change.sent, current)
      ? { state: "applied", tracker: current }
      : { state: "name_taken", other: current };
  const difference = differenceOf(change.sent, current);
  const { name, missing, additional } = difference;
  const isThere = name === undefined && missing.length === 0;
  // Additional phrases are expected from a host that only adds. Otherwise they may be the old ones, so the update only
  // counts as applied if it added something and that is there.
  const mayHaveMore = behaviour === "adds" || (change.base !== undefined && addsTo(change.base, change.sent));
  return isThere && (additional.length === 0 || mayHaveMore)
    ? { state: "applied", tracker: current }
    : { state: "not_applied", difference };
}

/**
 * What the service has after an update, without the phrases that someone else added after the base. The draft does not
 * have them: if they were in the next base, the next update would remove them. If phrases are missing as well, the
 * service may have changed their spelling.
 */
export function withoutForeign(
  { sent, base }: Extract<Change, { kind: "update" }>,
  current: Tracker,
): Tracker {
  const { missing, additional } = differenceOf(sent, current);
  const foreign = base && missing.length === 0 ? without(additional, base.vocabulary) : [];
  return foreign.length === 0 ? current : { ...current, vocabulary: without(current.vocabulary, foreign) };
}

/** Whether the service has the phrases that were sent, in any order. Names are not compared. */
export function hasSamePhrases(sent: Tracker | NewTracker, current: Tracker): boolean {
  const { missing, additional } = differenceOf(sent, current);
  return missing.length + additional.length === 0;
}

export function differenceOf(sent: Tracker | NewTracker, current: Tracker): Difference {
  return {
    name: current.name === sent.name ? undefined : current.name,
    missing: without(sent.vocabulary, current.vocabulary),
    additional: without(current.vocabulary, sent.vocabulary),
  };
}

/** Whether what was sent has a name or a phrase that the base does not have. */
function addsTo(base: Tracker, sent: Tracker | NewTracker): boolean {
  return base.name !== sent.name || without(sent.vocabulary, base.vocabulary).length > 0;
}
