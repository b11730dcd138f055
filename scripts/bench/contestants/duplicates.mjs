/**
 * Every phrase that stands earlier, as pairs of its index and the first one: the fastest way that we found, and
 * every library's schema gets it.
 *
 * @param {readonly unknown[]} vocabulary
 */
export function duplicates(vocabulary) {
  /** @type {[index: number, first: number][]} */
  const found = [];
  const seen = new Set();
  for (let index = 0; index < vocabulary.length; index++) {
    const phrase = vocabulary[index];
    // `add` alone: `has` would look the phrase up twice. The index of the first is looked for where one is.
    seen.add(phrase);
    if (seen.size + found.length <= index && typeof phrase === "string") {
      found.push([index, vocabulary.indexOf(phrase)]);
    }
  }
  return found;
}
