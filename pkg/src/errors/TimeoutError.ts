import { TrackerError } from "./TrackerError.js";

/**
 * The time ran out, for the last attempt or for the call as a whole. Not an abort by the caller, which rejects with the
 * reason of their signal, nor a 504, which is a {@link RejectedError}.
 */
export class TimeoutError extends TrackerError {
  override name = "TimeoutError";
  declare readonly code: "attempt_timeout" | "total_timeout";
}
