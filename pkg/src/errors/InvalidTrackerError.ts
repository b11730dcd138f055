import type { Invalid, Issue } from "../types.js";
import { TrackerError } from "./TrackerError.js";

/**
 * The tracker was found invalid here, and nothing was sent. Not a refusal of the service: that is a
 * {@link RejectedError}.
 */
export class InvalidTrackerError extends TrackerError {
  override name = "InvalidTrackerError";
  declare readonly code: "invalid_tracker";
  /** What is wrong, as of `validateTracker`. */
  readonly issues: Issue[];
  /** How many issues there are in all. */
  readonly issueCount: number;

  constructor({ issues, issueCount }: Pick<Invalid, "issues" | "issueCount">) {
    const [first] = issues;
    const more = issueCount > 1 ? ` (and ${issueCount - 1} more)` : "";
    super(`The tracker is not valid: ${first ? `${first.pointer} ${first.message}`.trim() : ""}${more}`, {
      code: "invalid_tracker",
      outcome: "not_applied",
      resolution: "Mend what the issues name.",
      attempts: [],
    });
    this.issues = issues;
    this.issueCount = issueCount;
  }
}
