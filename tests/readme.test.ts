// Runs every JavaScript example of the README and checks that it prints what its comments say.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { start } from "../www/sandbox/server.mjs";

const root = new URL("..", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const examples = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = ""]) => code);

let sandbox: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  sandbox = await start();
  // The examples use these without defining them.
  Object.assign(globalThis, { accessToken: sandbox.token(), baseUrl: sandbox.url });
});
afterAll(() => sandbox.close());

it("has examples", () => expect(examples.length).toBeGreaterThan(3));

it.each(examples)("example %#", async (code) => {
  const printed: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((...values) => void printed.push(format(...values)));
  // Inside the project, so that the import of the package resolves.
  const folder = new URL("target/readme/", root);
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`${examples.indexOf(code)}.mjs`, folder));
  writeFileSync(file, code);
  try {
    await import(/* @vite-ignore */ `${pathToFileURL(file)}?${Date.now()}`);
  } finally {
    log.mockRestore();
  }
  const expected = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment = ""]) => comment);
  expect(printed).toHaveLength(expected.length);
  for (const [index, comment] of expected.entries()) {
    const literal = /^("(.*)"|[\d[].*|true|false)$/.exec(comment);
    if (literal) expect(printed[index]).toBe(literal[2] ?? literal[1]);
  }
});
