/** A call under way, and what came of it. */
import {
  type Attempt,
  type AttemptEvent,
  isTrackerError,
  type Outcome,
  type Tracker,
  type UpdateResult,
} from "symbl-tracker";
import { reason, successWords } from "./words.js";

export interface Sending {
  state: "sending";
  /** What the client told so far. */
  events: AttemptEvent[];
}

export interface Done {
  state: "done";
  outcome: Outcome;
  /** What happened, in plain words. */
  words: string;
  attempts: Attempt[];
  result?: UpdateResult;
  /** Whether the service may hold something else than the editor. */
  differs: boolean;
}

export type Call = Sending | Done;

/** The service took it. */
export function applied(result: UpdateResult): Done {
  const { attempts, kept, dropped } = result;
  const differs = kept.length + dropped.length > 0;
  return { state: "done", outcome: "applied", words: successWords(result), attempts, result, differs };
}

/** The call threw, which may be anything: a cancelled call throws its signal's reason. */
export function failed(error: unknown, { events }: Sending): Done {
  if (isTrackerError(error)) {
    const { outcome, attempts } = error;
    return { state: "done", outcome, words: reason(error), attempts, differs: outcome !== "not_applied" };
  }
  const sent = events.some(({ type }) => type === "start");
  const words = sent
    ? `${reason(error)} Look at what the service has before you send it again.`
    : reason(error);
  return {
    state: "done",
    outcome: sent ? "unknown" : "not_applied",
    words,
    attempts: attemptsOf(events),
    differs: sent,
  };
}

/** A creation has nothing to keep or drop. */
export function created(tracker: Tracker, { events }: Sending): UpdateResult {
  return { tracker, kept: [], dropped: [], attempts: attemptsOf(events) };
}

function attemptsOf(events: AttemptEvent[]): Attempt[] {
  return events.filter((event) => event.type === "end");
}
