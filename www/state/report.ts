/** What the bar reports: how the last thing that a person asked for came out. Facts only; the sentences are in words.ts. */
import type { Tracker, UpdateResult } from "symbl-tracker";
import type { Edit } from "./edit.js";
import type { Call } from "./queue.js";

export type Report =
  /** A call ended. */
  | { kind: "ended"; call: Call }
  /** Nothing was sent, because the service would refuse it. */
  | { kind: "issues"; edit: Edit }
  /** Nothing was sent, because the service already has all of it. */
  | { kind: "unchanged"; edit: Edit }
  /** Nothing was sent, for this reason. */
  | { kind: "blocked"; edit: Edit; reason: string }
  /** The service has another version than the edit began from, and the person went on editing. */
  | { kind: "differs"; edit: Edit; current: Tracker }
  /** A tracker was replaced by a new one with another id. */
  | { kind: "recreated"; tracker: Tracker }
  /** The service was read after a change of unknown outcome. */
  | { kind: "checked"; call: Call; finding: Finding };

/** What a read says about a change of unknown outcome. */
export type Finding =
  | { state: "applied"; tracker: Tracker | undefined }
  /** The service has something else; a late request may still arrive. */
  | { state: "not_applied"; difference: Difference | undefined }
  /** Someone has given this name to a tracker with other phrases. */
  | { state: "name_taken"; other: Tracker }
  /** The tracker is gone. */
  | { state: "gone" }
  /** It could not be read. */
  | { state: "unread"; error: unknown };

/** What the service has, compared with what was sent. */
export interface Difference {
  /** The service's name, if it is another. */
  name: string | undefined;
  /** Phrases that were sent and that the service does not have. */
  missing: string[];
  /** Phrases that the service has and that were not sent. */
  additional: string[];
}

/** What the service made of an update, if the call is one that was applied. */
export function updateResultOf({ options, ending }: Call): UpdateResult | undefined {
  return options.kind === "update" && ending?.outcome === "applied"
    ? (ending.value as UpdateResult)
    : undefined;
}
