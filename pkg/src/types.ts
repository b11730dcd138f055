/** The shapes that callers see. Defaults stand at each option. */

/** A named vocabulary of phrases that the service looks for in calls. */
export interface Tracker {
  /** Assigned by the service. */
  id: string;
  /** Unique within the account; "Sale" and "sale" are two trackers. */
  name: string;
  /** Phrases and keywords, each once. */
  vocabulary: string[];
}

interface IssueOf<Code extends string, Params> {
  /** The rule; stable. */
  code: Code;
  /** Keys and indices from the tracker to the place: `["vocabulary", 3]`; empty for the tracker as a whole. */
  path: (string | number)[];
  /** The same as a JSON Pointer (RFC 6901): `/vocabulary/3`. */
  pointer: string;
  /** One English sentence, for people; its wording may change. */
  message: string;
  /** The facts of the sentence, for wording of your own; stable. */
  params: Params;
}

/** Why the service would refuse a tracker; plain data, told apart by `code`. */
export type Issue =
  /** The wrong JSON type; `received` is in the author's terms: `"undefined"`, `"Set"`, `"NaN"`. */
  | IssueOf<"type", { expected: "object" | "array" | "string"; received: string }>
  /** A field that must be there is not. */
  | IssueOf<"missing", { key: "id" | "name" | "vocabulary" }>
  /** A key that a tracker does not have, reported at the tracker; a new tracker has no `id` either. */
  | IssueOf<"unknown_key", { key: string; suggestion?: "id" | "name" | "vocabulary" }>
  /** Empty, or nothing but white space and characters that do not show. */
  | IssueOf<"blank", Record<string, never>>
  /** The phrase stands earlier, at index `first`. */
  | IssueOf<"duplicate", { first: number }>
  /** Text with half of a surrogate pair, which UTF-8 cannot carry. */
  | IssueOf<"lone_surrogate", Record<string, never>>
  /** The body's `id` is not the tracker that the request names. */
  | IssueOf<"id_mismatch", { trackerId: string }>
  /** The body has more bytes than the limit. Where {@link Invalid.bytes} is absent, `bytes` is a lower bound. */
  | IssueOf<"too_large", { bytes: number; limit: number }>
  /** `JSON.stringify` gives up on the value, or an option is wrong; `reason` is the engine's. */
  | IssueOf<"unreadable", { reason: string }>;

/** By what to judge a tracker. */
export interface RuleOptions {
  /**
   * The request that the tracker is for: an update names its `id`, a creation must not.
   * @default "update"
   */
  for?: "update" | "create" | undefined;
  /**
   * The tracker that the request's path will name; the body's `id` must equal it.
   * @default undefined: any id will do
   */
  trackerId?: string | undefined;
  /**
   * The most bytes of JSON in UTF-8, at most 2³⁰.
   * @default 1_048_576
   */
  maxBodyBytes?: number | undefined;
}

/** Options of {@link validateTracker}. */
export interface ValidateOptions extends RuleOptions {
  /**
   * The most issues to list; `issueCount` counts all. `Infinity` lists all.
   * @default 100
   */
  maxIssues?: number | undefined;
}

/** The service would accept the tracker. */
export interface Valid {
  ok: true;
  /** The length of the request body in bytes. */
  bytes: number;
  /** The limit in bytes. */
  limit: number;
}

/** The service would refuse the tracker. */
export interface Invalid {
  ok: false;
  /** In the order of the document, `too_large` before all; at most `maxIssues`. Yours to change. */
  issues: Issue[];
  /** How many issues there are in all. */
  issueCount: number;
  /** The length of the body in bytes; absent where the value was not read to its end. */
  bytes?: number;
  /** The limit in bytes. */
  limit: number;
}

/** What {@link validateTracker} answers. */
export type ValidationResult = Valid | Invalid;

/** Whether a change took place at the service. */
export type Outcome = "applied" | "not_applied" | "unknown";

/** One request. A browser may repeat one by itself, so that the service may have seen more of them. */
export interface Attempt {
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Milliseconds to the end of the answer, or to the fault. */
  durationMs: number;
  /** The status of the answer, where its head arrived. */
  status?: number;
  /** The code of what went wrong, where the status does not say it: `"connection_lost"`, `"cut_short"`. */
  fault?: string;
}

/** What `onAttempt` hears; `attempt` counts from 1. */
export type AttemptEvent =
  /** A request starts. */
  | { type: "start"; attempt: number; startedAt: number }
  /** It ended. */
  | ({ type: "end"; attempt: number } & Attempt)
  /** It failed, and the next one starts in so many milliseconds. */
  | { type: "wait"; attempt: number; waitMs: number };

/**
 * Gives an access token. It is asked once for each call, when the call's turn has come, so it is the place to
 * remember a token; and once more, with `refresh`, where the service refuses the token with 401.
 */
export type TokenFunction = (request: { refresh: boolean }) => string | PromiseLike<string>;

