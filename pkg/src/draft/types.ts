/** The types of drafts and of merging that callers see. */
import type { Tracker, TrackerParts } from "../types.js";

/** A version of a tracker that {@link mergeTrackers} takes. */
export interface TrackerVersion {
  /** Assigned by the service. Versions with an id must have the same one. */
  id?: string | undefined;
  /** The name in this version. */
  name: string;
  /** The phrases in this version. */
  vocabulary: readonly string[];
}

/** Where both versions changed the same thing; absent texts are phrases that the version does not have. */
export type MergeConflict =
  /** Both versions have a new name, and not the same one. */
  | { code: "name"; base: string; mine: string; theirs: string }
  /**
   * Both versions have a new phrase, and the two differ only in case, spacing or Unicode form. Where they replace a
   * phrase that also differs only in that, it is `base`.
   */
  | { code: "spelling"; base?: string; mine: string; theirs: string }
  /** One version changed case, spacing or Unicode form of a phrase, and the other one removed the phrase. */
  | { code: "edited_and_removed"; base: string; mine?: string; theirs?: string };

/** What {@link mergeTrackers} returns. */
export interface Merged<T = DraftedTracker> {
  /** The merged tracker. */
  tracker: T;
  /** What a person should decide, the name first. */
  conflicts: MergeConflict[];
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
