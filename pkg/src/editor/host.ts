import type { RuleOptions } from "../types.js";

/** What the editor needs from its element. */
export interface EditorHost {
  /** Whether the element is disabled or read-only. */
  readonly isLocked: boolean;
  /** The rules by which the tracker is validated. */
  rules(): RuleOptions;
  /** The name of the editor in messages about the tracker as a whole. */
  readonly label: string;
  /** Called when the person has switched to the list or to JSON. */
  modeChanged(mode: "list" | "json"): void;
  dispatch(event: Event): boolean;
  /** Called when the summary or the content may have changed. */
  updated(): void;
}
