import { TrackerError } from "./TrackerError.js";

/**
 * The time was up: for the last attempt, or for the call as a whole. Not an abort by the caller, who gets the
 * reason of their own signal, nor a 504, which is a {@link RejectedError}.
 */
export class TimeoutError extends TrackerError {
  override name = "TimeoutError";
  declare readonly code: "attempt_timeout" | "total_timeout";
}
