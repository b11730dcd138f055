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
export type Verdict = Valid | Invalid;

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

/** A tracker, or one to be that is not complete yet. */
export interface TrackerParts {
  id?: string | undefined;
  name?: string | undefined;
  vocabulary?: readonly string[] | undefined;
}

/** The tracker that a {@link TrackerDraft} is; the id is there if it had one to begin with. */
export type DraftedTracker = Omit<Tracker, "id"> & { id?: string };

/** What an edit of a {@link TrackerDraft} did. */
export interface Change {
  /**
   * The keys of the rows whose issues or advice are not what they were, in no particular order.
   *
   * A row that repeats another changes when it repeats another *row* than before, not when that row's index
   * shifts. A row that was not there before had neither issues nor advice.
   */
  changed: number[];
  /** Whether the service would accept the tracker now. */
  ok: boolean;
  /** The length of the request body now, in bytes. */
  bytes: number;
}
