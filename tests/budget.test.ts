// The limits of the package's size and memory, in bytes. A commit that raises a limit in budget.json says why.

import { readFileSync } from "node:fs";
import { brotliCompressSync } from "node:zlib";
import { validateTracker } from "symbl-tracker";
import { expect, it } from "vitest";
import { bundle, chunks, costOf, IMPORTS } from "../scripts/bundle.mjs";
import { memoryOf, validator } from "./common/wasm.js";

const budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));

it.each(IMPORTS)("a bundle that imports %s", async (imports) => {
  const cost = await costOf(imports);
  console.info(
    `${imports}: ${cost.brotli} bytes with brotli, ${cost.gzip} with gzip, ${cost.minified} uncompressed`,
  );
  expect(cost.brotli).toBeLessThanOrEqual(budget.bundleBytes[imports].brotli);
  expect(cost.gzip).toBeLessThanOrEqual(budget.bundleBytes[imports].gzip);
});

it("has a budget for each set of imports", () => {
  expect(Object.keys(budget.bundleBytes)).toEqual(IMPORTS);
});

it("the editor, beyond the draft that it needs", async () => {
  const size = (code: string) => brotliCompressSync(code).length;
  const [editor, csv, ...others] = await chunks('import "symbl-tracker/editor";');
  const draft = await bundle('export { TrackerDraft, validateTracker } from "symbl-tracker";');
  expect(others).toEqual([]);
  const own = size(editor?.code ?? "") - size(draft);
  const onDemand = size(csv?.code ?? "");
  console.info(`the editor: ${own} bytes of brotli; ${onDemand} more when a table is pasted`);
  expect(own).toBeLessThanOrEqual(budget.editorBrotliBytes.editor);
  expect(onDemand).toBeLessThanOrEqual(budget.editorBrotliBytes.csvOnDemand);
});

it("the main entry has nothing of the editor", async () => {
  expect(await bundle('export * from "symbl-tracker";')).not.toMatch(/customElements|attachShadow/);
});

/** The text of a wasm module as the package ships it. */
function textOf(module: string): string {
  const file = new URL(`../pkg/dist/wasm/generated/${module}.js`, import.meta.url);
  const text = /export const text = "(.*)";/.exec(readFileSync(file, "utf8"))?.[1];
  if (!text) throw new Error(`the module ${module} has no text`);
  return text;
}

it.each([
  ["validateTracker", ["validate"]],
  ["updateTracker", ["validate", "call"]],
  ["validateTracker, TrackerDraft", ["validate", "draft"]],
  ["mergeTrackers, splitTracker", ["validate", "merge"]],
])("a bundle that imports %s contains only the wasm modules %s", async (imports, expected) => {
  const code = await bundle(`export { ${imports} } from "symbl-tracker";`);
  const contained = ["validate", "draft", "merge", "call"].filter((module) => code.includes(textOf(module)));
  expect(contained.sort()).toEqual(expected.sort());
});

it("a bundle that uses none of the imports contains no wasm", async () => {
  expect(await bundle('import "symbl-tracker"; export const nothing = 0;')).not.toContain("WebAssembly");
});

/** The size of the instance's memory, which never shrinks, after validating a tracker of this size. */
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
])("wasm memory, %s", (name, megabytes) => {
  expect(memoryAfter(megabytes)).toBeLessThanOrEqual(budget.wasmMemoryBytes[name]);
});
