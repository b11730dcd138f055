// The screen at every width, with large text, in all colours and on paper.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  button,
  colleague,
  context,
  eventually,
  inChromium,
  name,
  openContext,
  page,
  phrase,
  pick,
  SAMPLE,
} from "./dashboard.js";

const SCREENS = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 640, height: 400 },
  { width: 900, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

const HASH = `#/tracker/${SAMPLE.id}`;

/** How far each box that scrolls on its own could be scrolled sideways, and the page itself, in pixels. */
const sideways = () =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll("main, .trackers, .bar")].map((element) => {
      const scrolls =
        getComputedStyle(element).overflowX !== "visible" || element === document.documentElement;
      return scrolls ? Math.max(0, element.scrollWidth - element.clientWidth) : 0;
    }),
  );

/** Opens the sample's tracker by its address, in a new context. */
async function openSample(screen: Parameters<typeof openContext>[0]): Promise<void> {
  await openContext(screen, HASH);
  await eventually(() => name().inputValue()).toBe(SAMPLE.name);
}

inChromium("the layout", () => {
  describe.each(SCREENS)("$width × $height", (viewport) => {
    test("shows the editor and the button that sends, and nothing is cut off sideways", async () => {
      await openSample({ viewport });
      for (const element of [phrase(1), button("Update tracker")]) {
        const box = await element.boundingBox();
        expect(box?.y).toBeGreaterThanOrEqual(0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      }
      expect(await sideways()).toSatisfy((all: number[]) => all.every((pixels) => pixels === 0));
    });
  });

  test("the list, the editor and the page scroll on their own", async () => {
    const trackers = Array.from({ length: 60 }, (_, index) => ({
      name: `Tracker ${index}`,
      vocabulary: ["hello"],
    }));
    await colleague("POST", "trackers", trackers);
    await openSample({ viewport: { width: 1280, height: 500 } });
    await eventually(() =>
      page.getByRole("table", { name: "Trackers" }).getByRole("row").count(),
    ).toBeGreaterThan(60);
    const rows = page.getByRole("table", { name: "Trackers" }).getByRole("row");
    await rows.last().scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => document.scrollingElement?.scrollTop)).toBe(0);
    expect(await phrase(1).boundingBox()).toMatchObject({ y: expect.any(Number) });
    await expect(button("Update tracker").isVisible()).resolves.toBe(true);
  });

  test("on a narrow screen the list is a drawer that Escape closes", async () => {
    await openSample({ viewport: { width: 390, height: 844 } });
    const table = page.getByRole("table", { name: "Trackers" });
    await expect(table.isVisible()).resolves.toBe(false);
    await button("All trackers").click();
    await expect(table.isVisible()).resolves.toBe(true);
    await page.keyboard.press("Escape");
    await expect(table.isVisible()).resolves.toBe(false);
    await expect(
      button("All trackers").evaluate((element) => element === document.activeElement),
    ).resolves.toBe(true);
  });

  test("follows the browser's font size", async () => {
    await openSample({ viewport: { width: 1280, height: 800 } });
    const size = () =>
      button("Update tracker").evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    const normal = await size();
    const session = await context.newCDPSession(page);
    await session.send("Page.setFontSizes", { fontSizes: { standard: 32 } });
    await page.reload();
    await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    expect(await size()).toBeCloseTo(2 * normal, 1);
    expect(await sideways()).toSatisfy((all: number[]) => all.every((pixels) => pixels === 0));
    await expect(phrase(1).isVisible()).resolves.toBe(true);
  });

  test("no text is smaller than 12 pixels", async () => {
    await openSample({});
    await button("Details").click();
    const smallest = await page.evaluate(() => {
      const sizes = [...document.querySelectorAll("body *")].flatMap((element) => {
        const hasText = [...element.childNodes].some(
          (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim(),
        );
        return hasText ? [Number.parseFloat(getComputedStyle(element).fontSize)] : [];
      });
      return Math.min(...sizes);
    });
    expect(smallest).toBeGreaterThanOrEqual(12);
  });

  test("hardly moves while it loads", async () => {
    await openSample({});
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries())
              sum += (entry as PerformanceEntry & { value: number }).value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 300);
        }),
    );
    expect(shift).toBeLessThan(0.1);
  });

  test("prints all phrases", async () => {
    const vocabulary = Array.from({ length: 300 }, (_, index) => `a phrase with the number ${index}`);
    await colleague("POST", "trackers", [{ name: "Long", vocabulary }]);
    await openContext();
    await pick("Long");
    await page.evaluate(() => {
      addEventListener("afterprint", () => Reflect.set(window, "printed", true));
    });
    const pages = (pdf: Buffer) => [...pdf.toString("latin1").matchAll(/\/Type \/Page\b/g)].length;
    expect(pages(await page.pdf())).toBeGreaterThan(4);
    await expect(page.getByText("a phrase with the number 299").count()).resolves.toBe(0);
  });
});

const axe = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

inChromium("axe", () => {
  test.each(["light", "dark", "forced"] as const)("finds nothing in %s colours", async (colours) => {
    await openSample(colours === "forced" ? { forcedColors: "active" } : { colorScheme: colours });
    await button("Details").click();
    // The page's policy forbids a script element; the debugger may evaluate.
    const session = await context.newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: axe });
    const violations = await page.evaluate(async () => {
      const { violations } = await Reflect.get(window, "axe").run();
      return violations.map(
        ({ id, nodes }: { id: string; nodes: { html: string }[] }) => `${id}: ${nodes[0]?.html}`,
      );
    });
    expect(violations).toEqual([]);
  });
});
