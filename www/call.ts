/** A call under way, and what came of it. */
import type { Tracker } from "symbl-tracker";
import type { Attempt, AttemptEvent, UpdateResult } from "./standin.js";
import { TrackerError } from "./standin.js";
import { reason, successWords } from "./words.js";

export interface Sending {
  state: "sending";
  /** What the client told so far. */
  events: AttemptEvent[];
}

export interface Done {
  state: "done";
  outcome: "applied" | "not_applied" | "unknown";
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
  if (error instanceof TrackerError) {
    const { outcome, message, attempts } = error;
    return { state: "done", outcome, words: message, attempts, differs: outcome !== "not_applied" };
  }
  const sent = events.some(({ type }) => type === "start");
  const words = sent
    ? `${reason(error)} Look at what the service has before you send it again.`
    : reason(error);
  const attempts = events.filter((event) => event.type === "end");
  return { state: "done", outcome: sent ? "unknown" : "not_applied", words, attempts, differs: sent };
}

/** A creation has nothing to keep or drop. */
export function created(tracker: Tracker): UpdateResult {
  return { tracker, kept: [], dropped: [], attempts: [] };
}
