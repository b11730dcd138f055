/**
 * The wasm as a string in a JavaScript module: one printable character for each of the 86 commonest bytes,
 * two for every other.
 *
 * base64 spreads a byte over two characters, so that brotli no longer finds what repeats, and costs 36 % of
 * the compressed size; this costs 4 %. Only ASCII, and nothing that a quote or a minifier would escape.
 */
const ALPHABET = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (char) => !"\"'`\\$<".includes(char),
);
const PREFIXES = 3;
const SINGLES = ALPHABET.length - PREFIXES;

/**
 * The source text of `bytes.js`; `decode` of `pkg/src/module.ts` is the way back.
 *
 * @param {Uint8Array} wasm
 */
export function pack(wasm) {
  const count = new Array(256).fill(0);
  for (const byte of wasm) count[byte]++;
  const order = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b);
  /** @type {string[]} */
  const codes = [];
  for (const [rank, byte] of order.entries()) {
    const prefix = rank < SINGLES ? "" : ALPHABET[Math.floor(rank / SINGLES) - 1];
    codes[byte] = `${prefix}${ALPHABET[PREFIXES + (rank % SINGLES)]}`;
  }
  const text = Array.from(wasm, (byte) => codes[byte]).join("");
  return `export const order = "${Buffer.from(order).toString("hex")}";\nexport const text = "${text}";\n`;
}
