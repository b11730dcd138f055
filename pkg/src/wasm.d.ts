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

export type Operation = "update" | "create" | "createMany" | "get" | "list" | "findByName" | "delete";

/** One call as wasm sees it: its functions are the facade's own and do not throw. */
export interface Job {
  operation: Operation;
  subject?: string | undefined;
  body?: Uint8Array<ArrayBuffer> | undefined;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  /** undefined: ask for it. */
  token: string | undefined;
  askToken(refresh: boolean): Promise<string>;
  timeoutMs?: number | undefined;
  totalTimeoutMs: number;
  retries?: number | undefined;
  turn(origin: string): Promise<void>;
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Resolves when nobody waits for the call any more. */
  over: Promise<false>;
  readonly isOver: boolean;
  started(): void;
  ended(status: number | undefined, fault: string | undefined): void;
  waiting(ms: number): void;
}

/** Rejects with a `Failure`. */
export function send(job: Job): Promise<{ trackers: Tracker[]; kept: string[]; dropped: string[] }>;
export function request(
  job: Pick<Job, "operation" | "subject" | "body" | "baseUrl" | "apiKey" | "token">,
): [url: string, init: RequestInit] | Failure;
export function overdue(job: Job): Failure;
export function total_timeout_ms(): number;
