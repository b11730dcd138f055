/**
 * The wasm as a string in a JavaScript module: taken apart (`scripts/streams.mjs`), with one printable character for
 * each of 87 bytes, two for every other.
 *
 * base64 spreads a byte over two characters, so that brotli no longer finds what repeats, and costs 30 % of
 * the compressed size; this costs 2 %. Only ASCII, and nothing that a quote or a minifier would escape.
 *
 * A wasm of a kilobyte turns the text back (`scripts/unpack.wat`): a loop of JavaScript that has never run before takes
 * longer for it than all the rest of the first call. For the same reason that wasm is an array of numbers in the source:
 * to read it from hexadecimal digits takes two milliseconds.
 */
import { readFileSync } from "node:fs";
import { takeApart } from "./streams.mjs";

// Brotli guesses a character by the class of the one before, and upper-case vowels are a class of their own.
const PREFIXES = "OE";
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
  const texts = streams.map((bytes) => Array.from(bytes, (byte) => codes.get(byte)).join(""));
  const unpacker = await unpackerOf({ ...format.numbers, ...ADDRESSES }, { ...format.tables, bytes });
  return {
    texts,
    unpacker: `export const TEXT = ${ADDRESSES.TEXT};\nexport const unpacker = () => [${unpacker.join()}];\n`,
  };
}

/** These stand for themselves: brotli knows English words. */
const ENGLISH = Buffer.from("abcdefghijklmnopqrstuvwxyz .");

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
  const single = [...new Set([...ENGLISH, ...byCount])].slice(0, ALPHABET.length);
  // A byte that is a character stands for itself. The others are in order, because neighbours compress a little better.
  const isCharacter = (/** @type {number} */ byte) => ALPHABET.includes(String.fromCharCode(byte));
  const free = ALPHABET.filter((char) => !single.includes(char.charCodeAt(0)));
  const others = single.filter((byte) => !isCharacter(byte)).sort((a, b) => a - b);
  const codes = new Map(
    single.map((byte) => [byte, isCharacter(byte) ? String.fromCharCode(byte) : free[others.indexOf(byte)]]),
  );
  const pairs = PREFIXES.split("").flatMap((prefix) => ALPHABET.map((char) => prefix + char));
  for (const byte of count.keys()) if (!codes.has(byte)) codes.set(byte, pairs.shift());
  const bytes = new Uint8Array(ADDRESSES.OPERANDS - ADDRESSES.BYTES);
  for (const [byte, code = ""] of codes) {
    const row = code.length - 1 && PREFIXES.indexOf(code.charAt(0)) + 1;
    bytes[96 * row + code.charCodeAt(code.length - 1) - 32] = byte;
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
  binaryen.setOptimizeLevel(3);
  binaryen.setShrinkLevel(2);
  module.optimize();
  return Buffer.from(module.emitBinary());
}
