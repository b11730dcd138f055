/** What passes between the driver and the call module. */
import type { Failure } from "../errors/failure.js";
import type { Tracker } from "../types.js";

/** What to ask the service for. */
export interface Call {
  operation: "update" | "create" | "createMany" | "get" | "list" | "findByName" | "delete";
  /** The tracker's id, or its name where it is looked up by name. */
  subject?: string | undefined;
  /** The bytes that were checked. */
  body?: Uint8Array<ArrayBuffer> | undefined;
}

/** A call and those of its options that wasm reads. */
export interface Job extends Call {
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  /** Absent where there is a function for it. */
  token?: string | undefined;
  timeoutMs?: number | undefined;
  totalTimeoutMs?: number | undefined;
  retries?: number | undefined;
}

/** What came of a call; no tracker where one was deleted. */
export interface Reply {
  trackers: Tracker[];
  kept: string[];
  dropped: string[];
}

/** What to do next. */
export type Step = (
  | { type: "token"; value: boolean }
  | { type: "wait"; value: number }
  | { type: "attempt"; value: number; maxBytes: number }
  | { type: "done"; value: Reply }
  | { type: "failed"; value: Failure }
) & {
  /** The code of what went wrong with the attempt before it, where its status does not say it. */
  fault?: string;
};

/** A call under way. Each method tells it what came of its last step. */
export interface Sending {
  readonly origin: string;
  left_ms(now: number): number;
  go(now: number): Step;
  late(now: number): Step;
  token(token: string | undefined, now: number): Step;
  /** Sends the attempt's request. */
  fetch(job: Job, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<Response>;
  unheard(timedOut: boolean, code: string, now: number): Step;
  heard(job: Job, answer: Response, body: Uint8Array, end: string, now: number): Step;
  free(): void;
}
