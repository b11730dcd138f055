/**
 * The wasm instance: made on the first call, synchronously, and made anew when one traps.
 *
 * The bytes are inline, so that no bundler, server or runtime has to find a second file.
 */
import { text, start as textStart, unpacker } from "./bytes.js";
import * as wasm from "./exports.js";

export type Wasm = typeof wasm;

let started = false;
let view = new Uint8Array(0);

/**
 * Runs `work` on the instance. The exports throw nothing of their own here, so whatever comes out is a trap, and
 * the next call makes a new instance: not this one, as a stack that overflowed is still full.
 */
export function run<T>(work: (instance: Wasm) => T): T {
  if (!started) start(unpacked());
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

/** The wasm out of its text. */
function unpacked(): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(unpacker.match(/../g) as string[], (digits) => Number.parseInt(digits, 16));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  const { memory, unpack } = exports as { memory: WebAssembly.Memory; unpack: () => number };
  new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, textStart));
  return new Uint8Array(memory.buffer, textStart, unpack() - textStart);
}

/**
 * Compiles the module without blocking the page. Nobody has to call it: the first call of any function does
 * the same synchronously, in a few milliseconds.
 *
 * @throws {WebAssembly.CompileError} where the page's Content-Security-Policy lacks `'wasm-unsafe-eval'`.
 */
export async function ready(): Promise<void> {
  if (started) return;
  const module = await WebAssembly.compile(unpacked());
  // A call may have started it meanwhile.
  if (!started) start(module);
}
