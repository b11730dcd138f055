/** What sending takes: JSON in UTF-8, in a buffer that is used again and again. */

const encoder = new TextEncoder();
const buffer = new Uint8Array(8 * 2 ** 20);

/** @param {unknown} value */
export function ready(value) {
  return encoder.encodeInto(JSON.stringify(value), buffer).written;
}
