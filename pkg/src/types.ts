/** The types that callers see. Each option documents its default. */
import type { AbortSignalType, FetchFunction, UrlType } from "./platform.js";

/**
 * A named vocabulary of phrases that the service looks for in calls.
 *
 * Not an interface: it is to be assignable to `Record<string, unknown>`, which some form libraries ask for.
 */
export type Tracker = {
  /** Assigned by the service. */
  id: string;
  /** Unique within the account; "Sale" and "sale" are two trackers. */
  name: string;
  /** Phrases and keywords, each once. */
  vocabulary: string[];
};

/** A {@link Tracker} that is only read: `as const` and frozen ones will do. */
export type ReadonlyTracker = Readonly<Omit<Tracker, "vocabulary">> & {
  /** Phrases and keywords, each once. */
  readonly vocabulary: readonly string[];
};

/** The fields that every {@link Issue} has. */
export interface IssueOf<Code extends string, Params> {
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

/** How to validate a tracker. */
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
  /** Tells it from {@link Invalid}. */
  ok: true;
  /** The length of the request body in bytes. */
  bytes: number;
  /** The limit in bytes. */
  limit: number;
}

/** The service would refuse the tracker. */
export interface Invalid {
  /** Tells it from {@link Valid}. */
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

/** Whether a change took place on the service. */
export type Outcome = "applied" | "not_applied" | "unknown";

/** One request. A browser may repeat one on its own, so the service may have received more of them. */
export interface Attempt {
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Milliseconds to the end of the response, or to the fault. */
  durationMs: number;
  /** The status of the response, if one arrived. */
  status?: number;
  /** The code of what went wrong, unless the status says it: `"connection_lost"`, `"cut_short"`. */
  fault?: string;
  /**
   * Present for a request that only reads: `"base"` compares the tracker with the option `base` before an update,
   * `"verify"` finds out whether a change of unknown outcome took place.
   */
  purpose?: "base" | "verify";
}

/** What `onAttempt` is called with. `attempt` counts from 1. */
export type AttemptEvent =
  /** A request starts. */
  | ({ type: "start"; attempt: number } & Pick<Attempt, "startedAt" | "purpose">)
  /** It ended. */
  | ({ type: "end"; attempt: number } & Attempt)
  /** It failed, and the next one starts in this many milliseconds. */
  | { type: "wait"; attempt: number; waitMs: number };

/**
 * Returns an access token. Called once for each call, when no other call to the service is in progress, so it is the
 * place to cache a token; and once more, with `refresh`, if the service refuses the token with 401.
 */
export type TokenFunction = (request: { refresh: boolean }) => string | PromiseLike<string>;

/** Where to send a request, and on whose behalf. */
export interface RequestOptions {
  /** The token without "Bearer ", or a function that returns one; never the secret that tokens are made with. */
  accessToken: string | TokenFunction;
  /**
   * The host, optionally with a path in front of the service's own, without `/v1`. https, or http for a loopback address.
   * @default "https://api.symbl.ai"
   */
  baseUrl?: string | UrlType | undefined;
  /**
   * Allows http to hosts other than loopback. Anyone on the way can read and use the token: only for a test network.
   * @default false
   */
  dangerouslyAllowHttp?: boolean | undefined;
  /**
   * The most bytes of JSON in UTF-8, at most 2³⁰.
   * @default 1_048_576
   */
  maxBodyBytes?: number | undefined;
  /**
   * Cancels the call, which then rejects with the signal's reason. That does not say whether the change was applied:
   * if `onAttempt` was told of a start, it may have been.
   */
  signal?: AbortSignalType | null | undefined;
  /**
   * A JWT for the header `x-api-key`.
   * @deprecated by the service; `accessToken` is all it needs.
   * @default undefined: the header is not sent
   */
  apiKey?: string | undefined;
}

/** How to send. */
export interface SendOptions extends RequestOptions {
  /**
   * Milliseconds for one attempt, including the response body.
   * @default 15_000
   */
  timeoutMs?: number | undefined;
  /**
   * Milliseconds for everything: other calls in progress, the token, all attempts and the waits between them.
   * @default 60_000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * Attempts after the first. What may have been applied is only repeated if that is harmless: never a creation.
   * @default 3
   */
  retries?: number | undefined;
  /**
   * Whether a change of unknown outcome is followed by a read, within `totalTimeoutMs`: the call resolves if the change
   * is there. Otherwise the outcome stays `unknown`, because a late request may still arrive, and the error has
   * `current`.
   * @default true
   */
  verify?: boolean | undefined;
  /** Called for each attempt and wait. What it throws is ignored. */
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /**
   * Replaces `globalThis.fetch`. Gets a plain object of headers and a string as the body.
   * @default globalThis.fetch, as it is when a request is sent
   */
  fetch?: FetchFunction | undefined;
}

/** How to update. */
export interface UpdateOptions extends SendOptions {
  /**
   * The tracker as it was loaded. It is read again first; if its name or phrases have changed on the service, the
   * update rejects with a `StaleTrackerError` and nothing is written. The service has no conditional requests, so this
   * narrows the window for a lost update, and does not close it.
   * @default undefined: whatever the service has is overwritten
   */
  base?: TrackerParts | undefined;
}

/** How to list. */
export interface ListOptions extends SendOptions {
  /** Called for each entry of the service's list that is not a tracker, and left out. */
  onMalformed?: ((entry: { index: number; value: unknown }) => void) | undefined;
}

/** The result of an update. */
export interface UpdateResult {
  /** The tracker as the service has it now. */
  tracker: Tracker;
  /** Phrases that the service has although the request did not list them. */
  kept: string[];
  /** Phrases that the request listed and the service does not have. */
  dropped: string[];
  /** Every request that was sent, oldest first. */
  attempts: Attempt[];
}

/** A tracker that the service does not know yet. */
export type NewTracker = Omit<Tracker, "id">;

/** A {@link NewTracker} that is only read. */
export type ReadonlyNewTracker = Omit<ReadonlyTracker, "id">;

/** The fields that every piece of {@link Advice} has. */
export interface AdviceOf<Code extends string, Params> {
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
  /** What to write instead, if that can be told. */
  replacement?: string;
}

/** How to improve a tracker that the service would accept; plain data, told apart by `code`. */
export type Advice =
  /** The body is within the limit but over 1,000,000 bytes, which some gateways count as 1 MB. */
  | AdviceOf<"near_limit", { bytes: number; limit: number }>
  /** A tracker without phrases finds nothing. */
  | AdviceOf<"empty_vocabulary", Record<string, never>>
  /** Fewer phrases than the 5 that the vendor recommends. */
  | AdviceOf<"few_phrases", { count: number; recommended: number }>
  /** More phrases than the 50 that the vendor recommends. */
  | AdviceOf<"many_phrases", { count: number; recommended: number }>
  /**
   * The phrase differs from the one at index `first` only in case, spacing or Unicode form. The `replacement` is that
   * earlier phrase, so applying the advice removes this one.
   */
  | AdviceOf<"near_duplicate", { first: number }>
  /** White space at an end. */
  | AdviceOf<"untrimmed", Record<string, never>>
  /**
   * A tab, a line break, or a character inside the phrase that is not shown; `codePoint` is the first, such as `"U+200B"`.
   */
  | AdviceOf<"control_character", { codePoint: string }>
  /** An opening that carries no meaning, such as "could you please". */
  | AdviceOf<"filler", { opening: string }>
  /** A mark that transcripts of speech do not have: any except `.`, `'` and `-`. */
  | AdviceOf<"punctuation", { mark: string }>
  /** Two statements in one phrase, joined by `conjunction`. */
  | AdviceOf<"two_meanings", { conjunction: "but" }>;

/** What {@link adviseTracker} answers. */
export interface Advised {
  /**
   * `near_limit` first, then the name, the vocabulary as a whole, and its phrases in order; at most `maxIssues`. Yours
   * to change.
   */
  advice: Advice[];
  /** How many pieces there are in all. */
  adviceCount: number;
}

/** A tracker of which any part may be missing. */
export interface TrackerParts {
  /** Assigned by the service; absent for a tracker to create. */
  readonly id?: string | undefined;
  /** Unique within the account. Absent, it counts as empty. */
  readonly name?: string | undefined;
  /** Phrases and keywords. Absent, there are none. */
  readonly vocabulary?: readonly string[] | undefined;
}
