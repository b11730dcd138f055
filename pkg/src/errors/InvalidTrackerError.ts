import type { Invalid, Issue } from "../types.js";
import { TrackerError } from "./TrackerError.js";

/**
 * The tracker is invalid, so nothing was sent. Not a refusal by the service, which is a
 * {@link RejectedError}.
 */
export class InvalidTrackerError extends TrackerError {
  /** The name of the class, also in minified code. */
  override name = "InvalidTrackerError";
  /** There is only one reason. */
  declare readonly code: "invalid_tracker";
  /** What is wrong, as `validateTracker` reports it. */
  readonly issues: Issue[];
  /** How many issues there are in all. */
  readonly issueCount: number;

  /** @param result what `validateTracker` returned */
  constructor({ issues, issueCount }: Pick<Invalid, "issues" | "issueCount">) {
    const [first] = issues;
    const more = issueCount > 1 ? ` (and ${issueCount - 1} more)` : "";
    super(`The tracker is not valid: ${first ? `${first.pointer} ${first.message}`.trim() : ""}${more}`, {
      code: "invalid_tracker",
      outcome: "not_applied",
      resolution: "Fix what the issues name.",
      attempts: [],
    });
    this.issues = issues;
    this.issueCount = issueCount;
  }
}
