/** A row of the table of trackers, and the values that it shows. */
import type { NewTracker, Tracker } from "symbl-tracker";
import type { Edit } from "../edit.js";
import type { Route } from "../route.js";
import { type Figures, figuresOf } from "./figures.js";

export interface Row {
  /** The key of its edit. */
  key: string;
  /** Undefined for a tracker that is not created yet. */
  id: string | undefined;
  /** The service's version; undefined if the service does not have the tracker, or no longer. */
  tracker: Tracker | undefined;
  edit: Edit | undefined;
}

/** `gone`: it was edited here, and the service no longer has it. */
export type RowState = "saved" | "edited" | "new" | "gone";

export const nameOf = ({ edit, tracker }: Row): string => edit?.name.value ?? tracker?.name ?? "";

/** The route that opens the row's tracker. */
export const routeOfRow = ({ key, id }: Row): Route =>
  id === undefined ? { page: "new", key } : { page: "tracker", id };

export function stateOf({ id, tracker, edit }: Row): RowState {
  if (id === undefined) return "new";
  if (!tracker) return "gone";
  return edit?.isModified.value ? "edited" : "saved";
}

export function phraseCountOf({ edit, tracker }: Row): number {
  // Reading the revision makes callers run again after each change.
  if (edit && !edit.hasEnded && edit.revision >= 0) return edit.draft.length;
  return tracker?.vocabulary.length ?? 0;
}

/** Undefined until the figures have been computed. */
export function figuresOfRow({ edit, tracker }: Row): Figures | undefined {
  if (edit) return edit.validation.value;
  return tracker && figuresOf(tracker).value;
}

/** The name and the phrases, including what is unsent. */
export function contentOf({ edit, tracker }: Row): NewTracker {
  if (edit) return contentOfEdit(edit);
  return { name: tracker?.name ?? "", vocabulary: tracker?.vocabulary ?? [] };
}

/** The name and the phrases of an edit. While its JSON text is not a tracker, those of its draft. */
export function contentOfEdit(edit: Edit): NewTracker {
  // A JSON text can be anything.
  const { name, vocabulary } = (edit.snapshot().tracker ?? {}) as { name?: unknown; vocabulary?: unknown };
  const isText = (value: unknown) => typeof value === "string";
  if (typeof name === "string" && Array.isArray(vocabulary) && vocabulary.every(isText))
    return { name, vocabulary };
  return edit.draft.toTracker();
}
