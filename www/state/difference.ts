/** What an edit changes, phrase by phrase. */
import type { NewTracker } from "symbl-tracker";

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
