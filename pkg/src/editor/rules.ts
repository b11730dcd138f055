import type { RuleOptions } from "../types.js";
import type { FormElement } from "./form-element.js";

/** Attributes that decide by what the tracker is validated. */
export const RULES = ["max-bytes", "for", "tracker-id"];

/**
 * By what the tracker in an element is validated. Without `for`, the form is for an update if there is an id.
 *
 * @param id of the tracker
 */
export function rulesOf(element: FormElement, id: string | undefined): RuleOptions {
  const operation = element.getAttribute("for");
  const trackerId = element.trackerId === "" ? undefined : element.trackerId;
  const isUpdate = operation === null ? (trackerId ?? id) !== undefined : operation !== "create";
  const maxBodyBytes = Number.parseInt(element.getAttribute("max-bytes") ?? "", 10);
  return {
    for: isUpdate ? "update" : "create",
    trackerId: isUpdate ? trackerId : undefined,
    maxBodyBytes: maxBodyBytes >= 0 ? Math.min(maxBodyBytes, 2 ** 30) : undefined,
  };
}
