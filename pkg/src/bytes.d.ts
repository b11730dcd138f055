/** The optimised wasm as text, and what turns it back; written by the build (`scripts/pack.mjs`). */

/**
 * A wasm in hexadecimal digits. Its export `unpack` turns the text, which is to stand at `start` in its `memory`, into
 * the bytes that it stands for, in place, and gives their end.
 */
export const unpacker: string;
export const start: number;
export const text: string;
