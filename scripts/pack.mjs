/**
 * The wasm as a string in a JavaScript module: one printable character for each of the 87 commonest bytes,
 * two for every other.
 *
 * base64 spreads a byte over two characters, so that brotli no longer finds what repeats, and costs 36 % of
 * the compressed size; this costs 3 %. Only ASCII, and nothing that a quote or a minifier would escape.
 */
const PREFIXES = "ae";
// Brotli guesses a character by the class of the one before, and lower-case vowels are a class of their own.
const ALPHABET = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (char) => !"\"'`\\$<".includes(char) && !PREFIXES.includes(char),
);

/**
 * The source text of `bytes.js`; `decoded` of `pkg/src/module.ts` is the way back. `commonest` are the bytes that
 * have one character, as hexadecimal digits; the others follow in ascending order.
 *
 * @param {Uint8Array} wasm
 */
export function pack(wasm) {
  const count = new Array(256).fill(0);
  for (const byte of wasm) count[byte]++;
  const commonest = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b).slice(0, ALPHABET.length);
  const others = [...count.keys()].filter((byte) => !commonest.includes(byte));
  /** @type {string[]} */
  const codes = [];
  for (const [rank, byte] of [...commonest, ...others].entries()) {
    const row = Math.floor(rank / ALPHABET.length);
    // There is nothing at -1.
    codes[byte] = `${PREFIXES.charAt(row - 1)}${ALPHABET[rank % ALPHABET.length]}`;
  }
  const text = Array.from(wasm, (byte) => codes[byte]).join("");
  const digits = Buffer.from(commonest).toString("hex");
  return `export const commonest = "${digits}";\nexport const text = "${text}";\n`;
}
