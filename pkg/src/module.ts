/**
 * The wasm instance: made on the first call, synchronously, and made anew when one traps.
 *
 * The bytes are inline, so that no bundler, server or runtime has to find a second file.
 */
import { commonest, text } from "./bytes.js";
import * as wasm from "./exports.js";

export type Wasm = typeof wasm;

let started = false;
let view = new Uint8Array(0);

/**
 * Runs `work` on the instance. The exports throw nothing of their own here, so whatever comes out is a trap, and
 * the next call makes a new instance: not this one, as a stack that overflowed is still full.
 */
export function run<T>(work: (instance: Wasm) => T): T {
  if (!started) start(decoded());
  if (trapped) replace();
  try {
    return work(wasm);
  } catch (trap) {
    trapped = true;
    throw trap;
  }
}

let trapped = false;
let rescue: ((instance: Wasm) => void) | undefined;

/** Has `work` read what is worth saving out of an instance that trapped. If it throws, the next call tries anew. */
export function onTrap(work: (instance: Wasm) => void): void {
  rescue = work;
}

/** Counts the instances. What one has made is gone with it: touching that would pass for a trap of the next. */
let count = 0;

/** The number of the instance that the next call will run on. */
export function instanceNumber(): number {
  return trapped ? count + 1 : count;
}

function replace(): void {
  count++;
  rescue?.(wasm);
  wasm.__wbg_reset_state();
  begin();
  trapped = false;
}

/** The instance's memory; its buffer is another one when it has grown. */
export let memory: WebAssembly.Memory;

/** Room for `bytes` at the start of the input, in wasm memory; what was written there before stays. */
export function inputRoom(bytes: number): Uint8Array<ArrayBuffer> {
  // A view whose memory has grown meanwhile is detached, its length 0.
  if (view.length < bytes) {
    const start = wasm.reserve(bytes);
    view = new Uint8Array(memory.buffer, start, wasm.capacity());
  }
  return view;
}

/** To be called where wasm has taken the input's buffer for its own: the next one is elsewhere. */
export function inputTaken(): void {
  view = new Uint8Array(0);
}

function start(module: Uint8Array<ArrayBuffer> | WebAssembly.Module): void {
  wasm.initSync({ module });
  begin();
  started = true;
}

function begin(): void {
  memory = wasm.input_memory();
  view = new Uint8Array(0);
}

/** The wasm out of its text: 87 bytes have a character each, the others one after an `a` or an `e`. */
function decoded(): Uint8Array<ArrayBuffer> {
  const rankOf = new Uint8Array(128);
  for (let code = 32, rank = 0; code < 127; code++) {
    if (!"\"'`\\$<ae".includes(String.fromCharCode(code))) rankOf[code] = rank++;
  }
  const byteOf = Array.from({ length: 87 }, (_, i) => Number.parseInt(commonest.slice(2 * i, 2 * i + 2), 16));
  for (let byte = 0; byte < 256; byte++) if (!byteOf.includes(byte)) byteOf.push(byte);
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    const row = char === A ? 87 : char === E ? 174 : 0;
    bytes[length++] = byteOf[row + (rankOf[row === 0 ? char : text.charCodeAt(++i)] as number)] as number;
  }
  return bytes.subarray(0, length);
}

const A = 97;
const E = 101;

/**
 * Compiles the module without blocking the page. Nobody has to call it: the first call of any function does
 * the same synchronously, in a few milliseconds.
 *
 * @throws {WebAssembly.CompileError} where the page's Content-Security-Policy lacks `'wasm-unsafe-eval'`.
 */
export async function ready(): Promise<void> {
  if (started) return;
  const module = await WebAssembly.compile(decoded());
  // A call may have started it meanwhile.
  if (!started) start(module);
}
