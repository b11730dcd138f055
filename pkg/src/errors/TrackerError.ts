import type { Attempt, Outcome, Tracker } from "../types.js";

/**
 * The fields of an error besides its message.
 * @inline
 */
export interface ErrorFields {
  /** The reason; stable. */
  code: string;
  /** Whether the change took place. */
  outcome: Outcome;
  /** What the caller can do, in plain words. */
  resolution: string;
  /** Every request that was sent, oldest first. */
  attempts: Attempt[];
  /** The status of the last response, if there was one. */
  status?: number;
  /** How long the service asked to wait, in milliseconds. */
  retryAfterMs?: number;
  /** The service's id of the last request. */
  requestId?: string;
  /** The service's explanation, at most 300 characters. */
  serverMessage?: string;
  /** The tracker as the service has it now, if it was read. */
  current?: Tracker;
  /** The engine's error, or what a function of the caller threw. */
  cause?: unknown;
}

/** An error as plain data: what `JSON.stringify(error)` writes. Without the cause, which may be anything. */
export interface TrackerErrorData extends Omit<ErrorFields, "cause"> {
  /** The name of the error's class, such as `"NetworkError"`. */
  name: string;
  /** What happened and what to do, in plain words; the wording may change. */
  message: string;
}

/** Known to every copy of this package, in every realm. */
const BRAND: unique symbol = Symbol.for("symbl-tracker.TrackerError");

/**
 * The base class of all errors of this package. Its own instances are about an option or a token that cannot be used,
 * or an environment in which the package cannot run.
 *
 * An aborted call does not reject with it, but with the reason of the caller's signal.
 */
export class TrackerError extends Error {
  /** The name of the class, also in minified code. */
  override name = "TrackerError";
  /** The reason; stable. Of this class itself: `invalid_option`, `token_unavailable`, `unsupported_environment`, `crash`. */
  declare readonly code: string;
  /** Whether the change took place. Always `not_applied` for a call that only reads. */
  declare readonly outcome: Outcome;
  /** What the caller can do, in plain words. */
  declare readonly resolution: string;
  /** Every request that was sent, oldest first. A browser may have repeated one on its own. */
  declare readonly attempts: Attempt[];
  /** The status of the last response, if there was one. */
  declare readonly status?: number;
  /** How long the service asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** The service's id of the last request. */
  declare readonly requestId?: string;
  /** The service's explanation, at most 300 characters. */
  declare readonly serverMessage?: string;
  /** The tracker as the service has it now, if it was read: after `verify`, and with `base`. */
  declare readonly current?: Tracker;
  /** The engine's error, or what a function of the caller threw. Declared for those who compile for ES2021. */
  declare readonly cause?: unknown;

  /**
   * @param message what happened and what to do
   * @param fields the other fields
   */
  constructor(message: string, { cause, ...fields }: ErrorFields) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }

  /** @hidden Identifies the errors of every copy of this package. */
  get [BRAND](): true {
    return true;
  }

  /**
   * The error as plain data, for logs and messages between threads; `isTrackerError` knows it again.
   * `structuredClone(error)` itself only keeps the message.
   *
   * @example
   * port.postMessage(error.toJSON());
   */
  toJSON(): TrackerErrorData {
    const { name, message, cause: _, ...fields } = this as TrackerError & Record<string, unknown>;
    return { name, message, ...fields };
  }
}

/**
 * Whether this is an error of this package: also of another copy of it or from another realm, where `instanceof` says
 * no, and also the plain data of one, from `toJSON`.
 *
 * @example
 * try {
 *   await client.update(id, tracker);
 * } catch (error) {
 *   if (!isTrackerError(error)) throw error;
 *   show(error.message, error.outcome);
 * }
 */
export function isTrackerError(value: TrackerErrorData): true;
export function isTrackerError(value: unknown): value is TrackerError;
export function isTrackerError(value: unknown): boolean {
  try {
    return (value as Record<symbol, unknown> | null | undefined)?.[BRAND] === true || isData(value);
  } catch {
    // A revoked proxy, or a getter that throws.
    return false;
  }
}

const NAMES = /^(?:Tracker|InvalidTracker|Network|Protocol|Rejected|StaleTracker|Timeout)Error$/;

/** Whether this is what `toJSON` returned, however it came here. An `Error` that looks alike is someone else's. */
function isData(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof Error) return false;
  const { name, message, code, outcome, resolution, attempts } = value as Partial<TrackerErrorData>;
  return (
    typeof name === "string" &&
    NAMES.test(name) &&
    typeof message === "string" &&
    typeof code === "string" &&
    typeof resolution === "string" &&
    (outcome === "applied" || outcome === "not_applied" || outcome === "unknown") &&
    Array.isArray(attempts)
  );
}
