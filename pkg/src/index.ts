export { adviseTracker, applyAdvice } from "./advice.js";
export { TrackerDraft } from "./draft.js";
export { ready } from "./module.js";
export type {
  Advice,
  Advised,
  Change,
  DraftedTracker,
  Invalid,
  Issue,
  RuleOptions,
  Tracker,
  TrackerParts,
  Valid,
  ValidateOptions,
  Verdict,
} from "./types.js";
export { validateTracker } from "./validate.js";
