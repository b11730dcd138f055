import { START, unpacker } from "./generated/unpacker.js";

/** The wasm that a text of the build stands for (`scripts/pack.mjs`). */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const wasm = Uint8Array.from(unpacker.match(/../g) as string[], (digits) => Number.parseInt(digits, 16));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const { memory, unpack } = exports as { memory: WebAssembly.Memory; unpack: (end: number) => number };
  const end = START + text.length;
  memory.grow(Math.ceil(end / 2 ** 16));
  new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, START));
  return new Uint8Array(memory.buffer as ArrayBuffer, START, unpack(end) - START);
}
