/** Finds what a pasted list adds to a vocabulary. A pure function. */

export interface PastedPhrases {
  /** The new phrases in their order, without repetitions. */
  fresh: string[];
  /** The number of lines that repeat a phrase of the vocabulary or of the list. */
  duplicates: number;
}

/** Takes one phrase from each line, without leading and trailing white space. Skips empty lines. */
export function parsePasted(text: string, vocabulary: Iterable<string>): PastedPhrases {
  const seen = new Set(vocabulary);
  const fresh: string[] = [];
  let duplicates = 0;
  for (const line of text.split(/[\r\n]+/)) {
    const phrase = line.trim();
    if (phrase === "") continue;
    if (seen.has(phrase)) duplicates++;
    else fresh.push(phrase);
    seen.add(phrase);
  }
  return { fresh, duplicates };
}
