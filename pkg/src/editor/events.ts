/** The detail of `tracker-change`: what a person's edit did. */
export interface TrackerChangeDetail {
  /** The keys of the rows whose issues or advice changed. */
  changed: number[];
  /** Whether the service would accept the tracker. */
  ok: boolean;
  /** The length of the request body in bytes. */
  bytes: number;
  issueCount: number;
}

/** The detail of `tracker-before-import`, which can be cancelled. */
export interface TrackerBeforeImportDetail {
  phrases: readonly string[];
  place: "here" | "end" | "replace";
}