/** Where to send a request and in whose name. */
export interface RequestOptions {
  /** The token, or a function that gets one; never the secret that tokens are made with. */
  accessToken: string | TokenFunction;
  /**
   * The host, with a path before the service's own if need be. https, or http on loopback.
   * @default "https://api.symbl.ai"
   */
  baseUrl?: string | undefined;
  /**
   * The most bytes of JSON in UTF-8, at most 2³⁰.
   * @default 1_048_576
   */
  maxBodyBytes?: number | undefined;
  /**
   * Cancels the call, which then rejects with the signal's own reason. That says nothing of what became of it:
   * where `onAttempt` had heard a start, it may have been applied.
   */
  signal?: AbortSignal | undefined;
  /**
   * A JWT for `x-api-key`.
   * @deprecated by the service; `accessToken` is all it needs.
   * @default undefined: the header is not sent
   */
  apiKey?: string | undefined;
}

/** How to send. */
export interface SendOptions extends RequestOptions {
  /**
   * Milliseconds for one attempt, its answer's body included.
   * @default 15_000
   */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds for everything: the queue, the token, all attempts and the waits between them.
   * @default 60_000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * Attempts after the first. What may have been applied is repeated only where repeating is harmless: never a
   * creation.
   * @default 3
   */
  retries?: number | undefined;
  /** Hears of each attempt and wait. What it throws is ignored. */
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /**
   * Takes the place of `globalThis.fetch`.
   * @default globalThis.fetch, as it is when a request is sent
   */
  fetch?: typeof fetch | undefined;
}

/** What became of an update. */
export interface UpdateResult {
  /** The tracker as the service has it now. */
  tracker: Tracker;
  /** Phrases that the service has although the request did not name them. */
  kept: string[];
  /** Phrases that the request named and the service does not have. */
  dropped: string[];
  /** Every request that was sent, oldest first. */
  attempts: Attempt[];
}

/** A tracker that the service does not know yet. */
export type NewTracker = Omit<Tracker, "id">;
interface AdviceOf<Code extends string, Params> {
  /** The kind; stable. */
  code: Code;
  /** Keys and indices from the tracker to the place: `["vocabulary", 3]`. */
  path: (string | number)[];
  /** The same as a JSON Pointer (RFC 6901): `/vocabulary/3`. */
  pointer: string;
  /** One English sentence, for people; its wording may change. */
  message: string;
  /** The facts of the sentence, for wording of your own; stable. */
  params: Params;
  /** What to write instead, where there is something ready. */
  replacement?: string;
}

/** What could be better about a tracker that the service would accept; plain data, told apart by `code`. */
export type Advice =
  /** The body has more than 1,000,000 bytes, which some gateways take to be 1 MB. */
  | AdviceOf<"near_limit", { bytes: number; limit: number }>
  /** A tracker without phrases finds nothing. */
  | AdviceOf<"empty_vocabulary", Record<string, never>>
  /**
   * The phrase is that at index `first` but for case, spacing or Unicode form. That one is the `replacement`, and
   * as it stands already, to take the advice is to leave this one out.
   */
  | AdviceOf<"near_duplicate", { first: number }>
  /** White space at an end. */
  | AdviceOf<"untrimmed", Record<string, never>>
  /** An opening that carries no meaning, such as "could you please". */
  | AdviceOf<"filler", { opening: string }>
  /** A mark that no transcript of speech has: any but `.`, `'` and `-`. */
  | AdviceOf<"punctuation", { mark: string }>;

/** What {@link adviseTracker} answers. */
export interface Advised {
  /** In the order of the document, `near_limit` before all; at most `maxIssues`. Yours to change. */
  advice: Advice[];
  /** How many pieces there are in all. */
  adviceCount: number;
}

/** A tracker of which any part may be missing. */
export interface TrackerParts {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly vocabulary?: readonly string[] | undefined;
}

/** The tracker that a {@link TrackerDraft} is. It has an id if the draft started with one. */
export type DraftedTracker<Parts extends TrackerParts = TrackerParts> = Parts extends { readonly id: string }
  ? Tracker
  : Omit<Tracker, "id"> & { id?: string };

/** Options of {@link TrackerDraft.setPhrase} and {@link TrackerDraft.setName}. */
export interface EditOptions {
  /**
   * Whether the edit becomes part of the undo step before, if that step set the same text with this option. So typing
   * is one step, until {@link TrackerDraft.endStep} or another edit ends it.
   * @default false
   */
  coalesce?: boolean | undefined;
}

/** What an edit of a {@link TrackerDraft} did. */
export interface Change {
  /**
   * The keys of the rows whose issues or advice are not what they were, in no particular order.
   *
   * A row that repeats another changes when it repeats another *row* than before, not when that row's index
   * shifts. A row that was not there before had neither issues nor advice.
   */
  changed: number[];
  /**
   * The key of the row to show: the one that the edit, the undo or the redo set, inserted or moved, the first of several.
   * After a removal, the row that is now at that index, or the last row. Undefined where only the name changed, or
   * nothing, or no row is left.
   */
  row: number | undefined;
  /** Whether the service would accept the tracker now. */
  ok: boolean;
  /** The length of the request body now, in bytes. */
  bytes: number;
}
