// The packed tarball, installed: what a user of the package gets.

import { copyFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle } from "../scripts/bundle.mjs";
import { installed, publintMessages, run } from "./common/tarball.js";
import { everything } from "./ecosystem/programs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

let app: Awaited<ReturnType<typeof installed>>;
beforeAll(async () => {
  app = await installed();
});
afterAll(() => app.remove());

/** No init, no await. */
const PROGRAM = `
  import { validateTracker } from "symbl-tracker";
  const result = validateTracker({ id: "1", name: "Sale", vocabulary: ["on sale", "on sale"] });
  console.log(result.issues[0].pointer);
`;

it("has the modules, their source maps, and one file of declarations for each entry", () => {
  const others = app.files.filter(
    (file) => !/^dist\/([\w-]+\/)*[\w-]+(\.js(\.map)?|\.wasm)$|^dist\/declarations\/\w+\.d\.ts$/.test(file),
  );
  expect(others.sort()).toEqual([
    ...["CHANGELOG.md", "LICENSE", "README.md", "custom-elements.json"],
    ...["index", "react", "translations/ar", "vue"].map((entry) => `dist/editor/${entry}.d.ts`),
    ...["dist/index.d.ts", "package.json"],
  ]);
  expect(app.files).toEqual(
    expect.arrayContaining(["dist/index.js", "dist/index.d.ts", "dist/wasm/generated/validate.js"]),
  );
});

it("has doc comments where TypeScript shows them, on lines of their own", async () => {
  const declarations = await readFile(
    path.join(app.folder, "node_modules/symbl-tracker/dist/index.d.ts"),
    "utf8",
  );
  expect(declarations.match(/^.*\S.*\/\*\*.*$|^.*\*\/ *\S.*$/gm)).toBeNull();
});

it("depends on nothing", async () => {
  const manifest = JSON.parse(
    await readFile(path.join(app.folder, "node_modules/symbl-tracker/package.json"), "utf8"),
  );
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).not.toHaveProperty("peerDependencies");
  // It runs before the package is packed, and never where it is installed.
  expect(Object.keys(manifest.scripts)).toEqual(["prepack"]);
});

it("has source maps with the sources that they name", async () => {
  const dist = path.join(app.folder, "node_modules/symbl-tracker/dist");
  const maps = app.files.filter((file) => file.endsWith(".map"));
  expect(maps).toContain("dist/wasm/module.js.map");
  for (const file of maps) {
    const { sources, sourcesContent } = JSON.parse(await readFile(path.join(dist, "..", file), "utf8")) as {
      sources: string[];
      sourcesContent: string[];
    };
    const named = path.resolve(root, "pkg", path.dirname(file), sources[0] ?? "");
    expect(sourcesContent, file).toEqual([await readFile(named, "utf8")]);
  }
});

it("runs in Node", async () => {
  await writeFile(path.join(app.folder, "main.js"), PROGRAM);
  expect(await run(app.folder, process.execPath, "main.js")).toBe("/vocabulary/1\n");
});

it("says why it does not run where Node has no WebAssembly", async () => {
  await expect(run(app.folder, process.execPath, "--jitless", "main.js")).rejects.toThrow(
    "TrackerError: This environment has no WebAssembly. Use a newer one; in Node, remove --jitless.",
  );
});

it("runs when Vite has bundled it", async () => {
  await writeFile(path.join(app.folder, "bundle.js"), await bundle(PROGRAM, app.folder));
  expect(await run(app.folder, process.execPath, "bundle.js")).toBe("/vocabulary/1\n");
});

it("can be published", async () => {
  const printed = await run(
    path.join(root, "pkg"),
    "npm",
    "publish",
    "--dry-run",
    "--tag",
    "test",
    "--ignore-scripts",
  );
  expect(printed).toMatch(/^\+ symbl-tracker@/m);
});

it("is published as publint advises", async () => {
  expect(await publintMessages(app.tarball)).toEqual([]);
});

it("has types that every resolver of modules finds", async () => {
  // The package has no CommonJS; Node 20.19 and later `require` its modules.
  await run(app.folder, "attw", app.tarball, "--ignore-rules", "cjs-resolves-to-esm");
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

it("compiles without the DOM library", async () => {
  await writeFile(path.join(app.folder, "everything.ts"), everything);
  const compilerOptions = { target: "es2020", lib: ["es2020"], module: "nodenext", strict: true, types: [] };
  await writeFile(
    path.join(app.folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { ...compilerOptions, noEmit: true }, files: ["everything.ts"] }),
  );
  await run(app.folder, "tsc", "-p", ".");
});
