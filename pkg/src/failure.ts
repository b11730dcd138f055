import { NetworkError } from "./errors/NetworkError.js";
import { ProtocolError } from "./errors/ProtocolError.js";
import { RejectedError } from "./errors/RejectedError.js";
import { StaleTrackerError } from "./errors/StaleTrackerError.js";
import { TimeoutError } from "./errors/TimeoutError.js";
import { isTrackerError, TrackerError } from "./errors/TrackerError.js";
import type { Attempt } from "./types.js";
import type { Failure } from "./wasm/generated/call.js";
import { reason } from "./wasm/input.js";

const CLASSES = { NetworkError, ProtocolError, RejectedError, StaleTrackerError, TimeoutError, TrackerError };

/** The error of a failure that wasm reports. */
export function errorOf(
  { class: name, message, ...fields }: Failure,
  attempts: Attempt[],
  cause?: unknown,
): TrackerError {
  return new CLASSES[name](message, { ...fields, attempts, cause });
}

/** Runs code that reads options. What it throws becomes an error about an option that cannot be used. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (isTrackerError(cause)) throw cause;
    throw new TrackerError(reason(cause), {
      code: "invalid_option",
      outcome: "not_applied",
      resolution: "Fix the option.",
      attempts: [],
      cause,
    });
  }
}
