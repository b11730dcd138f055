/** How the editor compares phrases before they are in the draft. The rules are the crate's. */

/** White space and characters that show nothing, as in the rule `blank`. */
const BLANK =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each of them is blank alone
  /^[\t-\r \x85\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0]*$/;

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** Equal for phrases that differ only in case, spacing or Unicode form. */
export function folded(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").replace(/\s+/g, " ").trim();
}

/** For searching: also without accents. */
export function searchable(text: string): string {
  return folded(text)
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "");
}

const encoder = new TextEncoder();

/** The bytes that a phrase takes in the request, with its comma. */
export function bytesOf(text: string): number {
  return encoder.encode(JSON.stringify(text)).length + 1;
}
