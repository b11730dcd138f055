/** Finds out by reading what became of a change whose outcome is unknown. */
import { isTrackerError, type NewTracker, type Tracker, type TrackerClient } from "symbl-tracker";
import { type Behaviour, without } from "./host-behaviour.js";
import type { CallContext } from "./queue.js";
import type { Difference, Finding } from "./report.js";

/** A change that was sent. */
export type Change =
  /** @property base what the service had before */
  | { kind: "update"; id: string; sent: Tracker | NewTracker; base: Tracker | undefined }
  | { kind: "create"; sent: Tracker | NewTracker }
  | { kind: "delete"; id: string };

/**
 * Creates a tracker. If the answer cannot be read, or if the name is taken, the service is asked for the tracker: a
 * browser repeats a request on its own when a connection dies, and the repeated one finds the name taken by the first.
 *
 * @param following the context for reads
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
    const found = await client.findByName(tracker.name, following());
    if (!found) throw error;
    const { missing, additional } = differenceOf(tracker, found);
    if (missing.length + additional.length > 0) throw error;
    return found;
  }
}

/** Reads what the change was about; undefined if the service does not have it. */
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

/** What it says about the change that the service has this now. */
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
  const difference = differenceOf(change.sent, current);
  const { name, missing, additional } = difference;
  if (change.kind === "create") {
    const isSame = missing.length + additional.length === 0;
    return isSame ? { state: "applied", tracker: current } : { state: "name_taken", other: current };
  }
  const isThere = name === undefined && missing.length === 0;
  // Phrases that were not sent may be the old ones, unless something new is there or the host is known to add.
  const mayHaveMore = behaviour === "adds" || (change.base !== undefined && addsTo(change.base, change.sent));
  return isThere && (additional.length === 0 || mayHaveMore)
    ? { state: "applied", tracker: current }
    : { state: "not_applied", difference };
}

export function differenceOf(sent: Tracker | NewTracker, current: Tracker): Difference {
  return {
    name: current.name === sent.name ? undefined : current.name,
    missing: without(sent.vocabulary, current.vocabulary),
    additional: without(current.vocabulary, sent.vocabulary),
  };
}

/** Whether something of what was sent was not there before. */
function addsTo(base: Tracker, sent: Tracker | NewTracker): boolean {
  return base.name !== sent.name || without(sent.vocabulary, base.vocabulary).length > 0;
}
