//! The types of what passes between the driver and this module, for the facade.

use wasm_bindgen::prelude::*;

/// [`to_js`](super::to_js) and `CallResult::to_json` write the same fields.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Outcome, Tracker } from "../../types.js";

/** A call and its options, as plain fields: reading them runs none of the caller's code. */
export interface Job {
  endpoint: "update" | "create" | "createMany" | "get" | "list" | "findByName" | "delete";
  /** The tracker's id, or its name for `findByName`. */
  subject?: string | undefined;
  /** The JSON that was validated. */
  body?: string | undefined;
  /** The JSON of the tracker as it was loaded. */
  base?: string | undefined;
  baseUrl?: string | undefined;
  dangerouslyAllowHttp?: boolean | undefined;
  apiKey?: string | undefined;
  /** Absent if there is a function for it. */
  token?: string | undefined;
  timeoutMs?: number | undefined;
  totalTimeoutMs?: number | undefined;
  retries?: number | undefined;
  verify?: boolean | undefined;
}

/** What came of a call. There is no tracker if one was deleted. */
export interface CallResult {
  trackers: Tracker[];
  kept: string[];
  dropped: string[];
  /** Entries of a list that are not trackers. */
  malformed: { index: number; json: string }[];
}

/** Why a call failed: the fields of an error. */
export interface Failure {
  class: "NetworkError" | "ProtocolError" | "RejectedError" | "StaleTrackerError" | "TimeoutError" | "TrackerError";
  code: string;
  outcome: Outcome;
  message: string;
  resolution: string;
  status?: number;
  serverMessage?: string;
  retryAfterMs?: number;
  requestId?: string;
  current?: Tracker;
}

/** What to do next. */
export type Step = (
  | { type: "token"; refresh: boolean }
  | { type: "wait"; waitMs: number }
  | { type: "send"; timeoutMs: number; maxBytes: number; purpose?: "base" | "verify" }
  | { type: "done"; result: CallResult }
  | { type: "failed"; failure: Failure }
) & {
  /** The code of what went wrong with the last attempt, unless its status says it. */
  fault?: string;
};

/** A response, as far as it arrived. */
export interface ResponseParts {
  status: number;
  redirected: boolean;
  contentType?: string | undefined;
  retryAfter?: string | undefined;
  requestId?: string | undefined;
  body: Uint8Array;
  end: "complete" | "truncated" | "tooLong" | "unreadable";
  /** What the body is instead, if it is unreadable. */
  received?: string | undefined;
}

/** What came of a step. */
export type DriverEvent =
  /** The origin lock was granted, or the wait is over. */
  | { type: "ready" }
  /** The time for the whole call ran out while waiting for the origin lock. */
  | { type: "noTurn"; isHeldElsewhere: boolean }
  /** A token was returned, or none. */
  | { type: "token"; token: string | undefined }
  /** The time for the whole call ran out while waiting for a token. */
  | { type: "deadlineExceeded" }
  | ({ type: "response" } & ResponseParts)
  /** No response arrived in time. */
  | { type: "timedOut" }
  /** The request failed, for a reason that has these codes. */
  | { type: "failed"; codes: string }
  /** `fetch` returned something that is not a response. */
  | { type: "notAResponse"; received: string };
"#;
