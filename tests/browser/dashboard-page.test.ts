// The dashboard as a page: small and dark screens, assistive technology, no service, production.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { build, preview } from "vite";
import { describe, expect, it } from "vitest";
import {
  answer,
  button,
  changes,
  config,
  eventually,
  focused,
  inChromium,
  KEPT,
  name,
  open,
  openJson,
  PHONE,
  page,
  phrase,
  rows,
  SAMPLE,
  service,
  status,
  update,
} from "./dashboard.js";

/** What stands over the edges of the screen to the side. */
const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** Rules of WCAG that the page breaks as it stands, and where. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** The screens that people meet, one after the other. */
const SCREENS: Record<string, () => Promise<unknown>> = {
  "a tracker": async () => {},
  suggestions: () => phrase(2).fill("Could you please tell me about the sale?"),
  "a list to paste": () => button("Paste list…").click(),
  "a deletion to confirm": async () => {
    await page.keyboard.press("Escape");
    await button("Delete…").click();
  },
  "an update applied": async () => {
    await button("Keep it").click();
    await update().click();
    await eventually(status).toContain("Applied.");
  },
  "issues of the form": async () => {
    await name().fill("");
    await phrase(3).fill(KEPT[0] as string);
    await update().click();
  },
  "issues of the JSON": async () => {
    await openJson({ ...SAMPLE, id: 1 });
    await update().click();
  },
  "a refusal": async () => {
    await openJson(SAMPLE);
    await page.getByLabel("Simulate").selectOption("409: the name is taken");
    await update().click();
    await eventually(status).toContain("Not applied.");
  },
};

inChromium("the page", () => {
  describe.each([
    { colorScheme: "light" },
    { colorScheme: "dark" },
    { colorScheme: "dark", viewport: PHONE, hasTouch: true },
  ] as const)("%o", (screen) => {
    it("breaks no rule of accessibility, and fits", async () => {
      await open(screen);
      for (const [title, show] of Object.entries(SCREENS)) {
        await show();
        expect.soft(await violations(), title).toEqual([]);
        expect.soft(await overflow(), title).toBe(0);
      }
    });
  });

  it("shows all of a long issue on a phone once its row is tapped, and moves no row", async () => {
    await open({ viewport: PHONE, hasTouch: true });
    await phrase(1).fill("Could you please, that is, tell me about the sale, or a discount?");
    await phrase(2).fill("a special!");
    const note = rows().first().getByText("carries no meaning");
    const hidden = () => note.evaluate((element) => element.scrollHeight - element.clientHeight);
    const places = () =>
      rows().evaluateAll((all) => all.map((row) => JSON.stringify(row.getBoundingClientRect())));
    expect(await hidden()).toBeGreaterThan(0);
    const before = await places();

    await note.tap();
    expect(await focused()).toBe("Phrase 1");
    expect(await hidden()).toBe(0);
    expect(await places()).toEqual(before);
    // It lies over the next row.
    const box = await note.boundingBox();
    const bottom = (box?.y ?? 0) + (box?.height ?? 0) - 3;
    const top = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x as number, y as number)?.textContent,
      [(box?.x ?? 0) + 3, bottom],
    );
    expect(top).toContain("carries no meaning");
  });

  it("keeps the focus through whatever is done", async () => {
    await button("Paste list…").press("Enter");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("paste-open");
    await button("Delete…").press("Enter");
    expect(await focused()).toBe("Keep it");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("delete");

    // The row that is undone was where the focus is.
    await phrase(2).press("Enter");
    expect(await focused()).toBe("Phrase 3");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await focused()).toBe("Phrase 3");
    await button("Remove Phrase 4").press("Enter");
    expect(await focused()).toBe("Phrase 3");
    await button("Undo").press("Enter");
    expect(await focused()).toBe("undo");

    await phrase(1).press("ControlOrMeta+Enter");
    await eventually(status).toContain("Applied.");
    expect(await focused()).toBe("Phrase 1");

    await phrase(1).fill("on sale");
    await update().click();
    await button("Load what the service has").waitFor();
    await answer().getByText("As JSON").press("ControlOrMeta+Enter");
    await eventually(() => changes().length).toBe(3);
    expect(await focused()).toBe("send");

    for (let left = 4; left > 0; left--) await button("Remove Phrase 1").press("Enter");
    expect(await focused()).toBe("add");
    await button("Delete…").press("Enter");
    await button("Delete").press("Enter");
    await eventually(status).toBe("Deleted.");
    expect(await focused()).toBe("new");
  });

  it("says that the service cannot be reached, and reads the trackers once it can be", async () => {
    await service.stop();
    await open();
    expect(await status()).toMatch(
      /^The trackers could not be read\. The sandbox at 127\.0\.0\.1:\d+ cannot be reached/,
    );
    await service.start();
    await button("Try again").press("Enter");
    await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    expect(await focused()).toContain(SAMPLE.name);
    expect(await button("Try again").isVisible()).toBe(false);

    await service.stop();
    await update().click();
    await eventually(status).toMatch(
      /^Unknown whether applied\. The connection failed before an answer came/,
    );
    expect(await answer().textContent()).toContain("4 attempts");
    await service.start();
    await update().click();
    await eventually(status).toContain("Applied.");
    // The token of before is none any more, and the client fetches another.
    expect(changes().map((call) => call.status)).toEqual([401, 200]);
  });

  it("runs as a production build under its Content-Security-Policy", async () => {
    const outDir = await mkdtemp(join(tmpdir(), "dashboard-"));
    await build({ ...config, build: { outDir } });
    const server = await preview({ ...config, build: { outDir } });
    try {
      await open({ url: server.resolvedUrls?.local[0] });
      await update().click();
      await eventually(status).toContain("Applied.");
    } finally {
      await server.close();
      await rm(outDir, { recursive: true });
    }
  });
});
