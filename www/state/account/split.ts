/** Splits a tracker that is over the size limit: first a plan to confirm, then the edits of the parts. */
import { InvalidTrackerError, type NewTracker, splitTracker, validateTracker } from "symbl-tracker";
import type { Edit } from "../edit.js";
import { type Account, MAX_TRACKERS } from "./account.js";
import { foldName, type Names } from "./names.js";
import { contentOfEdit } from "./tracker-row.js";

export interface SplitPlan {
  name: string;
  bytes: number;
  limit: number;
  /** The first part keeps the name and the id. The others are new trackers. */
  parts: readonly NewTracker[];
  /** How many trackers the account would have, including those that are not created yet. */
  total: number;
  /** How many of the new trackers would not fit in the account. */
  surplus: number;
}

/** Bytes to keep free in each part if its name has to become longer than the one that it was split with. */
const RESERVE = 1024;

/**
 * Plans a split. Nothing changes yet.
 *
 * @returns the plan, or why the tracker cannot be split, as a sentence for people
 */
export function planSplit(edit: Edit, account: Account, names: Names): SplitPlan | string {
  const { name, vocabulary } = contentOfEdit(edit);
  const { bytes, limit } = edit.validation.value;
  const { id } = edit;
  const split = (maxBodyBytes: number) =>
    id === undefined
      ? splitTracker({ name, vocabulary }, { for: "create", maxBodyBytes })
      : splitTracker({ id, name, vocabulary }, { maxBodyBytes });
  try {
    let parts = named(split(limit), names);
    if (!areWithin(parts.slice(1), limit)) parts = named(split(limit - RESERVE), names);
    const added = parts.length - (id === undefined ? 0 : 1);
    const others = account.newCount.value - (id === undefined ? 1 : 0);
    const total = account.trackers.value.size + others + added;
    return { name, bytes, limit, parts, total, surplus: Math.min(added, Math.max(0, total - MAX_TRACKERS)) };
  } catch (error) {
    if (!(error instanceof InvalidTrackerError)) throw error;
    const [{ code, path } = { code: "", path: [] }] = error.issues;
    if (code !== "too_large") return "Fix its other issues first. Then it can be split.";
    const isWhole = path.length === 1 && path[0] === "vocabulary";
    return isWhole
      ? "It is too large to be split here. Remove phrases first."
      : "It cannot be split, because its name or a single phrase is over the limit.";
  }
}

/** Loads the first part into the edit, in one step that can be undone, and starts an edit for each of the others. */
export function carryOut({ parts }: SplitPlan, edit: Edit, account: Account): void {
  const [first, ...others] = parts;
  const { id } = edit;
  if (first) edit.load(id === undefined ? first : { ...first, id });
  for (const other of others) account.begin(other);
}

/** The parts with free names. */
function named(parts: readonly NewTracker[], names: Names): NewTracker[] {
  const taken = new Set(parts.slice(0, 1).map(({ name }) => foldName(name)));
  return parts.map(({ name, vocabulary }, index) => ({
    name: index === 0 ? name : names.free(name, taken),
    vocabulary,
  }));
}

function areWithin(parts: readonly NewTracker[], maxBodyBytes: number): boolean {
  return parts.every((part) => validateTracker(part, { for: "create", maxBodyBytes }).ok);
}
