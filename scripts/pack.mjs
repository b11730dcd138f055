/**
 * The wasm as a string in a JavaScript module: taken apart (`scripts/streams.mjs`), with one printable character for
 * each of the 87 commonest bytes, two for every other.
 *
 * base64 spreads a byte over two characters, so that brotli no longer finds what repeats, and costs 36 % of
 * the compressed size; this costs 3 %. Only ASCII, and nothing that a quote or a minifier would escape.
 *
 * A wasm of a kilobyte, in hexadecimal digits, turns the text back (`scripts/unpack.wat`): a loop of JavaScript that has
 * never run before takes longer for it than all the rest of the first call.
 */
import { readFileSync } from "node:fs";
import { Failure } from "./setup/child.mjs";
import { takeApart } from "./streams.mjs";

const PREFIXES = "ae";
// Brotli guesses a character by the class of the one before, and lower-case vowels are a class of their own.
const ALPHABET = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (char) => !"\"'`\\$<".includes(char) && !PREFIXES.includes(char),
);

/** Where the tables and the text are in the unpacker's memory. */
const ADDRESSES = { BYTES: 32, OPERANDS: 320, STEMS: 640, TEXT: 1024 };

/**
 * Texts for several wasm modules, and the one wasm that unpacks them.
 *
 * @param {Uint8Array[]} modules
 * @returns {Promise<{texts: string[], unpacker: string}>} `unpacker` is the source text of a JavaScript module
 */
export async function pack(modules) {
  const { streams, format } = takeApart(modules);
  const { codes, bytes } = encoding(streams);
  const texts = streams.map((bytes) => Array.from(bytes, (byte) => codes[byte]).join(""));
  const unpacker = await unpackerOf({ ...format.numbers, ...ADDRESSES }, { ...format.tables, bytes });
  for (const [index, text] of texts.entries()) {
    if (!unpacked(unpacker, text).equals(modules[index] ?? new Uint8Array()))
      throw new Failure("What scripts/unpack.wat unpacks is not what scripts/pack.mjs has packed.");
  }
  return {
    texts,
    unpacker: `export const TEXT = ${ADDRESSES.TEXT};\nexport const unpacker = "${unpacker.toString("hex")}";\n`,
  };
}

/**
 * The code of each byte; and by the character from the space on, the byte that it is alone; 96 further on, behind the
 * first prefix; behind the second.
 *
 * @param {Uint8Array[]} streams
 */
function encoding(streams) {
  const count = new Array(256).fill(0);
  for (const bytes of streams) for (const byte of bytes) count[byte]++;
  const byCount = [...count.keys()].sort((a, b) => count[b] - count[a] || a - b);
  // Neighbours in one class of characters compress a little better.
  const commonest = byCount.slice(0, ALPHABET.length).sort((a, b) => a - b);
  const others = byCount.slice(ALPHABET.length).sort((a, b) => a - b);
  /** @type {string[]} */
  const codes = [];
  const bytes = new Uint8Array(ADDRESSES.OPERANDS - ADDRESSES.BYTES);
  for (const [rank, byte] of [...commonest, ...others].entries()) {
    const row = Math.floor(rank / ALPHABET.length);
    const char = /** @type {string} */ (ALPHABET[rank % ALPHABET.length]);
    // There is nothing at -1.
    codes[byte] = PREFIXES.charAt(row - 1) + char;
    bytes[96 * row + char.charCodeAt(0) - 32] = byte;
  }
  return { codes, bytes };
}

/**
 * `scripts/unpack.wat`, with numbers and tables for the names in braces.
 *
 * @param {Record<string, number>} numbers
 * @param {Record<string, Uint8Array>} tables
 */
async function unpackerOf(numbers, tables) {
  const { default: binaryen } = await import("binaryen");
  const [FIRST, SECOND] = Array.from(PREFIXES, (char) => char.charCodeAt(0));
  /** @type {Record<string, unknown>} */
  const values = { ...numbers, FIRST, SECOND };
  for (const [name, bytes] of Object.entries(tables))
    values[name] = Array.from(bytes, (byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  const source = readFileSync(new URL("unpack.wat", import.meta.url), "utf8");
  const module = binaryen.parseText(source.replace(/\{(\w+)\}/g, (_, name) => `${values[name]}`));
  module.setFeatures(binaryen.Features.BulkMemory | binaryen.Features.BulkMemoryOpt);
  binaryen.setShrinkLevel(2);
  module.optimize();
  return Buffer.from(module.emitBinary());
}

/** What `pkg/src/wasm/unpack.ts` makes of a text. @param {Uint8Array} unpacker @param {string} text */
function unpacked(unpacker, text) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(unpacker)));
  const { memory, unpack, end } = /** @type {any} */ (exports);
  memory.grow((3 * text.length) >> 16);
  new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, ADDRESSES.TEXT));
  const start = unpack(ADDRESSES.TEXT + text.length);
  return Buffer.from(memory.buffer, start, end() - start);
}
