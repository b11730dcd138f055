/** The text of a tracker that is edited as JSON. It can be anything. */
import { type NewTracker, type RuleOptions, type Tracker, validateTracker } from "symbl-tracker";
import { isSame } from "./difference.js";

/** The result of a validation, without the issues themselves. */
export interface Validation {
  ok: boolean;
  /** The length of the request body. */
  bytes: number;
  limit: number;
  issueCount: number;
}

export class JsonText {
  /** Undefined if the text is not JSON. */
  readonly value: unknown;
  /** How many members the objects of the text have, including those with a repeated key. */
  readonly #memberCount: number = 0;

  constructor(text: string) {
    try {
      this.value = JSON.parse(text);
    } catch {
      return;
    }
    this.#memberCount = countMembers(text);
  }

  /** The name and the phrases; undefined if the text does not have both. */
  get tracker(): NewTracker | undefined {
    const { name, vocabulary } = (this.value ?? {}) as Partial<Record<"name" | "vocabulary", unknown>>;
    const isTracker =
      typeof name === "string" &&
      Array.isArray(vocabulary) &&
      vocabulary.every((phrase) => typeof phrase === "string");
    return isTracker ? { name, vocabulary } : undefined;
  }

  /** Whether the text has exactly the members of this tracker, with the same values. */
  is(tracker: Tracker | NewTracker): boolean {
    const id = "id" in tracker ? tracker.id : undefined;
    const count = id === undefined ? 2 : 3;
    const own = (this.value as Tracker | undefined)?.id;
    return isSame(this.value, tracker) && own === id && this.#memberCount === count;
  }

  /** A repeated key counts as an issue, because `JSON.parse` keeps only the last value. */
  validate(rules: RuleOptions): Validation {
    const result = validateTracker(this.value, rules);
    const { limit, bytes = 0 } = result;
    const hasRepeatedKeys = this.#memberCount !== countKeys(this.value);
    const issueCount = (result.ok ? 0 : result.issueCount) + (hasRepeatedKeys ? 1 : 0);
    return { ok: issueCount === 0, bytes, limit, issueCount };
  }
}

function countMembers(json: string): number {
  let count = 0;
  let start = json.indexOf('"');
  while (start >= 0) {
    let end = start;
    do end = json.indexOf('"', end + 1);
    while (isEscaped(json, end));
    let next = end + 1;
    while (" \t\r\n".includes(json[next] ?? "x")) next++;
    if (json[next] === ":") count++;
    start = json.indexOf('"', next);
  }
  return count;
}

/** Whether an odd number of backslashes precedes the quotation mark at this index. */
function isEscaped(json: string, at: number): boolean {
  let first = at;
  while (json[first - 1] === "\\") first--;
  return (at - first) % 2 === 1;
}

/** How many keys the objects of a value have. */
function countKeys(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((count, part) => count + countKeys(part), own);
}
