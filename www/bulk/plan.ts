/** The dry run: whether each tracker of a file can be created, and if not, why. It is a pure function. */
import { type Issue, type NewTracker, validateTracker } from "symbl-tracker";
import { MAX_TRACKERS } from "../state/account/account.js";
import type { Entry } from "./columns.js";

/** The largest request body in bytes, from the documentation of the API. */
export const MAX_BODY_BYTES = 1_048_576;
/** The bytes of the brackets around a list with one tracker. */
const BRACKETS = 2;

export type Verdict =
  /** It can be created. */
  | "fine"
  /** The account has a tracker with this name. */
  | "taken"
  /** An earlier row of the file has this name. */
  | "repeated"
  /** The service would refuse it. */
  | "issue"
  /** It is over the size limit of a request. */
  | "too_large"
  /** The account would have more than 500 trackers. */
  | "no_room";

/** The result of the dry run for one tracker. */
export interface PlannedRow {
  /** The number of its row in the file, from 1. */
  row: number;
  /** The name to show; empty if there is none. */
  name: string;
  phraseCount: number;
  /** The first phrases, to show. */
  sample: string;
  verdict: Verdict;
  /** Why it cannot be created, as a sentence; empty if it can. */
  reason: string;
  /** What is sent; undefined unless the verdict is `fine`. */
  tracker: NewTracker | undefined;
  /** Its size as JSON, in bytes. */
  bytes: number;
}

export interface Plan {
  rows: PlannedRow[];
  counts: Record<Verdict, number>;
  /** How many rows have phrases that repeat an earlier one of the same tracker. */
  withRepeats: number;
}

export interface PlanOptions {
  /** The names in the account. */
  taken: ReadonlySet<string>;
  /** How many trackers the account has. */
  accountSize: number;
  /** Whether phrases that repeat an earlier one of the same tracker are left out. */
  dropRepeats: boolean;
}

export function planOf(entries: readonly Entry[], { taken, accountSize, dropRepeats }: PlanOptions): Plan {
  const counts: Plan["counts"] = { fine: 0, taken: 0, repeated: 0, issue: 0, too_large: 0, no_room: 0 };
  const rowOfName = new Map<string, number>();
  let withRepeats = 0;
  const rows = entries.map(({ row, value }): PlannedRow => {
    const distinct = withoutRepeats(value);
    if (distinct !== value) withRepeats++;
    const candidate = dropRepeats ? distinct : value;
    const planned = { row, ...shown(candidate) };
    const { verdict, reason, bytes } = judge(candidate, () => {
      const first = rowOfName.get(planned.name);
      if (first !== undefined) return ["repeated", `Row ${first} has the same name.`];
      rowOfName.set(planned.name, row);
      if (taken.has(planned.name)) return ["taken", "The account already has a tracker with this name."];
      if (accountSize + counts.fine >= MAX_TRACKERS)
        return [
          "no_room",
          `An account can have ${MAX_TRACKERS} trackers, and it would be full before this row.`,
        ];
      return ["fine", ""];
    });
    counts[verdict]++;
    const tracker = verdict === "fine" ? (candidate as NewTracker) : undefined;
    return { ...planned, verdict, reason, tracker, bytes };
  });
  return { rows, counts, withRepeats };
}

/** @param otherwise the verdict on a tracker without issues */
function judge(value: unknown, otherwise: () => [Verdict, string]) {
  const result = validateTracker(value, { for: "create", maxBodyBytes: MAX_BODY_BYTES - BRACKETS });
  if (result.ok) {
    const [verdict, reason] = otherwise();
    return { verdict, reason, bytes: result.bytes };
  }
  const [first] = result.issues as [Issue];
  const more = result.issueCount > 1 ? ` (and ${result.issueCount - 1} more)` : "";
  const verdict: Verdict = first.code === "too_large" ? "too_large" : "issue";
  return { verdict, reason: sentence(first) + more, bytes: result.bytes ?? 0 };
}

const EXPECTED = { string: "text", array: "a list", object: "an object with a name and a vocabulary" };
const RECEIVED: Record<string, string> = {
  string: "text",
  array: "a list",
  object: "an object",
  number: "a number",
  boolean: "true or false",
};

/** The sentence of an issue, for people who edit a file. */
function sentence(issue: Issue): string {
  const [field, index] = issue.path;
  const isPhrase = field === "vocabulary" && typeof index === "number";
  const subject = isPhrase ? `Phrase ${index + 1}` : field === undefined ? "It" : `The ${field}`;
  switch (issue.code) {
    case "blank":
      return `${subject} is blank.`;
    case "duplicate":
      return `${subject} repeats phrase ${issue.params.first + 1}.`;
    case "lone_surrogate":
      return `${subject} has half of a character that consists of two. Type it again.`;
    case "too_large":
      return "It is larger than 1 MB. Split its phrases over several trackers.";
    case "type": {
      const { expected, received } = issue.params;
      return `${subject} must be ${EXPECTED[expected]}, but it is ${RECEIVED[received] ?? received}.`;
    }
    default:
      return issue.message;
  }
}

/** What to show of a value, which can be anything. */
function shown(value: unknown): Pick<PlannedRow, "name" | "phraseCount" | "sample"> {
  const { name, vocabulary } = (value ?? {}) as { name?: unknown; vocabulary?: unknown };
  const phrases = Array.isArray(vocabulary) ? vocabulary : [];
  return {
    name: typeof name === "string" ? name : "",
    phraseCount: phrases.length,
    sample: phrases
      .slice(0, 3)
      .map((phrase) => (typeof phrase === "string" ? phrase : JSON.stringify(phrase)))
      .join(" · "),
  };
}

/** The value without repeated phrases; the same object if there are none. */
function withoutRepeats(value: unknown): unknown {
  const { vocabulary } = (value ?? {}) as { vocabulary?: unknown };
  if (!Array.isArray(vocabulary)) return value;
  const distinct = [...new Set(vocabulary)];
  return distinct.length === vocabulary.length ? value : { ...(value as object), vocabulary: distinct };
}
