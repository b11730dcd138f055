/** A call under way, and what came of it. */
import type { Tracker } from "symbl-tracker";
import type { Attempt, UpdateResult } from "./standin.js";
import { TrackerError } from "./standin.js";
import { reason, successWords } from "./words.js";

export interface Sending {
  state: "sending";
  attempts: Attempt[];
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

/** The call threw. Whatever is no TrackerError came before there was anything to send. */
export function failed(error: unknown): Done {
  const { outcome, attempts } =
    error instanceof TrackerError ? error : { outcome: "not_applied" as const, attempts: [] };
  return { state: "done", outcome, words: reason(error), attempts, differs: outcome !== "not_applied" };
}

/** A creation has nothing to keep or drop. */
export function created(tracker: Tracker): UpdateResult {
  return { tracker, kept: [], dropped: [], attempts: [] };
}
