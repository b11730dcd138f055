/** Searches in the names and the phrases of the trackers. */
import type { Tracker } from "symbl-tracker";
import type { Edit } from "../edit.js";
import { nameOf, type Row } from "./tracker-row.js";

export interface Hit {
  row: Row;
  /** The first phrase that matches, if the name does not match. */
  phrase?: string;
  /** How many phrases match. */
  phraseCount: number;
}

interface Texts {
  phrases: readonly string[];
  folded: readonly string[];
}

/** The phrases of a row that match. */
interface Match {
  wanted: string;
  /** The index of the first phrase that matches; -1 if none does. */
  first: number;
  count: number;
}

/** The last match of each tracker, so that typing in one tracker does not search all others again. */
const matches = new WeakMap<Texts, Match>();

const textsOfTrackers = new WeakMap<Tracker, Texts>();
const textsOfEdits = new WeakMap<Edit, { revision: number; texts: Texts }>();

/** The rows whose name or phrases contain the query, in the same order. If the query is empty, all rows. */
export function find(rows: readonly Row[], query: string): Hit[] {
  const wanted = fold(query.trim());
  if (wanted === "") return rows.map((row) => ({ row, phraseCount: 0 }));
  const hits: Hit[] = [];
  for (const row of rows) {
    const texts = textsOf(row);
    const { first, count: phraseCount } = matchOf(texts, wanted);
    if (fold(nameOf(row)).includes(wanted)) hits.push({ row, phraseCount });
    else if (first >= 0) hits.push({ row, phrase: texts.phrases[first] as string, phraseCount });
  }
  return hits;
}

function matchOf(texts: Texts, wanted: string): Match {
  const known = matches.get(texts);
  if (known?.wanted === wanted) return known;
  const match: Match = { wanted, first: -1, count: 0 };
  for (const [index, phrase] of texts.folded.entries()) {
    if (!phrase.includes(wanted)) continue;
    if (match.first < 0) match.first = index;
    match.count++;
  }
  matches.set(texts, match);
  return match;
}

/** Removes upper case, accents and repeated spaces. */
function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ");
}

function textsOf({ edit, tracker }: Row): Texts {
  if (edit) {
    const { revision } = edit;
    const known = textsOfEdits.get(edit);
    if (known?.revision === revision) return known.texts;
    const texts = foldAll(edit.draft.toTracker().vocabulary);
    textsOfEdits.set(edit, { revision, texts });
    return texts;
  }
  if (!tracker) return { phrases: [], folded: [] };
  const known = textsOfTrackers.get(tracker);
  if (known) return known;
  const texts = foldAll(tracker.vocabulary);
  textsOfTrackers.set(tracker, texts);
  return texts;
}

function foldAll(phrases: readonly string[]): Texts {
  return { phrases, folded: phrases.map(fold) };
}
