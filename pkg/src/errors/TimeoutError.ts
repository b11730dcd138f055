import { TrackerError } from "./TrackerError.js";

/**
 * The time ran out, for the last attempt or for the call as a whole. Not an abort by the caller, which rejects with the
 * reason of their signal, nor a 504, which is a {@link RejectedError}.
 */
export class TimeoutError extends TrackerError {
  /** The name of the class, also in minified code. */
  override name = "TimeoutError";
  /** Which limit was reached, `timeoutMs` or `totalTimeoutMs`; stable. */
  declare readonly code: "attempt_timeout" | "total_timeout";
}
