/** One row of the table of trackers, and what it says. */
import type { NewTracker, Tracker } from "symbl-tracker";
import type { Edit } from "./edit.js";
import { type Figures, figuresOf } from "./figures.js";
import type { Route } from "./route.js";

export interface Row {
  /** The key of its edit. */
  key: string;
  /** Undefined for a tracker that is not created yet. */
  id: string | undefined;
  /** As the service has it; undefined if it does not have it, or no longer. */
  tracker: Tracker | undefined;
  edit: Edit | undefined;
}

/** `gone`: it was edited here, and the service no longer has it. */
export type RowState = "saved" | "edited" | "new" | "gone";

export const nameOf = ({ edit, tracker }: Row): string => edit?.name.value ?? tracker?.name ?? "";

/** What is shown when the row is chosen. */
export const routeOfRow = ({ key, id }: Row): Route =>
  id === undefined ? { page: "new", key } : { page: "tracker", id };

export function stateOf({ id, tracker, edit }: Row): RowState {
  if (id === undefined) return "new";
  if (!tracker) return "gone";
  return edit?.isModified.value ? "edited" : "saved";
}

export function phraseCountOf({ edit, tracker }: Row): number {
  // An edit's revision is read so that the count follows every edit.
  if (edit && !edit.hasEnded && edit.revision >= 0) return edit.draft.length;
  return tracker?.vocabulary.length ?? 0;
}

/** Undefined until it was computed. */
export function figuresOfRow({ edit, tracker }: Row): Figures | undefined {
  if (edit) return edit.validation.value;
  return tracker && figuresOf(tracker).value;
}

/** The name and the phrases as they are here, sent or not. */
export function contentOf({ edit, tracker }: Row): NewTracker {
  if (edit) return contentOfEdit(edit);
  return { name: tracker?.name ?? "", vocabulary: tracker?.vocabulary ?? [] };
}

/** The name and the phrases of an edit. While its JSON text is no tracker, as they were before. */
export function contentOfEdit(edit: Edit): NewTracker {
  // What is edited as JSON may be anything.
  const { name, vocabulary } = (edit.snapshot().tracker ?? {}) as { name?: unknown; vocabulary?: unknown };
  const isText = (value: unknown) => typeof value === "string";
  if (typeof name === "string" && Array.isArray(vocabulary) && vocabulary.every(isText))
    return { name, vocabulary };
  return edit.draft.toTracker();
}
