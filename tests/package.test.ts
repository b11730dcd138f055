// The packed tarball, installed: what a user of the package gets.

import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle } from "../scripts/bundle.mjs";
import { installed, run } from "./common/tarball.js";

let app: Awaited<ReturnType<typeof installed>>;
beforeAll(async () => {
  app = await installed();
});
afterAll(() => app.remove());

/** No init, no await. */
const PROGRAM = `
  import { validateTracker } from "symbl-tracker";
  const verdict = validateTracker({ id: "1", name: "Sale", vocabulary: ["on sale", "on sale"] });
  console.log(verdict.issues[0].pointer);
`;

it("has the module, its types, and no sources", () => {
  const others = app.files.filter((file) => !/^dist\/([\w-]+\/)*[\w-]+(\.js|\.d\.ts)$/.test(file));
  expect(others.sort()).toEqual(["LICENSE", "README.md", "custom-elements.json", "package.json"]);
  expect(app.files).toEqual(
    expect.arrayContaining(["dist/index.js", "dist/index.d.ts", "dist/wasm/generated/validate.js"]),
  );
});

it("depends on nothing", async () => {
  const manifest = JSON.parse(
    await readFile(path.join(app.folder, "node_modules/symbl-tracker/package.json"), "utf8"),
  );
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).not.toHaveProperty("peerDependencies");
  expect(manifest).not.toHaveProperty("scripts");
});

it("runs in Node", async () => {
  await writeFile(path.join(app.folder, "main.js"), PROGRAM);
  expect(await run(app.folder, process.execPath, "main.js")).toBe("/vocabulary/1\n");
});

it("runs when Vite has bundled it", async () => {
  await writeFile(path.join(app.folder, "bundle.js"), await bundle(PROGRAM, app.folder));
  expect(await run(app.folder, process.execPath, "bundle.js")).toBe("/vocabulary/1\n");
});

it("is published as publint advises", async () => {
  const data = await readFile(app.tarball);
  const tarball = data.buffer.slice(data.byteOffset, data.byteOffset + data.length) as ArrayBuffer;
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
});

it("has types that every resolver of modules finds", async () => {
  await run(app.folder, "attw", app.tarball, "--profile", "esm-only");
});

it.each(["nodenext", "bundler"])("compiles with %s, its own declarations included", async (resolution) => {
  await copyFile(new URL("callers.ts", import.meta.url), path.join(app.folder, "main.ts"));
  const compilerOptions = {
    target: "es2020",
    lib: ["es2020", "dom"],
    module: resolution === "bundler" ? "esnext" : resolution,
    moduleResolution: resolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types: [],
  };
  await writeFile(
    path.join(app.folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions, files: ["main.ts"] }),
  );
  await run(app.folder, "tsc", "-p", ".");
});
