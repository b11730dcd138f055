// The recipes of docs/recipes.md, each with its framework, in development mode, in Chromium.

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { build, type Plugin } from "vite";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { installApart } from "../../scripts/setup/apart.mjs";
import { CHROME, openPage } from "../common/page.js";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const documentation = readFileSync(new URL("../../docs/recipes.md", import.meta.url), "utf8");

/** The files, and how a page mounts each: `mount` returns a function that unmounts it. */
const RECIPES = {
  "react/TrackerEditor.jsx": `
    import { Activity, StrictMode } from "react";
    import { createRoot } from "react-dom/client";
    import { TrackerEditor } from "./TrackerEditor.jsx";
    function mount(element, tracker) {
      const root = createRoot(element);
      const render = (tracker, mode = "visible") =>
        root.render(<StrictMode><Activity mode={mode}><TrackerEditor tracker={tracker} /></Activity></StrictMode>);
      render(tracker);
      globalThis.editor = { render };
      return () => root.unmount();
    }`,
  "vue/TrackerEditor.vue": `
    import { createApp } from "vue";
    import TrackerEditor from "./TrackerEditor.vue";
    function mount(element, tracker) {
      const app = createApp(TrackerEditor, { tracker });
      app.mount(element);
      return () => app.unmount();
    }`,
  "svelte/TrackerEditor.svelte": `
    import * as svelte from "svelte";
    import TrackerEditor from "./TrackerEditor.svelte";
    function mount(target, tracker) {
      const component = svelte.mount(TrackerEditor, { target, props: { tracker } });
      return () => svelte.unmount(component);
    }`,
  "solid/TrackerEditor.jsx": `
    import { render } from "solid-js/web";
    import { TrackerEditor } from "./TrackerEditor.jsx";
    const mount = (element, tracker) => render(() => <TrackerEditor tracker={tracker} />, element);`,
  "dom/trackerEditor.js": `
    import { trackerEditor } from "./trackerEditor.js";
    function mount(element, tracker) {
      const end = trackerEditor(element, tracker);
      return () => { end(); element.replaceChildren(); };
    }`,
};

/** The files that the documentation shows. */
const FILES = [...Object.keys(RECIPES), "react/useDraft.js"];

/** Mounts a recipe in the page's body, and keeps lists of the drafts that it subscribed to and disposed of. */
const MAIN = `
  import { TrackerDraft } from "symbl-tracker";
  const { prototype } = TrackerDraft;
  const subscribed = new Set();
  const disposed = new Set();
  const { get } = Object.getOwnPropertyDescriptor(prototype, "subscribe");
  Object.defineProperty(prototype, "subscribe", { get() { subscribed.add(this); return get.call(this); } });
  const { dispose } = Object.getPrototypeOf(prototype);
  prototype.dispose = function () { disposed.add(this); dispose.call(this); };
  const tracker = { id: "42", name: "Sale", vocabulary: ["on sale", "flash sale", "half price"] };
  const unmount = mount(document.body, tracker);
  globalThis.editor = { ...globalThis.editor, subscribed, disposed, unmount };`;

/** What the page's main module sets. */
declare const editor: {
  subscribed: Set<import("symbl-tracker").TrackerDraft>;
  disposed: Set<unknown>;
  unmount(): void;
  other: object;
  render(tracker: object, mode?: string): void;
};

const fromExamples = (module: string) =>
  import(pathToFileURL(path.join(examples, "node_modules", module)).href);

/** What the frameworks' plugins for Vite do with one file. */
const compilers: Record<string, (code: string, file: string) => Promise<string>> = {
  async vue(source, filename) {
    const { parse, compileScript } = await fromExamples("vue/compiler-sfc/index.mjs");
    const { descriptor, errors } = parse(source, { filename });
    expect(errors).toEqual([]);
    return compileScript(descriptor, { id: "recipe", inlineTemplate: true }).content;
  },
  async svelte(source, filename) {
    const { compile } = await fromExamples("svelte/src/compiler/index.js");
    const { js, warnings } = compile(source, { filename, dev: true });
    expect(warnings).toEqual([]);
    return js.code;
  },
  async solid(source, filename) {
    const { default: babel } = await fromExamples("@babel/core/lib/index.js");
    const { code } = await babel.transformAsync(source, { filename, presets: ["solid"], cwd: examples });
    return code;
  },
};

