import type { Attempt, Outcome } from "../types.js";

/** What an error is made of besides its message. */
export interface ErrorFields {
  code: string;
  outcome: Outcome;
  resolution: string;
  attempts: Attempt[];
  status?: number;
  retryAfterMs?: number;
  requestId?: string;
  serverMessage?: string;
  cause?: unknown;
}

/** Known to every copy of this package, in every realm. */
const BRAND: unique symbol = Symbol.for("symbl-tracker.TrackerError");

/**
 * The base of all errors of this package; itself, an option or a token that could not be used.
 *
 * It is not what an aborted call rejects with: that is the reason of the caller's own signal.
 */
export class TrackerError extends Error {
  override name = "TrackerError";
  /** The reason; stable. Of this class itself: `invalid_option`, `token_unavailable`. */
  declare readonly code: string;
  /** Whether the change took place. A call that only reads is always `not_applied`. */
  declare readonly outcome: Outcome;
  /** What the caller can do, in plain words. */
  declare readonly resolution: string;
  /** Every request that was sent, oldest first; a browser may have repeated one by itself. */
  declare readonly attempts: Attempt[];
  /** The status of the last answer, if there was one. */
  declare readonly status?: number;
  /** How long the service asked to wait, in milliseconds. */
  declare readonly retryAfterMs?: number;
  /** The service's name for the last request. */
  declare readonly requestId?: string;
  /** What the service says about its refusal, at most 300 characters. */
  declare readonly serverMessage?: string;
  /** The engine's error, or what a function of the caller's threw. Declared for those who compile for ES2021. */
  declare readonly cause?: unknown;

  constructor(message: string, { cause, ...fields }: ErrorFields) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, fields);
  }

  get [BRAND](): true {
    return true;
  }
}

/**
 * Whether this is an error of this package, also of another copy of it or from another realm, where
 * `instanceof` says no.
 *
 * @example
 * try {
 *   await client.update(id, tracker);
 * } catch (error) {
 *   if (!isTrackerError(error)) throw error;
 *   show(error.message, error.outcome);
 * }
 */
export function isTrackerError(value: unknown): value is TrackerError {
  try {
    return (value as Record<symbol, unknown> | null | undefined)?.[BRAND] === true;
  } catch {
    // A revoked proxy, or a getter that throws.
    return false;
  }
}
