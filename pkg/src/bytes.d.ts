/** The optimised wasm as text; written by the build (`scripts/pack.mjs`). */

/** All 256 bytes in hexadecimal, the commonest first: a byte's place here is its rank. */
export const order: string;
/** A character for each of the commonest bytes, a prefix and a character for the others. */
export const text: string;
