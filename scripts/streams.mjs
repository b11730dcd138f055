/**
 * Takes wasm apart: all its opcodes come first, then all its indices of locals, then all its constants, and so on. Bytes of
 * one kind next to each other compress to nine tenths of what they take instruction by instruction.
 * `scripts/unpack.wat` puts the wasm together again.
 */
import { Failure } from "./setup/child.mjs";

/**
 * The streams. The first four have the instructions without their operands, the locals of functions, instructions that
 * have no token, and the sections around the code. Each of the rest has operands of one kind.
 */
const STREAMS = [
  ...["TOKENS", "LOCALS", "OTHERS", "SECTIONS"],
  ...["INDICES", "INTEGERS", "LONGS", "BLOCKS", "BRANCHES", "CALLS", "GLOBALS", "OFFSETS"],
];

/** How many functions there are, and how many bytes of sections before and after them. */
const COUNTS = ["FUNCTIONS", "BEFORE", "AFTER"];

/** A table of numbers precedes the streams: where each of them starts, and the counts. By name, where in the table. */
const TABLE = Object.fromEntries([...STREAMS, ...COUNTS].map((name, index) => [name, 4 * index]));

/**
 * Tokens. Most are opcodes. Those from `FIRST_STEM` on, which are no opcodes of ours, stand for the stems of common
 * instructions; the last two stand for an instruction in `OTHERS`, and for the end of a function.
 */
const FIRST_STEM = 0xd3;
const OTHER = 0xfe;
const END = 0xff;
const BR_TABLE = 0x0e;

/** The bytes of a stem in the table of stems. Their number, and the stream of the operand, follow there. */
const STEM_BYTES = 4;

/** For each opcode with one operand its stream; for accesses to memory also the exponent of their usual alignment. */
const OPERANDS = new Uint8Array(0x45);
for (const [first, last, stream] of /** @type {[number, number, string][]} */ ([
  [0x02, 0x04, "BLOCKS"],
  [0x0c, BR_TABLE, "BRANCHES"],
  [0x10, 0x10, "CALLS"],
  [0x20, 0x22, "INDICES"],
  [0x23, 0x24, "GLOBALS"],
  [0x41, 0x41, "INTEGERS"],
  [0x42, 0x42, "LONGS"],
])) {
  OPERANDS.fill(TABLE[stream] ?? 0, first, last + 1);
}
const OFFSETS = TABLE.OFFSETS ?? 0;
// From i32.load to i64.store32.
for (const [index, alignment] of Array.from("23230011001122232301012", Number).entries())
  OPERANDS[0x28 + index] = OFFSETS + alignment;

/**
 * @typedef {{ stem: Uint8Array, stream?: string | undefined, operand?: Uint8Array }} Instruction the operand is a number,
 *   or the numbers of a `br_table`; the stem is everything before it
 * @typedef {{ locals: Uint8Array, instructions: Instruction[] }} Code
 * @typedef {{ before: Uint8Array, functions: Code[], after: Uint8Array }} Module
 */

/**
 * @param {Uint8Array[]} modules
 * @returns the streams of each module, and what `scripts/unpack.wat` has to know
 */
export function takeApart(modules) {
  const parsed = modules.map((wasm) => new Reader(wasm).module());
  const stems = commonStems(parsed);
  const stemTable = stems.flatMap(({ stem, stream = "" }) => {
    const padded = [...stem, 0, 0, 0].slice(0, STEM_BYTES);
    return [...padded, stem.length, TABLE[stream] ?? 0];
  });
  return {
    streams: parsed.map((module) => streamsOf(module, stems)),
    format: {
      numbers: { ...TABLE, FIRST_STEM, OTHER, END, BR_TABLE },
      tables: { operands: OPERANDS, stems: Uint8Array.from(stemTable) },
    },
  };
}

/** The commonest stems that are not tokens anyway. @param {Module[]} modules */
function commonStems(modules) {
  /** @type {Map<string, Instruction & { uses: number }>} */
  const stems = new Map();
  for (const { functions } of modules) {
    for (const instruction of functions.flatMap(({ instructions }) => instructions)) {
      const { stem } = instruction;
      if (isToken(stem) || stem.length > STEM_BYTES) continue;
      const known = stems.get(`${stem}`) ?? { ...instruction, uses: 0 };
      known.uses++;
      stems.set(`${stem}`, known);
    }
  }
  return [...stems.values()]
    .filter(({ uses }) => uses > 15)
    .sort((a, b) => b.uses - a.uses)
    .slice(0, OTHER - FIRST_STEM);
}

/** Whether a stem is an opcode, if it is for an access to memory with the usual alignment. @param {Uint8Array} stem */
function isToken([opcode = 0, alignment, ...more]) {
  const operand = OPERANDS[opcode] ?? 0;
  const usual = operand >= OFFSETS ? operand - OFFSETS : undefined;
  return alignment === usual && more.length === 0;
}

/**
 * @param {Module} module
 * @param {Instruction[]} stems
 */
