/** What the screen says, apart from index.html. Issues and errors bring their own sentences. */
import {
  type Advice,
  type Attempt,
  type AttemptEvent,
  type Issue,
  isTrackerError,
  type UpdateResult,
} from "symbl-tracker";

const number = new Intl.NumberFormat("en");

/** What was thrown, which may be anything. That there was no token says less than why there was none. */
export function reason(error: unknown): string {
  if (isTrackerError(error) && error.code === "token_unavailable" && error.cause) return reason(error.cause);
  return error instanceof Error ? error.message : String(error);
}

/** 1048576 as "1,048,576". */
export function grouped(count: number): string {
  return number.format(count);
}

/** "1 phrase", "2 phrases". */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** An issue in the terms of this screen, where rows count from 1. */
export function issueWords(issue: Issue): string {
  switch (issue.code) {
    case "duplicate":
      return `The same as phrase ${grouped(issue.params.first + 1)}.`;
    case "too_large": {
      const over = issue.params.bytes - issue.params.limit;
      return `${counted(over, "byte")} over the limit of ${grouped(issue.params.limit)}: remove phrases, or split them over several trackers.`;
    }
    default:
      return issue.message;
  }
}

/** Advice in the terms of this screen, and short enough for a row. */
export function adviceWords(advice: Advice): string {
  switch (advice.code) {
    case "near_duplicate":
      return `Nearly the same as phrase ${grouped(advice.params.first + 1)}.`;
    case "untrimmed":
      return "White space around it.";
    case "filler":
      return `“${advice.params.opening}” carries no meaning.`;
    case "punctuation":
      return `“${advice.params.mark}” is not spoken.`;
    case "control_character":
      return `Contains ${advice.params.codePoint}, which is not shown.`;
    case "two_meanings":
      return `Two statements, joined by “${advice.params.conjunction}”: make it two phrases.`;
    default:
      return advice.message;
  }
}

/** What it does to a phrase to take the advice on it. */
export function mendWords(advice: Advice[]): string {
  if (advice.some(({ code }) => code === "near_duplicate")) return "Leave it out.";
  const [only, ...others] = advice;
  return only?.replacement && others.length === 0 ? `Write instead: ${only.replacement}` : "Do all of this.";
}

/** An issue of a text of JSON, where places are pointers, which count from 0. */
export function jsonIssueWords(issue: Issue): string {
  return issue.code === "duplicate" ? issue.message : issueWords(issue);
}

/** Where an issue is, as a link to it is called. */
export function placeWords({ path: [field, index] }: Issue): string {
  if (index !== undefined) return `Phrase ${grouped(Number(index) + 1)}`;
  if (field === "vocabulary") return "Phrases";
  return field === undefined ? "Tracker" : `${field}`.replace(/^./, (first) => first.toUpperCase());
}

/** "312 added, 14 duplicates skipped." */
export function pasteWords(fresh: number, duplicates: number): string {
  const skipped = duplicates > 0 ? `, ${counted(duplicates, "duplicate")} skipped` : "";
  return `${counted(fresh, "phrase")} added${skipped}.`;
}

/** What an attempt came to. */
export function attemptWords({ status, fault, durationMs }: Attempt): string {
  const what = [status, fault?.replaceAll("_", " ")].filter(Boolean).join(", ");
  return `${what} after ${grouped(durationMs)} ms`;
}

/** That a call is not lost yet. */
export function waitWords({ attempt, waitMs }: Extract<AttemptEvent, { type: "wait" }>): string {
  return `Attempt ${attempt} failed; the next one starts in ${grouped(waitMs)} ms.`;
}

/** What happens to a call under way. */
export function eventWords(event: AttemptEvent): string {
  switch (event.type) {
    case "start":
      return `Attempt ${event.attempt}: sent`;
    case "end":
      return `Attempt ${event.attempt}: ${attemptWords(event)}`;
    case "wait":
      return `The next one in ${grouped(event.waitMs)} ms`;
  }
}

/** What the service made of an update that it confirmed. */
export function successWords({ tracker, kept, dropped }: UpdateResult): string {
  const more = kept.length > 0 ? ` The service kept ${grouped(kept.length)} that you did not send.` : "";
  const less = dropped.length > 0 ? ` The service dropped ${grouped(dropped.length)} that you sent.` : "";
  return `The tracker has ${counted(tracker.vocabulary.length, "phrase")} now.${more}${less}`;
}

/** In a word or two, whether the change took place. */
export const OUTCOMES = {
  applied: "Applied",
  not_applied: "Not applied",
  unknown: "Unknown whether applied",
};

/** In characters: a megabyte on the page helps nobody. */
const SHOWN = 2_000;

/** The beginning of a text, and how much more there is. */
export function shortened(text: string): string {
  return text.length <= SHOWN
    ? text
    : `${text.slice(0, SHOWN)}…\n\nand ${counted(text.length - SHOWN, "character")} more`;
}
