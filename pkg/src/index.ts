export { ready } from "./module.js";
export type { Invalid, Issue, RuleOptions, Tracker, Valid, ValidateOptions, Verdict } from "./types.js";
export { validateTracker } from "./validate.js";
