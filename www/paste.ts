/** What a pasted list adds to a vocabulary. Pure. */

export interface Sifted {
  /** In their order, each once. */
  fresh: string[];
  /** Lines that repeat a phrase of the vocabulary or of the list. */
  duplicates: number;
}

/** One phrase a line, without the white space around it. Empty lines are no phrases. */
export function sift(text: string, vocabulary: Iterable<string>): Sifted {
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
