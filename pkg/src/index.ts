export { adviseTracker, applyAdvice } from "./advice.js";
export { TrackerClient } from "./call/client.js";
export { buildUpdateRequest, updateTracker } from "./call/update.js";
export { TrackerDraft } from "./draft/TrackerDraft.js";
export { InvalidTrackerError } from "./errors/InvalidTrackerError.js";
export { NetworkError } from "./errors/NetworkError.js";
export { ProtocolError } from "./errors/ProtocolError.js";
export { RejectedError } from "./errors/RejectedError.js";
export { TimeoutError } from "./errors/TimeoutError.js";
export { isTrackerError, TrackerError } from "./errors/TrackerError.js";
export { type SplitOptions, splitTracker } from "./split.js";
export type {
  Advice,
  Advised,
  Attempt,
  AttemptEvent,
  Change,
  DraftedTracker,
  EditOptions,
  Invalid,
  Issue,
  NewTracker,
  Outcome,
  RequestOptions,
  RuleOptions,
  SendOptions,
  TokenFunction,
  Tracker,
  TrackerParts,
  UpdateResult,
  Valid,
  ValidateOptions,
  ValidationResult,
} from "./types.js";
export { validateTracker } from "./validate.js";
export { ready } from "./wasm/module.js";
