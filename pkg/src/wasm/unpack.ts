import { TEXT, unpacker } from "./generated/unpacker.js";

/** The wasm that a text of the build stands for (`scripts/pack.mjs`). */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(unpacker())));
  const { memory, unpack, end } = exports as {
    memory: WebAssembly.Memory;
    unpack: (end: number) => number;
    end: () => number;
  };
  // For the text and the wasm, which is not twice as long.
  memory.grow((3 * text.length) >> 16);
  new TextEncoder().encodeInto(text, new Uint8Array(memory.buffer, TEXT));
  const start = unpack(TEXT + text.length);
  return new Uint8Array(memory.buffer as ArrayBuffer, start, end() - start);
}
