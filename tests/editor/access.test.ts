// What assistive technology is told, and what axe-core finds.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import {
  button,
  eventually,
  inChromium,
  load,
  open,
  openWith,
  page,
  phrase,
  phrases,
  withEditor,
} from "./page.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const BAD = ["a", "a", "b!", "one\ntwo", "", "A", "c"];

/** The rules that the page breaks, with the elements. The page's policy would refuse axe as an element. */
async function violations(): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send("Runtime.evaluate", { expression: axe });
  const { result } = await session.send("Runtime.evaluate", {
    expression: `axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })
      .then(({ violations }) => JSON.stringify(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + " " + html))))`,
    awaitPromise: true,
  });
  return JSON.parse(result.value);
}

/** Best practices for whole pages, which the test page is not. */
const relevant = (found: string[]) =>
  found.filter((each) => !/^(page-has-heading-one|region|landmark)/.test(each));

inChromium("accessibility", () => {
  it.each([
    ["in the light", {}],
    ["in the dark", { colorScheme: "dark" as const }],
    ["with forced colours", { forcedColors: "active" as const }],
    ["on a phone", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }],
  ])("axe finds nothing %s", async (_, options) => {
    await openWith(BAD, options);
    await phrase(2).focus();
    await page.keyboard.press("Shift+ArrowDown");
    await button("Find").click();
    expect(relevant(await violations())).toEqual([]);
    await button("Add phrases…").click();
    await page.getByLabel("Paste a list, a spreadsheet or a JSON array").fill("x\tid\ny\t1\ny\t2");
    await page.getByText("1 new phrase").waitFor();
    expect(relevant(await violations())).toEqual([]);
    await button("Cancel").click();
    await button("Review…").click();
    await page.getByRole("dialog", { name: "Suggestions" }).waitFor();
    expect(relevant(await violations())).toEqual([]);
    await button("Cancel").click();
    await withEditor((editor) => {
      editor.mode = "json";
    });
    expect(relevant(await violations())).toEqual([]);
  });

  it("is a grid with row headers and described fields", async () => {
    await openWith(["a", "a"]);
    expect(await page.getByRole("group", { name: "Tracker" }).ariaSnapshot()).toContain(
      [
        '  - grid "Phrases 2":',
        "    - rowgroup:",
        '      - row "1 a Repeated by phrase 2. Move phrase 1 up Move phrase 1 down Remove phrase 1":',
        '        - rowheader "1"',
        '        - gridcell "a":',
        '          - textbox "Phrase 1": a',
      ].join("\n"),
    );
    await expect(phrase(2).getAttribute("aria-invalid")).resolves.toBe("true");
  });

  it("gives a screen reader a grid of described fields, and is silent while somebody types", async () => {
    await openWith([...phrases(2_000), "b!", "we talked about the offer number 3"]);
    await phrase(1).focus();
    await page.keyboard.press("ControlOrMeta+End");
    const session = await page.context().newCDPSession(page);
    const tree = async (role: string) => {
      const { nodes } = await session.send("Accessibility.getFullAXTree");
      return nodes
        .filter((node) => !node.ignored && node.role?.value === role)
        .map(({ name, description, properties = [], childIds = [] }) => ({
          name: name?.value,
          description: description?.value,
          parts: childIds.map((id) => nodes.find(({ nodeId }) => nodeId === id)?.role?.value),
          ...Object.fromEntries(properties.map(({ name, value }) => [name, value.value])),
        }));
    };
    expect(await tree("grid")).toEqual([
      expect.objectContaining({
        name: "Phrases 2,002",
        description: expect.stringContaining("Enter adds one below"),
        multiselectable: true,
      }),
    ]);
    const shown = await tree("row");
    expect(shown.length).toBeLessThan(60);
    for (const { parts } of shown)
      expect(parts).toEqual(expect.arrayContaining(["rowheader", "gridcell", "gridcell"]));
    const fields = await tree("textbox");
    expect(fields).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "Phrase 2,000", invalid: "false", description: undefined }),
        expect.objectContaining({
          name: "Phrase 2,001",
          invalid: "false",
          description: "“!” is not spoken.",
        }),
        expect.objectContaining({
          name: "Phrase 2,002",
          invalid: "true",
          description: "Repeats phrase 4.",
        }),
      ]),
    );
    const silent = [
      expect.objectContaining({ live: "polite", parts: [] }),
      expect.objectContaining({ live: "polite", parts: [] }),
    ];
    expect(await tree("status")).toEqual(silent);
    for (const key of "123") {
      await page.keyboard.press("Backspace");
      await page.keyboard.press(key);
      expect(await tree("status")).toEqual(silent);
    }
    await page.keyboard.press("Backspace");
    await page.keyboard.type("4");
    // After a pause it says once what is wrong now.
    await eventually(async () => (await tree("status")).flatMap(({ parts }) => parts)).toEqual([
      "StaticText",
    ]);
  });

  it("speaks Arabic from right to left where the page does", async () => {
    await open(undefined, {
      script: `
        import { arabic } from "/pkg/dist/editor/translations/ar.js";
        api.addTranslations("ar", arabic);
        document.documentElement.lang = "ar-EG";
        document.documentElement.dir = "rtl";
      `,
    });
    await load(["خصم", "خصم", "خصم"]);
    await page.getByRole("textbox", { name: "الاسم" }).waitFor();
    expect(
      await page
        .getByRole("button", { name: "تكرر العبارة ١." })
        .or(page.getByRole("button", { name: "تكرر العبارة 1." }))
        .count(),
    ).toBe(2);
    await page.getByText("مشكلتان", { exact: true }).waitFor();
    const number = page.getByRole("rowheader").first();
    const [header, field] = [
      await number.boundingBox(),
      await page.getByRole("grid").getByRole("textbox").first().boundingBox(),
    ];
    expect(header?.x).toBeGreaterThan(field?.x ?? Infinity);
    expect(relevant(await violations())).toEqual([]);
    // Back to English, and in words of the page's own.
    await page.evaluate(() => document.documentElement.setAttribute("lang", "en"));
    await button("Add phrase").waitFor();
    await withEditor((editor) => {
      editor.translations = {
        add: "One more",
        "issues.count": { one: "{count} thing", other: "{count} things" },
      };
    });
    await button("One more").waitFor();
    await page.getByText("2 things").waitFor();
  });

  it("has every sentence in Arabic", async () => {
    const [{ arabic }, { english }] = await Promise.all([
      import("../../pkg/src/editor/translations/ar.js"),
      import("../../pkg/src/editor/translations/en.js"),
    ]);
    expect(Object.keys(english).filter((key) => !(key in arabic) && key !== "review.from")).toEqual([]);
    const names = (message: unknown) => new Set(JSON.stringify(message).match(/\{\w+\}/g));
    for (const [key, message] of Object.entries(arabic))
      expect([...names(english[key as keyof typeof english])], key).toEqual(
        expect.arrayContaining([...names(message)]),
      );
    await open();
    await eventually(() => page.title()).toBe("Editor");
  });
});
