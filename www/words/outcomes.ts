/** The sentences of the bar: the outcome of the last action, and the progress of a call. */
import type { Tracker, UpdateResult } from "symbl-tracker";
import type { Edit } from "../state/edit.js";
import type { Call } from "../state/sending/queue.js";
import { type Difference, differsStill, type Finding, type Report } from "../state/sending/report.js";
import { reason } from "./errors.js";

export interface ReportWords {
  /** `plain`: nothing was sent, and nothing is wrong. */
  tone: "good" | "warn" | "bad" | "plain";
  /** A sentence that begins with the outcome. */
  text: string;
}

const NOTHING: ReportWords = { tone: "plain", text: "" };

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** How a sentence names the tracker of an edit. */
export function titleOf(edit: Edit): string {
  const { value: name } = edit.name;
  return name.trim() === "" ? "the tracker without a name" : `“${name}”`;
}

export function reportWords(report: Report): ReportWords {
  // The edit was dropped or replaced, so there is nothing left to do about it.
  if ("edit" in report && report.edit.hasEnded) return NOTHING;
  switch (report.kind) {
    case "ended":
      return endingWords(report.call);
    case "issues": {
      const { issueCount } = report.edit.validation.value;
      return issueCount === 0
        ? { tone: "plain", text: "Not sent yet. No issues are left." }
        : { tone: "bad", text: `Not sent. ${counted(issueCount, "issue")} to fix.` };
    }
    case "unchanged":
      // No longer true if the tracker was edited after this report.
      return report.edit.isModified.value
        ? NOTHING
        : { tone: "plain", text: "Not sent. Nothing was changed since the service last confirmed it." };
    case "blocked":
      return { tone: "bad", text: `Not sent. ${report.reason}` };
    case "differs":
      // No longer true if the edit was discarded or merged.
      if (!differsStill(report)) return NOTHING;
      return {
        tone: "warn",
        text: `Not applied. The service has another version of “${report.current.name}” than the one you began with.`,
      };
    case "checked":
      return findingWords(report.finding);
    case "recreated":
      return { tone: "good", text: `Applied. “${report.tracker.name}” now has the id ${report.tracker.id}.` };
  }
}

function endingWords(call: Call): ReportWords {
  const { ending } = call;
  const { kind } = call.options;
  switch (ending?.outcome) {
    case undefined:
      return NOTHING;
    case "applied":
      return appliedWords(call, ending.value);
    case "not_sent":
      return { tone: "plain", text: `Not sent. ${ending.reason}` };
    case "not_applied": {
      if (ending.isCancelled) return { tone: "plain", text: "Not applied. You cancelled it." };
      return {
        tone: "bad",
        text: `${kind === "list" ? "Not read." : "Not applied."} ${reason(ending.error)}`,
      };
    }
    case "unknown":
      return {
        tone: "warn",
        text: ending.isCancelled
          ? "Unknown whether it was applied. You cancelled it after it was sent."
          : `Unknown whether it was applied. ${reason(ending.error)}`,
      };
  }
}

function appliedWords({ options: { kind } }: Call, value: unknown): ReportWords {
  if (kind === "update") return updatedWords(value as UpdateResult);
  if (kind === "delete") return { tone: "good", text: "Applied. The tracker was deleted." };
  if (kind === "create" && Array.isArray(value))
    return {
      tone: "good",
      text: `Applied. ${counted(value.length, "tracker was", "trackers were")} created.`,
    };
  return {
    tone: "good",
    text: kind === "create" ? `Applied. “${(value as Tracker).name}” was created.` : "",
  };
}

function updatedWords({ tracker, kept, dropped }: UpdateResult): ReportWords {
  const parts: string[] = [];
  if (kept.length > 0) parts.push(`${counted(kept.length, "removal")} ignored`);
  if (dropped.length > 0) parts.push(`${counted(dropped.length, "phrase")} left out by the service`);
  if (parts.length === 0) return { tone: "good", text: `Applied. “${tracker.name}” was updated.` };
  const why = kept.length > 0 ? ": this service only adds phrases" : "";
  return { tone: "warn", text: `Applied; ${parts.join(", ")} in “${tracker.name}”${why}.` };
}

function findingWords(finding: Finding): ReportWords {
  switch (finding.state) {
    case "applied":
      return { tone: "good", text: "Applied. The service has what you sent." };
    case "not_applied":
      return { tone: "warn", text: `Not applied so far. ${differenceWords(finding.difference)}` };
    case "name_taken":
      return {
        tone: "warn",
        text: `Not applied so far. There is a tracker named “${finding.other.name}” with other phrases.`,
      };
    case "gone":
      return { tone: "bad", text: "Not applied. The service no longer has this tracker." };
    case "unread":
      return {
        tone: "warn",
        text: `Unknown whether it was applied. It could not be checked. ${reason(finding.error)}`,
      };
  }
}

/** How the service's version differs from what was sent, as a sentence. */
function differenceWords(difference: Difference | undefined): string {
  if (!difference) return "A late request may still arrive.";
  const { name, missing, additional } = difference;
  const parts: string[] = [];
  if (name !== undefined) parts.push(`is named “${name}”`);
  if (missing.length > 0) parts.push(`lacks ${counted(missing.length, "phrase")} that you sent`);
  if (additional.length > 0) parts.push(`has ${counted(additional.length, "phrase")} that you did not send`);
  return `On the service, the tracker ${parts.join(", and ")}. A late request may still arrive.`;
}

/** The progress of a call. It changes with each attempt, not each second, so that it can be announced. */
export function progressWords(call: Call): string {
  const { title } = call.options;
  const { events, isCancelled } = call;
  if (isCancelled) return "Cancelling…";
  const event = events.at(-1);
  if (event?.type === "wait") return `${waitWords(call)} Trying again…`;
  if (event?.type === "start" && event.purpose === "base") return `${title}: comparing with the service…`;
  if (event?.type === "start" && event.purpose === "verify")
    return `${title}: checking whether it was applied…`;
  const attempts = sendsOf(call);
  return attempts > 1 ? `${title}: attempt ${attempts}…` : `${title}…`;
}

/** How many times the request was sent, not counting reads before and after it. */
export function sendsOf({ events }: Call): number {
  return events.filter((event) => event.type === "start" && event.purpose === undefined).length;
}

/** Why the call waits before its next attempt. */
function waitWords({ events }: Call): string {
  const ends = events.filter((event) => event.type === "end");
  const end = ends.at(-1);
  const status = end?.status;
  if (status === 429) return "The service is busy.";
  if (status !== undefined && status >= 400) return "The service failed.";
  return end?.fault === "attempt_timeout" ? "The service did not answer." : "The connection failed.";
}

/** When the next attempt starts, in milliseconds since 1970; undefined if the call is not waiting for one. */
export function nextAttemptAt({ events }: Call): number | undefined {
  const event = events.at(-1);
  return event?.type === "wait" ? event.at + event.waitMs : undefined;
}
