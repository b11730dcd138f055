/** The optimised wasm as text; written by the build (`scripts/pack.mjs`). */

/** The bytes that have one character, in hexadecimal digits; the others follow in ascending order. */
export const commonest: string;
/** A character for each of those bytes, a prefix and a character for the others. */
export const text: string;
