/** The difference between two versions of a tracker. */
import type { NewTracker, Tracker } from "symbl-tracker";

export interface Difference {
  /** Undefined if the name is the same. */
  name: { before: string; after: string } | undefined;
  /** In the order of the version after. */
  added: readonly string[];
  /** In the order of the version before. */
  removed: readonly string[];
  /** Whether the phrases that both versions have are in another order. */
  isReordered: boolean;
}

export function differenceOf(before: NewTracker, after: NewTracker): Difference {
  const old = new Set(before.vocabulary);
  const now = new Set(after.vocabulary);
  const seen = new Set<string>();
  const added = after.vocabulary.filter((phrase) => {
    // If a phrase is repeated, the first one counts as the one that was there before.
    const isNew = !old.has(phrase) || seen.has(phrase);
    seen.add(phrase);
    return isNew;
  });
  const kept = [...old].filter((phrase) => now.has(phrase));
  const order = [...now].filter((phrase) => old.has(phrase));
  return {
    name: before.name === after.name ? undefined : { before: before.name, after: after.name },
    added,
    removed: [...old].filter((phrase) => !now.has(phrase)),
    isReordered: kept.some((phrase, index) => phrase !== order[index]),
  };
}

/** Whether a value has the name and the phrases of this tracker, in the same order. Ids are not compared. */
export function isSame(value: unknown, tracker: Tracker | NewTracker | undefined): boolean {
  if (!tracker) return false;
  const { name, vocabulary } = (value ?? {}) as Partial<Tracker>;
  return (
    name === tracker.name &&
    Array.isArray(vocabulary) &&
    vocabulary.length === tracker.vocabulary.length &&
    vocabulary.every((phrase, index) => phrase === tracker.vocabulary[index])
  );
}
