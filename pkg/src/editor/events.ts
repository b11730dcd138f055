/** The detail of `tracker-change`: what a person's edit did. */
export interface TrackerChangeDetail {
  /** The keys of the rows whose issues or advice changed. */
  changed: number[];
  /** Whether the service would accept the tracker. */
  ok: boolean;
  /** The length of the request body in bytes. */
  bytes: number;
  /** How many issues the tracker has. */
  issueCount: number;
}

/** The detail of `tracker-before-import`, which can be cancelled. */
export interface TrackerBeforeImportDetail {
  /** What would be added. */
  phrases: readonly string[];
  /** Below the current phrase, at the end, or in place of all phrases. */
  place: "here" | "end" | "replace";
}
