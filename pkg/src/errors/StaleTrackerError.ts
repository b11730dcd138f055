import type { Tracker } from "../types.js";
import { TrackerError } from "./TrackerError.js";

/**
 * The tracker was changed on the service since `base` was loaded, so nothing was written. Not a 409, which is about
 * the name of another tracker: that is a {@link RejectedError}.
 */
export class StaleTrackerError extends TrackerError {
  /** The name of the class, also in minified code. */
  override name = "StaleTrackerError";
  /** There is only one reason. */
  declare readonly code: "stale_tracker";
  /** The tracker as the service has it now. */
  declare readonly current: Tracker;
}
