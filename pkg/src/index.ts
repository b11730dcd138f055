export { adviseTracker, applyAdvice } from "./advice.js";
export { TrackerClient } from "./client.js";
export { TrackerDraft } from "./draft.js";
export { InvalidTrackerError } from "./errors/InvalidTrackerError.js";
export { NetworkError } from "./errors/NetworkError.js";
export { ProtocolError } from "./errors/ProtocolError.js";
export { RejectedError } from "./errors/RejectedError.js";
export { TimeoutError } from "./errors/TimeoutError.js";
export { isTrackerError, TrackerError } from "./errors/TrackerError.js";
export { ready } from "./module.js";
export type {
  Advice,
  Advised,
  Attempt,
  AttemptEvent,
  Change,
  DraftedTracker,
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
  Verdict,
} from "./types.js";
export { buildUpdateRequest, updateTracker } from "./update.js";
export { validateTracker } from "./validate.js";
