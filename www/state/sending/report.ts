/** What the bar reports: the outcome of the last action. These are facts; the sentences are in words/outcomes.ts. */
import type { Tracker, UpdateResult } from "symbl-tracker";
import { isSame } from "../difference.js";
import type { Edit } from "../edit.js";
import type { Call } from "./queue.js";

export type Report =
  /** A call ended. */
  | { kind: "ended"; call: Call }
  /** Nothing was sent, because the tracker has issues. */
  | { kind: "issues"; edit: Edit }
  /** Nothing was sent, because nothing was changed. */
  | { kind: "unchanged"; edit: Edit }
  /** Nothing was sent, for this reason. */
  | { kind: "blocked"; edit: Edit; reason: string }
  /** Someone else changed the tracker, and the person closed the dialog without merging. */
  | { kind: "differs"; edit: Edit; current: Tracker }
  /** A tracker was replaced with a new one that has a new id. */
  | { kind: "recreated"; tracker: Tracker }
  /** The service was read to find out whether a change was applied. */
  | { kind: "checked"; call: Call; finding: Finding };

/** The key of the edit that a report is about; undefined if it is not about one. */
export function subjectOf(report: Report): string | undefined {
  if ("edit" in report) return report.edit.key;
  return "call" in report ? report.call.options.subject : undefined;
}

/** Whether an edit still has to be merged with another version of the service. */
export function differsStill({ edit, current }: { edit: Edit; current: Tracker }): boolean {
  return edit.isModified.value && !isSame(edit.base, current);
}

/** What a read showed about a change of unknown outcome. */
export type Finding =
  | { state: "applied"; tracker: Tracker | undefined }
  /** The service does not have the change; a late request may still arrive. */
  | { state: "not_applied"; difference: Difference | undefined }
  /** A tracker with this name exists, and it has other phrases. */
  | { state: "name_taken"; other: Tracker }
  /** The tracker no longer exists. */
  | { state: "gone" }
  /** The service could not be read. */
  | { state: "unread"; error: unknown };

/** How the service's version differs from what was sent. */
export interface Difference {
  /** The service's name, if it is a different one. */
  name: string | undefined;
  /** Phrases that were sent and that the service does not have. */
  missing: string[];
  /** Phrases that the service has and that were not sent. */
  additional: string[];
}

/** The result of a call, if it is an update that was applied. */
export function updateResultOf({ options, ending }: Call): UpdateResult | undefined {
  return options.kind === "update" && ending?.outcome === "applied"
    ? (ending.value as UpdateResult)
    : undefined;
}