/** A bundle of the recipe for development. */
async function bundle(file: string, mount: string): Promise<string> {
  const folder = path.join(examples, path.dirname(file));
  const entry = path.join(folder, "main.jsx");
  const plugin: Plugin = {
    name: "recipe",
    enforce: "pre",
    resolveId: (id) => (id === "main" ? entry : undefined),
    load: (id) => (id === entry ? mount + MAIN : undefined),
    async transform(code, id) {
      // The mount function is in JSX, which only Solid compiles in its own way.
      if (path.dirname(id) !== folder || (id === entry && !code.includes("solid-js"))) return undefined;
      return { code: (await compilers[path.dirname(file)]?.(code, id)) ?? code, map: null };
    },
  };
  const result = await build({
    root: examples,
    configFile: false,
    logLevel: "warn",
    mode: "development",
    define: { "process.env.NODE_ENV": '"development"' },
    plugins: [plugin],
    build: { write: false, minify: false, modulePreload: false, rolldownOptions: { input: "main" } },
  });
  const chunks = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  if (chunks.length !== 1 || chunks[0]?.type !== "chunk") throw new Error("expected one output file");
  return chunks[0].code;
}

describe("docs/recipes.md", () => {
  const blocks = [...documentation.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code]) => code);

  it.each(FILES)("shows %s", (file) => {
    const code = readFileSync(path.join(examples, file), "utf8");
    expect(blocks).toContain(code);
    const lines = code.split("\n").filter((line) => line.trim() !== "" && !/^\s*import /.test(line));
    expect(lines.length).toBeLessThan(20);
  });

  it("shows nothing else", () => expect(blocks).toHaveLength(FILES.length));
});

describe.skipIf(!CHROME)(`in Chromium${CHROME ? "" : " (CHROME is not set)"}`, () => {
  beforeAll(() => installApart(examples), 600_000);

  let opened: Awaited<ReturnType<typeof openPage>> | undefined;
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });

  async function open(file: keyof typeof RECIPES): Promise<Page> {
    opened = await openPage(await bundle(file, RECIPES[file]));
    await opened.page.locator("label").nth(2).waitFor();
    return opened.page;
  }
  const texts = (page: Page) =>
    page.locator("label").evaluateAll((rows) => rows.map((row) => row.textContent?.trim()));
  const values = (page: Page) =>
    page.locator("input").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));

  it.each(Object.keys(RECIPES) as (keyof typeof RECIPES)[])("%s", async (file) => {
    const page = await open(file);
    expect(await texts(page)).toEqual(["", "", ""]);

    const input = page.locator("input").nth(2);
    await input.fill("");
    await expect.poll(() => texts(page)).toEqual(["", "", "The phrase is blank."]);
    await input.pressSequentially("on sale");
    await expect.poll(() => texts(page)).toEqual(["", "", "The phrase repeats the phrase at index 0."]);
    await input.pressSequentially(" now");
    await expect.poll(() => texts(page)).toEqual(["", "", ""]);
    expect(await values(page)).toEqual(["on sale", "flash sale", "on sale now"]);

    // The plain one has fixed rows.
    if (file !== "dom/trackerEditor.js") {
      await page.evaluate(() => [...editor.subscribed].at(-1)?.removePhrase(0));
      await expect.poll(() => values(page)).toEqual(["flash sale", "on sale now"]);
      await input.page().locator("input").nth(1).fill("flash sale");
      await expect.poll(() => texts(page)).toEqual(["", "The phrase repeats the phrase at index 0."]);
    }

    expect(
      await page.evaluate(() => [...editor.subscribed].some((draft) => editor.disposed.has(draft))),
    ).toBe(false);
    await page.evaluate(() => editor.unmount());
    await expect.poll(() => page.locator("label").count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => [...editor.subscribed].every((draft) => editor.disposed.has(draft))))
      .toBe(true);
    expect(opened?.problems).toEqual([]);
  });

  it("React's StrictMode, another tracker, and an editor that is hidden for a while", async () => {
    const page = await open("react/TrackerEditor.jsx");
    const counts = () => page.evaluate(() => [editor.disposed.size, editor.subscribed.size]);
    // StrictMode opened two drafts and closed the first.
    expect(await counts()).toEqual([1, 1]);
    const other = { id: "43", name: "Price", vocabulary: ["price", "price"] };
    const duplicate = ["", "The phrase repeats the phrase at index 0."];
    await page.evaluate((other) => {
      editor.other = other;
      editor.render(other);
    }, other);
    await expect.poll(() => texts(page)).toEqual(duplicate);
    expect(await counts()).toEqual([2, 2]);
    await page.evaluate(() => editor.render(editor.other, "hidden"));
    await expect.poll(counts).toEqual([3, 2]);
    await page.evaluate(() => editor.render(editor.other, "visible"));
    await expect.poll(() => texts(page)).toEqual(duplicate);
    await page.locator("input").nth(1).fill("half price");
    await expect.poll(() => texts(page)).toEqual(["", ""]);
    expect(opened?.problems).toEqual([]);
  });
});
