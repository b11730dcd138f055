/** Texts and JSON that an export returns: it gives the address, and `text_length` the length. */
import type { Glue } from "./glue.js";

let decoder: TextDecoder | undefined;

/** The instance's memory from an address on. */
export function bytesAt(instance: Glue, start: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(instance.memory().buffer as ArrayBuffer, start, length);
}

export function decode(bytes: Uint8Array<ArrayBuffer>): string {
  // A phrase may begin with U+FEFF.
  decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
  return decoder.decode(bytes);
}

/** The text that an export returned the address of; undefined where it returned 0. */
export function textAt(instance: Glue, start: number): string | undefined {
  if (start !== 0) return decode(bytesAt(instance, start, instance.text_length()));
}

/** The value whose JSON an export returned the address of. */
export function jsonAt<T>(instance: Glue, start: number): T {
  return JSON.parse(textAt(instance, start) ?? "null");
}
