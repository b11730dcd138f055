/** The texts of the dashboard that are not in index.html. Issues and errors have their own messages. */
import {
  type Advice,
  type Attempt,
  type AttemptEvent,
  type Issue,
  isTrackerError,
  type UpdateResult,
} from "symbl-tracker";

const number = new Intl.NumberFormat("en");
const duration = new Intl.NumberFormat("en", {
  style: "unit",
  unit: "second",
  unitDisplay: "long",
  maximumFractionDigits: 1,
});

/** The message of anything that was thrown. For a missing token, the message of the error that caused it. */
export function reason(error: unknown): string {
  if (isTrackerError(error) && error.code === "token_unavailable" && error.cause) return reason(error.cause);
  return error instanceof Error ? error.message : String(error);
}

/** 1048576 as "1,048,576". */
export function grouped(count: number): string {
  return number.format(count);
}

/** A duration as "1 second", "0.3 seconds" or "less than 0.1 seconds". */
export function seconds(milliseconds: number): string {
  return milliseconds < 100 ? `less than ${duration.format(0.1)}` : duration.format(milliseconds / 1000);
}

/** "1 phrase", "2 phrases". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** An issue in the dashboard's words. Phrases are numbered from 1. */
export function issueWords(issue: Issue): string {
  switch (issue.code) {
    case "duplicate":
      return `Repeats phrase ${grouped(issue.params.first + 1)}.`;
    case "too_large": {
      const over = issue.params.bytes - issue.params.limit;
      return `${counted(over, "byte")} over the limit of ${grouped(issue.params.limit)} bytes. Remove phrases, or move some to another tracker.`;
    }
    default:
      return issue.message;
  }
}

/** Advice in the dashboard's words, short enough for a row. */
export function adviceWords(advice: Advice): string {
  switch (advice.code) {
    case "near_duplicate":
      return `Nearly the same as phrase ${grouped(advice.params.first + 1)}.`;
    case "untrimmed":
      return "Starts or ends with white space.";
    case "filler":
      return `“${advice.params.opening}” carries no meaning.`;
    case "punctuation":
      return `“${advice.params.mark}” is not spoken.`;
    case "control_character":
      return `Contains the invisible character ${advice.params.codePoint}.`;
    case "two_meanings":
      return `Two statements joined by “${advice.params.conjunction}”. Make it two phrases.`;
    default:
      return advice.message;
  }
}

/** Describes what the button Fix does to a phrase. */
export function fixWords(advice: Advice[]): string {
  if (advice.some(({ code }) => code === "near_duplicate")) return "Remove this phrase.";
  const [only, ...others] = advice;
  return only?.replacement && others.length === 0
    ? `Change to: ${only.replacement}`
    : "Apply all suggestions.";
}

/** The name of the field that has the issue, for a link to it. */
export function placeWords({ path: [field, index] }: Issue): string {
  if (index !== undefined) return `Phrase ${grouped(Number(index) + 1)}`;
  if (field === "vocabulary") return "Phrases";
  return field === undefined ? "Tracker" : `${field}`.replace(/^./, (first) => first.toUpperCase());
}

/** "312 phrases added, 14 duplicates skipped." */
export function pasteWords(fresh: number, duplicates: number): string {
  const skipped = duplicates > 0 ? `, ${counted(duplicates, "duplicate")} skipped` : "";
  return `${counted(fresh, "phrase")} added${skipped}.`;
}

/** The result of an attempt. */
export function attemptWords({ status, fault, durationMs }: Attempt): string {
  const what = [status, fault?.replaceAll("_", " ")].filter(Boolean).join(", ");
  return `${what} after ${seconds(durationMs)}`;
}

/** Says that a failed attempt will be repeated. */
export function waitWords({ attempt, waitMs }: Extract<AttemptEvent, { type: "wait" }>): string {
  return `Attempt ${attempt} failed. Trying again in ${seconds(waitMs)}.`;
}

/** Describes an event of a call under way. */
export function eventWords(event: AttemptEvent): string {
  switch (event.type) {
    case "start":
      return `Attempt ${event.attempt}: sent`;
    case "end":
      return `Attempt ${event.attempt}: ${attemptWords(event)}`;
    case "wait":
      return `Next attempt in ${seconds(event.waitMs)}`;
  }
}

/** Describes the result of an update that the service confirmed. */
export function successWords({ tracker, kept, dropped }: UpdateResult): string {
  const more = kept.length > 0 ? ` The service kept ${grouped(kept.length)} that you did not send.` : "";
  const less = dropped.length > 0 ? ` The service dropped ${grouped(dropped.length)} that you sent.` : "";
  return `The tracker now has ${counted(tracker.vocabulary.length, "phrase")}.${more}${less}`;
}

/** Says in a few words whether the change was made. */
export const OUTCOMES = {
  applied: "Applied",
  not_applied: "Not applied",
  unknown: "Unknown whether applied",
};

/** The maximum length of a text on the page, in characters. */
const MAX_LENGTH = 2_000;

/** The start of a text, and how much was left out. */
export function shortened(text: string): string {
  return text.length <= MAX_LENGTH
    ? text
    : `${text.slice(0, MAX_LENGTH)}…\n\nand ${counted(text.length - MAX_LENGTH, "character")} more`;
}
