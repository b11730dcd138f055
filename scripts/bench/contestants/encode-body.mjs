/** Encodes a request body: JSON in UTF-8, in a buffer that is reused. */

const encoder = new TextEncoder();
const buffer = new Uint8Array(8 * 2 ** 20);

/**
 * @param {unknown} value
 * @returns the length in bytes
 */
export function encodeBody(value) {
  return encoder.encodeInto(JSON.stringify(value), buffer).written;
}
