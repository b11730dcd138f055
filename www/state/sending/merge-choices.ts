/** Merges two versions of a tracker, where a person can decide each difference. */
import { type Merged, mergeTrackers, type Tracker } from "symbl-tracker";

/** What a version did with a phrase of the base, or with one that the base does not have. */
export type Fate = "added" | "removed" | "unchanged" | "absent";

export type Difference =
  /** The versions have different names. */
  | { kind: "name"; key: string; base: string; mine: string; theirs: string; isConflict: boolean }
  /** A phrase that only one of the versions has. */
  | {
      kind: "phrase";
      key: string;
      text: string;
      mine: Fate;
      theirs: Fate;
      isConflict: boolean;
      isProposed: boolean;
    }
  /** Two spellings of one phrase. */
  | { kind: "spelling"; key: string; mine: string; theirs: string; isConflict: true };

/** For a name, `mine` or `theirs`; for a spelling, these or `both`; for a phrase, `include` or `leave_out`. */
export type Choice = "mine" | "theirs" | "both" | "include" | "leave_out";

export interface Comparison {
  differences: readonly Difference[];
  /** How many phrases both versions have. */
  sameCount: number;
  proposal: Tracker;
  mine: Tracker;
  theirs: Tracker;
}

/** Lists the differences of two versions. The proposal is what `mergeTrackers` returns. */
export function compare(base: Tracker, mine: Tracker, theirs: Tracker): Comparison {
  const { tracker, conflicts }: Merged<Tracker> = mergeTrackers(base, mine, theirs);
  const differences: Difference[] = [];
  if (mine.name !== theirs.name) {
    const isConflict = conflicts.some(({ code }) => code === "name");
    differences.push({
      kind: "name",
      key: "name",
      base: base.name,
      mine: mine.name,
      theirs: theirs.name,
      isConflict,
    });
  }
  const spelled = new Set<string>();
  const disputed = new Set<string>();
  for (const conflict of conflicts) {
    if (conflict.code === "spelling") {
      const { mine: here, theirs: there } = conflict;
      spelled.add(here).add(there);
      differences.push({
        kind: "spelling",
        key: `spelling ${here}`,
        mine: here,
        theirs: there,
        isConflict: true,
      });
    } else if (conflict.code === "edited_and_removed") {
      const text = conflict.mine ?? conflict.theirs;
      if (text !== undefined) disputed.add(text);
    }
  }
  const [inBase, inMine, inTheirs, proposed] = [base, mine, theirs, tracker].map(
    ({ vocabulary }) => new Set(vocabulary),
  ) as [Set<string>, Set<string>, Set<string>, Set<string>];
  const phrases: (Difference & { kind: "phrase" })[] = [];
  for (const text of new Set([...mine.vocabulary, ...theirs.vocabulary])) {
    if (inMine.has(text) === inTheirs.has(text) || spelled.has(text)) continue;
    phrases.push({
      kind: "phrase",
      key: `phrase ${text}`,
      text,
      mine: fateOf(text, inBase, inMine),
      theirs: fateOf(text, inBase, inTheirs),
      isConflict: disputed.has(text),
      isProposed: proposed.has(text),
    });
  }
  // Conflicts come first, because a person has to decide them.
  differences.push(
    ...phrases.filter(({ isConflict }) => isConflict),
    ...phrases.filter(({ isConflict }) => !isConflict),
  );
  const sameCount = [...inMine].filter((text) => inTheirs.has(text)).length;
  return { differences, sameCount, proposal: tracker, mine, theirs };
}

function fateOf(text: string, before: Set<string>, after: Set<string>): Fate {
  if (before.has(text)) return after.has(text) ? "unchanged" : "removed";
  return after.has(text) ? "added" : "absent";
}

/** The choice unless the person makes another one. */
export function proposedChoice(difference: Difference): Choice {
  switch (difference.kind) {
    case "name":
      return difference.isConflict || difference.theirs === difference.base ? "mine" : "theirs";
    case "spelling":
      return "mine";
    case "phrase":
      return difference.isProposed ? "include" : "leave_out";
  }
}

/** The choice that takes a difference from one version. */
export function choiceOfSide(difference: Difference, side: "mine" | "theirs"): Choice {
  if (difference.kind !== "phrase") return side;
  const fate = difference[side];
  return fate === "added" || fate === "unchanged" ? "include" : "leave_out";
}

/**
 * The tracker that results from the choices. Its phrases are in the order of the proposal. A phrase that the proposal
 * does not have follows the phrase that precedes it in its own version.
 */
export function merged(comparison: Comparison, choices: ReadonlyMap<string, Choice>): Tracker {
  const { differences, proposal, mine, theirs } = comparison;
  const out = new Set<string>();
  const added = new Set<string>();
  let { name } = proposal;
  const take = (text: string, isTaken: boolean) => void (isTaken ? added : out).add(text);
  for (const difference of differences) {
    const choice = choices.get(difference.key) ?? proposedChoice(difference);
    if (difference.kind === "name") name = choice === "theirs" ? difference.theirs : difference.mine;
    else if (difference.kind === "phrase") take(difference.text, choice === "include");
    else {
      take(difference.mine, choice !== "theirs");
      take(difference.theirs, choice !== "mine");
    }
  }
  const kept = proposal.vocabulary.filter((text) => !out.has(text));
  const known = new Set(kept);
  const followers = new Map<string | undefined, string[]>();
  for (const { vocabulary } of [mine, theirs]) {
    let neighbour: string | undefined;
    for (const text of vocabulary) {
      if (known.has(text)) neighbour = text;
      else if (added.delete(text)) {
        const group = followers.get(neighbour);
        if (group) group.push(text);
        else followers.set(neighbour, [text]);
      }
    }
  }
  const vocabulary = [undefined, ...kept].flatMap((text) => [
    ...(text === undefined ? [] : [text]),
    ...(followers.get(text) ?? []),
  ]);
  return { id: proposal.id, name, vocabulary };
}
