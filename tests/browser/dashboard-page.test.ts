// The dashboard as a page: small and dark screens, accessibility, an unavailable service, the production build.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import { build, preview } from "vite";
import { describe, expect, it } from "vitest";
import {
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
  response,
  rows,
  SAMPLE,
  service,
  status,
  update,
} from "./dashboard.js";

/** By how many pixels the page is wider than the screen. */
const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** The accessibility rules that the page violates, and where. */
async function violations(): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}

/** The states of the screen to check, each reached from the previous one. */
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
    it("has no accessibility violations and fits the screen", async () => {
      await open(screen);
      for (const [title, show] of Object.entries(SCREENS)) {
        await show();
        expect.soft(await violations(), title).toEqual([]);
        expect.soft(await overflow(), title).toBe(0);
      }
    });
  });

  it("shows all of a long issue on a phone when its row is tapped, without moving any row", async () => {
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
    // It covers the next row.
    const box = await note.boundingBox();
    const bottom = (box?.y ?? 0) + (box?.height ?? 0) - 3;
    const top = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x as number, y as number)?.textContent,
      [(box?.x ?? 0) + 3, bottom],
    );
    expect(top).toContain("carries no meaning");
  });

  it("keeps the focus after every command", async () => {
    await button("Paste list…").press("Enter");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe("paste-open");
    await button("Delete…").press("Enter");
    expect(await focused()).toBe("Keep it");
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("delete");

    // The focused row is the one that undo removes.
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
    await button("Load the service’s version").waitFor();
    await response().getByText("As JSON").press("ControlOrMeta+Enter");
    await eventually(() => changes().length).toBe(3);
    expect(await focused()).toBe("send");

    for (let left = 4; left > 0; left--) await button("Remove Phrase 1").press("Enter");
    expect(await focused()).toBe("add");
    await button("Delete…").press("Enter");
    await button("Delete").press("Enter");
    await eventually(status).toBe("Deleted.");
    expect(await focused()).toBe("new");
  });

  it("reports that the service cannot be reached, and loads the trackers when it can", async () => {
    await service.stop();
    await open();
    expect(await status()).toMatch(
      /^The trackers could not be loaded\. The sandbox at 127\.0\.0\.1:\d+ cannot be reached/,
    );
    await service.start();
    await button("Try again").press("Enter");
    await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    expect(await focused()).toContain(SAMPLE.name);
    expect(await button("Try again").isVisible()).toBe(false);

    await service.stop();
    await update().click();
    await eventually(status).toMatch(
      /^Unknown whether applied\. The connection failed before a response arrived/,
    );
    // Four attempts to update, then four to find out whether the update was applied.
    expect(await response().textContent()).toContain("8 attempts");
    await service.start();
    await update().click();
    await eventually(status).toContain("Applied.");
    // The old token is no longer valid, so the client fetches a new one.
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
