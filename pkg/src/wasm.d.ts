/** What the crate's `src/js` exports; wasm-bindgen writes `wasm.js`, this is its contract with the facade. */
import type { Failure } from "./errors/failure.js";
import type { Advice, Issue, NewTracker, Tracker } from "./types.js";

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

export function begin(job: Job, now: number): Sending | Failure;
export function request(job: Job, signal: AbortSignal | undefined): Request | Failure;
export function crash(job: Job, sent: boolean): Failure;
export function advise(length: number, maxBodyBytes: number, maxAdvice: number): number;
export function advice(): Advice[];

/** The address of a draft in this instance's memory. */
type Address = number;

export function draft_open(
  length: number,
  create: boolean,
  trackerId: string | undefined,
  maxBodyBytes: number,
  maxIssues: number,
  generation: number,
): Address;
export function draft_close(draft: Address): void;
export function draft_length(draft: Address): number;
export function draft_bytes(draft: Address): number;
export function draft_issue_count(draft: Address): number;
export function draft_advice_count(draft: Address): number;
export function draft_can_undo(draft: Address): boolean;
export function draft_can_redo(draft: Address): boolean;
export function draft_key_at(draft: Address, index: number): number;
export function draft_index_of(draft: Address, key: number): number;
export function draft_next_generation(draft: Address): number;
export function draft_issues(draft: Address): Issue[];
export function draft_advice(draft: Address): Advice[];
export function draft_issues_at(draft: Address, index: number): Issue[];
export function draft_advice_at(draft: Address, index: number): Advice[];

/** Where a text is, 0 where there is none; `text_length` says how long. */
export function draft_phrase(draft: Address, index: number): number;
export function draft_name(draft: Address): number;
export function draft_id(draft: Address): number;
export function text_length(): number;

/** Writes the body to the start of the input, which has room for `draft_bytes`, and says how long it is. */
export function draft_body(draft: Address): number;

/** How many rows changed, whose keys `changed_keys` has; -1 where the input is not what the edit takes. */
export function draft_set_name(draft: Address, length: number): number;
export function draft_set_phrase(draft: Address, index: number, length: number): number;
export function draft_insert(draft: Address, index: number, length: number): number;
export function draft_remove(draft: Address, index: number): number;
export function draft_move(draft: Address, from: number, to: number): number;
export function draft_replace_all(draft: Address, length: number): number;
export function draft_apply_advice(draft: Address, length: number): number;
export function draft_undo(draft: Address): number;
export function draft_redo(draft: Address): number;
export function changed_keys(): number;

/** The trackers; or the index of the phrase, -1 for the name, that fits into none. */
export function split_body(length: number, maxBodyBytes: number): NewTracker[] | number;
