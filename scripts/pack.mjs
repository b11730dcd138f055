/**
 * The wasm as a string in a JavaScript module: one printable character for each of the 87 commonest bytes,
 * two for every other.
 *
 * base64 spreads a byte over two characters, so that brotli no longer finds what repeats, and costs 36 % of
 * the compressed size; this costs 3 %. Only ASCII, and nothing that a quote or a minifier would escape.
 *
 * A wasm of 450 bytes, in hexadecimal digits, turns the text back: a loop of JavaScript that has never run before takes
 * longer for it than all the rest of the first call.
 */
const PREFIXES = "ae";
// Brotli guesses a character by the class of the one before, and lower-case vowels are a class of their own.
const ALPHABET = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (char) => !"\"'`\\$<".includes(char) && !PREFIXES.includes(char),
);

/** Where in the unpacker's memory the text is to stand. */
const START = 320;

/**
 * Texts for several wasm modules, and the one wasm that unpacks them.
 *
 * @param {Uint8Array[]} modules
 * @returns {Promise<{texts: string[], unpacker: string}>} `unpacker` is the source text of a JavaScript module
 */
export async function pack(modules) {
  const count = new Array(256).fill(0);
  for (const wasm of modules) for (const byte of wasm) count[byte]++;
  const commonest = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b).slice(0, ALPHABET.length);
  const others = [...count.keys()].filter((byte) => !commonest.includes(byte));
  /** @type {string[]} */
  const codes = [];
  // By character: the byte that it is alone; 96 further on, behind the first prefix; behind the second.
  const table = new Uint8Array(START);
  for (const [rank, byte] of [...commonest, ...others].entries()) {
    const row = Math.floor(rank / ALPHABET.length);
    const char = /** @type {string} */ (ALPHABET[rank % ALPHABET.length]);
    // There is nothing at -1.
    codes[byte] = PREFIXES.charAt(row - 1) + char;
    table[96 * row + char.charCodeAt(0)] = byte;
  }
  const unpacker = Buffer.from(await unpackerOf(table)).toString("hex");
  return {
    texts: modules.map((wasm) => Array.from(wasm, (byte) => codes[byte]).join("")),
    unpacker: `export const START = ${START};\nexport const unpacker = "${unpacker}";\n`,
  };
}

/**
 * The wasm that turns the text between `START` and the end that it is told back to the bytes that the text encodes, in
 * place, and returns where they end.
 *
 * @param {Uint8Array} table
 */
async function unpackerOf(table) {
  const { default: binaryen } = await import("binaryen");
  const [first, second] = Array.from(PREFIXES, (char) => char.charCodeAt(0));
  const data = Array.from(table.subarray(32), (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  const module = binaryen.parseText(`(module
    (memory (export "memory") 1)
    (data (i32.const 32) "${data}")
    (func (export "unpack") (param $end i32) (result i32)
      (local $in i32) (local $out i32) (local $char i32)
      (local.set $in (local.tee $out (i32.const ${START})))
      (loop $next
        (local.set $char (i32.load8_u (local.get $in)))
        (if (i32.or
            (i32.eq (local.get $char) (i32.const ${first}))
            (i32.eq (local.get $char) (i32.const ${second})))
          (then
            (local.set $in (i32.add (local.get $in) (i32.const 1)))
            (local.set $char (i32.add
              (i32.load8_u (local.get $in))
              (select (i32.const 96) (i32.const 192) (i32.eq (local.get $char) (i32.const ${first})))))))
        (i32.store8 (local.get $out) (i32.load8_u (local.get $char)))
        (local.set $out (i32.add (local.get $out) (i32.const 1)))
        (br_if $next (i32.lt_u
          (local.tee $in (i32.add (local.get $in) (i32.const 1)))
          (local.get $end))))
      (local.get $out)))`);
  module.optimize();
  return module.emitBinary();
}