function streamsOf({ before, functions, after }, stems) {
  const tokens = new Map(stems.map(({ stem }, index) => [`${stem}`, FIRST_STEM + index]));
  /** @type {Record<string, number[]>} */
  const streams = Object.fromEntries(STREAMS.map((name) => [name, []]));
  const put = (/** @type {string} */ name, /** @type {Iterable<number>} */ bytes) =>
    streams[name]?.push(...bytes);
  put("SECTIONS", before);
  put("SECTIONS", after);
  for (const { locals, instructions } of functions) {
    put("LOCALS", [locals.length, ...locals]);
    for (const { stem, stream = "", operand = [] } of instructions) {
      const token = isToken(stem) ? stem[0] : tokens.get(`${stem}`);
      put("TOKENS", [token ?? OTHER]);
      if (token === undefined) put("OTHERS", [stem.length + operand.length, ...stem, ...operand]);
      else put(stream, operand);
    }
    put("TOKENS", [END]);
  }
  const table = new Uint32Array(STREAMS.length + COUNTS.length);
  table.set([functions.length, before.length, after.length], STREAMS.length);
  const bytes = Object.values(streams);
  for (let index = 0, start = table.byteLength; index < bytes.length; index++) {
    table[index] = start;
    start += bytes[index]?.length ?? 0;
  }
  return Uint8Array.from([...new Uint8Array(table.buffer), ...bytes.flat()]);
}

/** Steps through a wasm. */
class Reader {
  #wasm;
  /** Behind the magic number and the version. */
  #at = 8;

  /** @param {Uint8Array} wasm */
  constructor(wasm) {
    // The text of a Uint8Array is its numbers, that of a Buffer is not.
    this.#wasm = Uint8Array.from(wasm);
  }

  /** @returns {Module} */
  module() {
    while (this.#wasm[this.#at] !== 10) {
      this.#at++;
      const size = this.#number();
      this.#at += size;
    }
    this.#at++;
    const end = this.#number() + this.#at;
    const count = this.#number();
    const before = this.#wasm.subarray(0, this.#at);
    return {
      before,
      functions: Array.from({ length: count }, () => this.#function()),
      after: this.#wasm.subarray(end),
    };
  }

  #function() {
    // The last instruction always is `end`.
    const end = this.#number() + this.#at - 1;
    const locals = this.#taken(() => this.#numbers(2 * this.#number()));
    const instructions = [];
    while (this.#at < end) instructions.push(this.#instruction());
    if (this.#at !== end) throw new Failure("scripts/streams.mjs does not know an instruction of the wasm.");
    this.#at++;
    return { locals, instructions };
  }

  /** @returns {Instruction} */
  #instruction() {
    const opcode = this.#wasm[this.#at] ?? 0;
    const code = OPERANDS[opcode] ?? 0;
    let stream = code > 0 ? STREAMS[code >> 2] : undefined;
    const stem = this.#taken(() => {
      this.#at++;
      // An alignment.
      if (code >= OFFSETS) this.#number();
      else if (code === 0 && this.#rest(opcode)) stream = "OFFSETS";
    });
    if (stream === undefined) return { stem };
    const operand = this.#taken(() => {
      const count = this.#number();
      if (opcode === BR_TABLE) this.#numbers(count + 1);
    });
    return { stem, stream, operand };
  }

  /**
   * Steps over what belongs to an opcode; see https://webassembly.github.io/spec/core/binary/instructions.html.
   *
   * @param {number} opcode
   * @returns whether an offset follows
   */
  #rest(opcode) {
    // call_indirect; select with types; memory.size, memory.grow, ref.null, ref.func; f32.const; f64.const
    if (opcode === 0x11) this.#numbers(2);
    if (opcode === 0x1c) this.#numbers(this.#number());
    if ([0x3f, 0x40, 0xd0, 0xd2].includes(opcode)) this.#number();
    if (opcode === 0x43) this.#at += 4;
    if (opcode === 0x44) this.#at += 8;
    // Bulk memory and tables, from memory.init to table.fill.
    if (opcode === 0xfc) this.#numbers([2, 1, 2, 1, 2, 1, 2, 1, 1, 1][this.#number() - 8] ?? 0);
    return opcode === 0xfd && this.#vector(this.#number());
  }

  /** @param {number} opcode */
  #vector(opcode) {
    // v128.const, i8x16.shuffle; lanes
    if (opcode === 12 || opcode === 13) this.#at += 16;
    if (opcode >= 21 && opcode <= 34) this.#at++;
    const isAccess = opcode <= 11 || opcode === 92 || opcode === 93;
    // An alignment; to and from lanes also an offset and the lane.
    if (isAccess || (opcode >= 84 && opcode <= 91)) this.#number();
    if (opcode >= 84 && opcode <= 91) this.#numbers(2);
    return isAccess;
  }

  #number() {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#wasm[this.#at++] ?? 0;
      number += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return number;
    }
  }

  /** @param {number} count */
  #numbers(count) {
    for (let index = 0; index < count; index++) this.#number();
  }

  /** The bytes over which `step` goes. @param {() => void} step */
  #taken(step) {
    const start = this.#at;
    step();
    return this.#wasm.subarray(start, this.#at);
  }
}
