/** The state of a call: under way, or done with a result. */
import {
  type Attempt,
  type AttemptEvent,
  isTrackerError,
  type Outcome,
  type Tracker,
  type UpdateResult,
} from "symbl-tracker";
import { reason, successWords } from "./words.js";

export interface PendingCall {
  state: "sending";
  /** The client's events so far. */
  events: AttemptEvent[];
}

export interface FinishedCall {
  state: "done";
  outcome: Outcome;
  /** Describes to the user what happened. */
  words: string;
  attempts: Attempt[];
  result?: UpdateResult;
  /** Whether the tracker in the service may differ from the one in the editor. */
  differs: boolean;
}

export type Call = PendingCall | FinishedCall;

/** The state after an update that the service confirmed. */
export function applied(result: UpdateResult): FinishedCall {
  const { attempts, kept, dropped } = result;
  const differs = kept.length + dropped.length > 0;
  return { state: "done", outcome: "applied", words: successWords(result), attempts, result, differs };
}

/** The state after a call threw. The error may be any value: a cancelled call throws its signal's reason. */
export function failed(error: unknown, { events }: PendingCall): FinishedCall {
  if (isTrackerError(error)) {
    const { outcome, attempts } = error;
    return { state: "done", outcome, words: reason(error), attempts, differs: outcome !== "not_applied" };
  }
  const sent = events.some(({ type }) => type === "start");
  const words = sent
    ? `${reason(error)} Check the service’s version before you send it again.`
    : reason(error);
  return {
    state: "done",
    outcome: sent ? "unknown" : "not_applied",
    words,
    attempts: attemptsOf(events),
    differs: sent,
  };
}

/** The result of a creation, in which the service keeps and drops nothing. */
export function created(tracker: Tracker, { events }: PendingCall): UpdateResult {
  return { tracker, kept: [], dropped: [], attempts: attemptsOf(events) };
}

function attemptsOf(events: AttemptEvent[]): Attempt[] {
  return events.filter((event) => event.type === "end");
}
