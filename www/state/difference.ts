/** Whether two versions of a tracker differ, and in what. */
import type { NewTracker, Tracker } from "symbl-tracker";

export interface Difference {
  /** Undefined if the name is the same. */
  name: { before: string; after: string } | undefined;
  /** In the order of the edit. */
  added: readonly string[];
  /** In the order of what it is compared with. */
  removed: readonly string[];
  /** Whether the phrases that both have are in another order. */
  isReordered: boolean;
}

export function differenceOf(before: NewTracker, after: NewTracker): Difference {
  const old = new Set(before.vocabulary);
  const now = new Set(after.vocabulary);
  const seen = new Set<string>();
  const added = after.vocabulary.filter((phrase) => {
    // The first of a phrase that is repeated is the one that was there before.
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

/** Whether a value is this tracker: its name, its phrases and their order. */
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
