// The packed package, installed, on pages as applications have them: they post the tracker.

import { readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { installed, run } from "../common/tarball.js";
import { button, eventually, inChromium, open, page, phrase, posted } from "./page.js";

const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const source = (name: string) => readFile(new URL(`pages/${name}`, import.meta.url), "utf8");

let app: Awaited<ReturnType<typeof installed>>;
beforeAll(async () => {
  app = await installed();
  for (const name of ["react", "react-dom", "scheduler", "vue", "@vue", "@types", "csstype"])
    await symlink(path.join(modules, name), path.join(app.folder, "node_modules", name));
});
afterAll(() => app.remove());

/** Edits the tracker as a person does, and sends it. */
async function editAndSend(): Promise<void> {
  await phrase(1).click();
  await page.keyboard.press("End");
  await page.keyboard.type(" today");
  await page.keyboard.press("Enter");
  await page.keyboard.type("on sale today");
  await button("Send").click();
  expect(posted).toBeUndefined();
  await page.keyboard.press("ControlOrMeta+z");
  await button("Send").click();
  await eventually(() => posted).toContain(
    'name="tracker"\r\n\r\n{"id":"42","name":"Sale","vocabulary":["on sale today"]}\r\n',
  );
}

inChromium("the packed package", () => {
  it("is edited and posted by a plain page of twenty lines", async () => {
    const html = await source("plain.html");
    expect(html.trimEnd().split("\n").length).toBeLessThanOrEqual(21);
    await open("", { html, folder: app.folder });
    await editAndSend();
  });

  it.each(["react.tsx", "vue.ts"])("is edited and posted by %s", async (name) => {
    const script = await bundle(await source(name), app.folder, name);
    await open("", {
      html: `<!doctype html><title>Page</title><link rel="icon" href="data:,"><body><script type="module" src="/script.js"></script>`,
      script,
    });
    await phrase(1).waitFor();
    await editAndSend();
    await page.getByText("1 phrases, 0 wrong").waitFor();
  });

  it("has types for React and Vue", async () => {
    const files = ["react.tsx", "vue.ts"];
    for (const name of files) await writeFile(path.join(app.folder, name), await source(name));
    const compilerOptions = {
      ...{
        target: "es2022",
        lib: ["es2022", "dom", "dom.iterable"],
        module: "esnext",
        moduleResolution: "bundler",
      },
      ...{ strict: true, jsx: "react-jsx", noEmit: true, skipLibCheck: true, types: [] },
    };
    await writeFile(path.join(app.folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
    await run(app.folder, "tsc", "-p", ".");
  });
});

it("can be imported where there is no document", async () => {
  const program = 'import { TrackerEditor } from "symbl-tracker/editor"; console.log(typeof TrackerEditor);';
  await writeFile(path.join(app.folder, "server.js"), program);
  expect(await run(app.folder, process.execPath, "server.js")).toBe("function\n");
});

it("describes the element for editors of code as it is", async () => {
  const manifest = JSON.parse(
    await readFile(path.join(app.folder, "node_modules/symbl-tracker/custom-elements.json"), "utf8"),
  );
  const [declaration] = manifest.modules[0].declarations;
  const entry = path.join(app.folder, "node_modules/symbl-tracker/dist/editor/index.js");
  const { TrackerEditor } = await import(pathToFileURL(entry).href);
  const attributes = declaration.attributes.map(({ name }: { name: string }) => name);
  expect([...attributes, "lang"].sort()).toEqual([...TrackerEditor.observedAttributes].sort());
  const members = declaration.members.map(({ name }: { name: string }) => name);
  const { prototype } = TrackerEditor;
  const own = [prototype, Object.getPrototypeOf(prototype)]
    .flatMap(Object.getOwnPropertyNames)
    .filter((name) => name !== "constructor" && !name.endsWith("Callback"));
  expect(members.sort()).toEqual(own.sort());
});
