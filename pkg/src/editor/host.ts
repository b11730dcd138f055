import type { RuleOptions } from "../types.js";

/** The element, as far as the editor needs to know it. */
export interface EditorHost {
  /** Whether the element is disabled or read-only. */
  readonly isLocked: boolean;
  /** By what the tracker is validated. */
  rules(): RuleOptions;
  /** The name in a message about all of it. */
  readonly label: string;
  /** Called when the person has gone to the list or to JSON. */
  modeChanged(mode: "list" | "json"): void;
  dispatch(event: Event): boolean;
  /** Called when summary or content may have changed. */
  updated(): void;
}
