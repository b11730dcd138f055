/** What the rows of a source add to a vocabulary. */
import { ceilingOf } from "../../wasm/input.js";
import { scan } from "../scan.js";
import { bytesOf, folded, isBlank } from "../text.js";
import type { Source } from "./read.js";

/** How many phrases of a kind are shown. */
const SHOWN = 100;

/** Phrases of one kind: how many, and the first of them. */
export interface Kind {
  count: number;
  first: string[];
}

export interface Sifted {
  /** What would be added, in its order. */
  phrases: string[];
  fresh: Kind;
  repeated: Kind;
  near: Kind;
  /** `first` has the numbers of the rows. */
  blank: Kind;
  /** The bytes that the phrases take in the request. */
  bytes: number;
  /** Whether there were more phrases than a draft can hold; the rest was not looked at. */
  isTooMuch: boolean;
}

export interface SiftOptions {
  heading: boolean;
  column: number;
  commas: boolean;
  leaveOutNear: boolean;
  /** Of the tracker, in bytes. */
  limit: number;
}

/** The phrases that a tracker has, for comparing. */
export interface Known {
  exact: Set<string>;
  folded: Set<string>;
}

/** @param phrases of the tracker */
export async function know(phrases: string[], signal: AbortSignal): Promise<Known> {
  const known: Known = { exact: new Set(phrases), folded: new Set() };
  await scan(
    () => phrases.length,
    (index) => void known.folded.add(folded(phrases[index] ?? "")),
    signal,
  );
  return known;
}

export async function sift(
  source: Source,
  known: Known,
  options: SiftOptions,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Sifted> {
  const kind = (): Kind => ({ count: 0, first: [] });
  const result: Sifted = {
    ...{ phrases: [], bytes: 0, isTooMuch: false },
    ...{ fresh: kind(), repeated: kind(), near: kind(), blank: kind() },
  };
  // Those of the text itself; the tracker's stay as they are, for the next look at the text.
  const exact = new Set<string>();
  const folds = new Set<string>();
  const ceiling = ceilingOf(options.limit);
  const add = (to: Kind, text: string) => {
    to.count++;
    if (to.first.length < SHOWN) to.first.push(text);
  };
  const take = (raw: string, row: number) => {
    const phrase = source.isExact && !options.commas ? raw : raw.trim();
    if (isBlank(phrase)) return add(result.blank, `${row + 1}`);
    if (known.exact.has(phrase) || exact.has(phrase)) return add(result.repeated, phrase);
    exact.add(phrase);
    const fold = folded(phrase);
    const isNear = known.folded.has(fold) || folds.has(fold);
    folds.add(fold);
    add(isNear ? result.near : result.fresh, phrase);
    if (isNear && options.leaveOutNear) return;
    result.phrases.push(phrase);
    result.bytes += bytesOf(phrase);
  };
  const first = options.heading ? 1 : 0;
  await scan(
    () => source.rows.length - first,
    (offset) => {
      const cell = source.rows[offset + first]?.[options.column] ?? "";
      for (const part of options.commas ? cell.split(/[,،、，]/) : [cell]) take(part, offset + first);
      return result.bytes <= ceiling;
    },
    signal,
    onProgress,
  );
  result.isTooMuch = result.bytes > ceiling;
  return result;
}
