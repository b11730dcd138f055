/** How the editor compares phrases that are not in the draft yet. A test checks that the rules are those of the crate. */
import { INVISIBLE } from "../invisible.js";
import { fold } from "../wasm/folding.js";

const BLANK = new RegExp(`^[${INVISIBLE}]*$`);
const HIDDEN = new RegExp(`[${INVISIBLE}]`, "g");
/** ASCII words separated by single spaces, like most phrases. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

export function isBlank(text: string): boolean {
  return BLANK.test(text);
}

/** Equal for phrases that differ only in case, spacing or Unicode form, as in `src/advice/near_duplicate.rs`. */
export function folded(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  const words = text.split(/\p{White_Space}+/u).map((word) => word.replace(HIDDEN, ""));
  return fold(words.filter((word) => word !== "").join(" "));
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
