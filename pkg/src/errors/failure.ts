import type { Attempt } from "../types.js";
import { reason } from "../wasm/input.js";
import { NetworkError } from "./NetworkError.js";
import { ProtocolError } from "./ProtocolError.js";
import { RejectedError } from "./RejectedError.js";
import { TimeoutError } from "./TimeoutError.js";
import { type ErrorFields, TrackerError } from "./TrackerError.js";

const CLASSES = { NetworkError, ProtocolError, RejectedError, TimeoutError, TrackerError };

/** A failure as wasm reports it. */
export interface Failure extends Omit<ErrorFields, "attempts"> {
  class: keyof typeof CLASSES;
  message: string;
}

/** The failure as a real error. */
export function errorOf({ class: name, message, ...fields }: Failure, attempts: Attempt[]): TrackerError {
  return new CLASSES[name](message, { ...fields, attempts });
}

/** What reading options gives; what it throws is an error about an option that cannot be used. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new TrackerError(reason(cause), {
      code: "invalid_option",
      outcome: "not_applied",
      resolution: "Mend the option.",
      attempts: [],
      cause,
    });
  }
}
