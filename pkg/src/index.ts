export { adviseTracker, applyAdvice } from "./advice.js";
export { TrackerClient } from "./call/client.js";
export { buildUpdateRequest, updateTracker } from "./call/update.js";
export { TrackerDraft } from "./draft/TrackerDraft.js";
export type {
  Change,
  DraftedTracker,
  EditOptions,
  MergeConflict,
  Merged,
  TrackerVersion,
} from "./draft/types.js";
export { InvalidTrackerError } from "./errors/InvalidTrackerError.js";
export { NetworkError } from "./errors/NetworkError.js";
export { ProtocolError } from "./errors/ProtocolError.js";
export { RejectedError } from "./errors/RejectedError.js";
export { StaleTrackerError } from "./errors/StaleTrackerError.js";
export { TimeoutError } from "./errors/TimeoutError.js";
export { isTrackerError, TrackerError, type TrackerErrorData } from "./errors/TrackerError.js";
export { mergeTrackers } from "./merge.js";
export {
  type JsonSchemaOptions,
  type MoreIssues,
  newTrackerSchema,
  type SchemaIssue,
  type SchemaResult,
  type TrackerSchema,
  trackerSchema,
} from "./schema.js";
export { type SplitOptions, splitTracker } from "./split.js";
export type {
  Advice,
  AdviceOf,
  Advised,
  Attempt,
  AttemptEvent,
  Invalid,
  Issue,
  IssueOf,
  ListOptions,
  NewTracker,
  Outcome,
  ReadonlyNewTracker,
  ReadonlyTracker,
  RequestOptions,
  RuleOptions,
  SendOptions,
  TokenFunction,
  Tracker,
  TrackerParts,
  UpdateOptions,
  UpdateResult,
  Valid,
  ValidateOptions,
  ValidationResult,
} from "./types.js";
export { validateTracker } from "./validate.js";
export { ready } from "./wasm/module.js";
