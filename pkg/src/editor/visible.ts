/**
 * How a phrase is shown in a one-line field. An `<input>` drops line breaks and shows no control characters, so the field
 * has a symbol for each. Text and symbols have the same length in UTF-16, so positions in one are positions in the other.
 */

/**
 * Controls, line and paragraph separators, bidirectional overrides and characters without width. Joiners and directional
 * marks are not listed: many languages need them.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const HIDDEN = /[\0-\x1f\x7f-\x9f\xad\u200b\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The text with a symbol for each character that a field would drop or hide. */
export function shown(text: string): string {
  return text.replace(HIDDEN, (char) => {
    // Not the "Control Pictures" of Unicode, which few fonts have.
    if (char === "\t") return "⇥";
    return /[\n-\r\x85\u2028\u2029]/.test(char) ? "↵" : "\ufffd";
  });
}

/**
 * The text after an edit in the field: what the person did not touch keeps its hidden characters.
 *
 * @param held the text before
 * @param field what the field shows now
 * @param caret where the caret is now: an insertion ends there
 */
export function edited(held: string, field: string, caret: number): string {
  const before = shown(held);
  if (before === held) return field;
  const most = Math.min(before.length, field.length);
  let end = 0;
  while (end < Math.min(most, field.length - caret) && before.at(-1 - end) === field.at(-1 - end)) end++;
  let start = 0;
  while (start < most - end && before[start] === field[start]) start++;
  return held.slice(0, start) + field.slice(start, field.length - end) + held.slice(held.length - end);
}

/** Where a change of a text ends in the new text: the place for the caret after an undo. */
export function changeEnd(before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return after.length - end;
}
