/** The sentences of the dashboard that are about calls. */
import { isTrackerError } from "symbl-tracker";
import type { Call } from "./state/queue.js";

/** The message of anything that was thrown. If no token could be had, the message of what caused that. */
export function reason(error: unknown): string {
  if (isTrackerError(error) && error.code === "token_unavailable" && error.cause) return reason(error.cause);
  return error instanceof Error ? error.message : String(error);
}

/** How a call ended. The first word is the outcome. */
export function outcomeWords({ ending }: Call): string {
  switch (ending?.outcome) {
    case undefined:
      return "";
    case "applied":
      return "Applied.";
    case "not_sent":
      return `Not sent. ${ending.reason}`;
    case "not_applied":
      return `Not applied. ${reason(ending.error)}`;
    case "unknown":
      return `Unknown whether applied. ${reason(ending.error)}`;
  }
}
