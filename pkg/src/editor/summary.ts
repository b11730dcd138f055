/** What the service would say of a draft once its empty rows at the end are left out. Pure. */
import type { TrackerDraft } from "../draft/TrackerDraft.js";
import type { DraftedTracker } from "../draft/types.js";
import type { Issue, TrackerParts } from "../types.js";
import { bytesOf, isBlank } from "./text.js";

export interface Summary {
  ok: boolean;
  issueCount: number;
  /** In the order of the document; as many as the draft lists. They are read on first use. */
  readonly issues: Issue[];
  bytes: number;
  limit: number;
  /** How many empty rows at the end are left out. */
  leftOut: number;
}

export function summaryOf(draft: TrackerDraft): Summary {
  const { length, limit } = draft;
  let { bytes, issueCount } = draft;
  const wasOver = bytes > limit;
  let kept = length;
  while (kept > 0) {
    const text = draft.phraseAt(kept - 1);
    if (!isBlank(text)) break;
    bytes -= bytesOf(text);
    kept--;
  }
  const leftOut = length - kept;
  // The first phrase has no comma.
  if (kept === 0 && leftOut > 0) bytes++;
  issueCount -= leftOut;
  const isOver = bytes > limit;
  if (wasOver && !isOver) issueCount--;
  let issues: Issue[] | undefined = issueCount === 0 ? [] : undefined;
  return {
    ...{ ok: issueCount === 0, issueCount, bytes, limit, leftOut },
    get issues() {
      issues ??= draft.issues().filter((issue) => !isLeftOut(issue, kept, isOver));
      return issues;
    },
  };
}

function isLeftOut({ code, path }: Issue, kept: number, isOver: boolean): boolean {
  if (code === "too_large") return !isOver;
  return typeof path[1] === "number" && path[1] >= kept;
}

/** The tracker as it is sent. */
export function sentTracker(draft: TrackerDraft): DraftedTracker {
  const tracker = draft.toTracker();
  while (tracker.vocabulary.length > 0 && isBlank(tracker.vocabulary.at(-1) ?? "")) tracker.vocabulary.pop();
  return tracker;
}

/** Whether sending a draft would send exactly this tracker. */
export function isSent(draft: TrackerDraft, { id, name = "", vocabulary = [] }: TrackerParts): boolean {
  if (id !== draft.id || name !== draft.name) return false;
  const sent = sentTracker(draft).vocabulary;
  return sent.length === vocabulary.length && sent.every((phrase, index) => phrase === vocabulary[index]);
}

/** Whether nothing was entered: no name and no phrase. */
export function isEmpty(draft: TrackerDraft, summary: Summary): boolean {
  return summary.leftOut === draft.length && isBlank(draft.name);
}
