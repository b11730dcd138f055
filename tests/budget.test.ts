// What the package may cost, in bytes; raising a figure of budget.json is a commit that says why.

import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { validateTracker } from "symbl-tracker";
import { expect, it } from "vitest";
import { bundle } from "./common/bundle.js";
import { memoryOf, validator } from "./common/wasm.js";

const budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));

it("all of the package, bundled, minified and compressed", async () => {
  const code = await bundle('export * from "symbl-tracker";');
  const bytes = brotliCompressSync(code).length;
  console.info(`${bytes} bytes of brotli, ${Buffer.byteLength(code)} before`);
  expect(bytes).toBeLessThanOrEqual(budget.brotliBytes);
});

it("a page that uses nothing of it pays nothing", async () => {
  expect(await bundle('import "symbl-tracker"; export const nothing = 0;')).not.toContain("WebAssembly");
});

/** The memory of the instance, which never shrinks, once it has judged so many bytes. */
function memoryAfter(megabytes: number) {
  const phrase = (index: number) => `the phrase with the number ${index} é`;
  const vocabulary = Array.from({ length: megabytes * 23_000 }, (_, index) => phrase(index));
  validateTracker({ id: "1", name: "Sale", vocabulary });
  return memoryOf(validator);
}

it.each([
  ["atStart", 0],
  ["after1MB", 1],
  ["after8MB", 8],
])("the memory of wasm, %s", (name, megabytes) => {
  expect(memoryAfter(megabytes)).toBeLessThanOrEqual(budget.wasmMemoryBytes[name]);
});
