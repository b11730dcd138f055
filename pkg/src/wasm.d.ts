/** What the crate's `src/js` exports; wasm-bindgen writes `wasm.js`, this is its contract with the facade. */
import type { Failure } from "./errors/failure.js";
import type { Issue, Tracker } from "./types.js";

export function initSync(options: { module: Uint8Array<ArrayBuffer> | WebAssembly.Module }): void;
export function __wbg_reset_state(): void;

export function input_memory(): WebAssembly.Memory;
export function reserve(bytes: number): number;
export function capacity(): number;

export function validate(
  length: number,
  create: boolean,
  trackerId: string | undefined,
  maxBodyBytes: number,
  maxIssues: number,
): number;
export function issues(author: (key?: string, index?: number) => string | undefined): Issue[];
export function too_large(atLeast: number, limit: number): Issue[];
export function unreadable(reason: string): Issue[];

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
  | { type: "attempt"; value: number; url: string; init: RequestInit; maxBytes: number }
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
  go(job: Job, now: number): Step;
  late(job: Job, now: number): Step;
  token(job: Job, token: string | undefined, now: number): Step;
  unheard(job: Job, timedOut: boolean, code: string, now: number): Step;
  heard(
    job: Job,
    status: number,
    redirected: boolean,
    contentType: string | undefined,
    retryAfter: string | undefined,
    requestId: string | undefined,
    body: Uint8Array,
    end: string,
    now: number,
  ): Step;
  free(): void;
}

export function begin(job: Job, now: number): Sending | Failure;
export function request(job: Job): [url: string, init: RequestInit] | Failure;
export function crash(job: Job): Failure;
