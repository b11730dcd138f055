// Two tabs of one person: a tracker is edited in one of them at a time, and no tab overwrites what the other typed.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  context,
  eventually,
  inChromium,
  name,
  openTab,
  page,
  phrase,
  pick,
  row,
  SAMPLE,
  sandbox,
  status,
} from "./dashboard.js";

const ADDRESS = `#/tracker/${SAMPLE.id}`;
const [FIRST = ""] = SAMPLE.vocabulary;

const elsewhere = (tab: Page) => tab.getByText("This tracker is being edited in another tab");
const taken = (tab: Page) => tab.getByText("Another tab took over");
const text = (tab: Page) => phrase(1, tab).inputValue();
const canType = (tab: Page) => phrase(1, tab).isEditable();

async function type(text: string, tab: Page, field = phrase(1, tab)): Promise<void> {
  await eventually(() => field.isEditable()).toBe(true);
  await field.click();
  await tab.keyboard.press("End");
  await tab.keyboard.type(text);
}

/** Closes the open tracker. */
const leave = (tab: Page) => tab.evaluate(() => location.assign("#/"));

inChromium("two tabs", () => {
  test("the second tab shows the tracker, and takes it over", async () => {
    await pick();
    await type(" next", page);
    const second = await openTab(ADDRESS);
    await elsewhere(second).waitFor();
    await eventually(() => text(second)).toBe(`${FIRST} next`);
    await expect(canType(second)).resolves.toBe(false);
    // What is typed right before is there, too.
    await type(" week", page);
    await button("Take over", second).click();
    await eventually(() => canType(second)).toBe(true);
    await expect(text(second)).resolves.toBe(`${FIRST} next week`);
    await expect(elsewhere(second).isVisible()).resolves.toBe(false);
    await taken(page).waitFor();
    await expect(canType(page)).resolves.toBe(false);
    // The first tab shows the edits, and takes the tracker over again.
    await type(" or later", second);
    await eventually(() => text(page)).toBe(`${FIRST} next week or later`);
    await button("Take over").click();
    await eventually(() => canType(page)).toBe(true);
    await expect(text(page)).resolves.toBe(`${FIRST} next week or later`);
    await taken(second).waitFor();
    await type("!", page);
    await page.waitForTimeout(500);
    await page.reload();
    await eventually(() => text(page)).toBe(`${FIRST} next week or later!`);
  });

  test("a tracker that is being edited in another tab is not renamed", async () => {
    await pick();
    await type(" next week", page);
    const second = await openTab();
    await row(SAMPLE.name, second).getByText("edited").first().waitFor();
    await button(`Actions for ${SAMPLE.name}`, second).click();
    await second.getByRole("menuitem", { name: "Rename" }).click();
    await second.getByText("It is being edited in another tab.").waitFor();
    await second.keyboard.type("Offers");
    await second.keyboard.press("Enter");
    await second.waitForTimeout(500);
    expect(changes()).toEqual([]);
    // It is renamed once the other tab has left it.
    await leave(page);
    await second.getByText("It is being edited in another tab.").waitFor({ state: "detached" });
    await second.keyboard.press("Enter");
    await eventually(() => row("Offers", second).count()).toBe(1);
  });

  test("a deletion in another tab does not remove what is being typed", async () => {
    await pick();
    await type(" next week", page);
    const second = await openTab();
    await row(SAMPLE.name, second).getByText("edited").first().waitFor();
    await button(`Actions for ${SAMPLE.name}`, second).click();
    await second.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("button", { name: "Create again" }).first().waitFor();
    await page.waitForTimeout(1000);
    await page.reload();
    await eventually(() => text(page)).toBe(`${FIRST} next week`);
  });

  test("nothing can be sent from a tab that only shows the tracker", async () => {
    await pick();
    await type(" next week", page);
    const second = await openTab(ADDRESS);
    await elsewhere(second).waitFor();
    await eventually(() => text(second)).toBe(`${FIRST} next week`);
    await expect(button("Update tracker", second).getAttribute("aria-disabled")).resolves.toBe("true");
  });

  for (const [how, end] of [
    ["is closed", (tab: Page) => tab.close()],
    [
      "crashes",
      async (tab: Page) => {
        const session = await tab.context().newCDPSession(tab);
        const crashed = new Promise((resolve) => tab.once("crash", resolve));
        session.send("Page.crash").catch(() => {});
        await crashed;
      },
    ],
    ["shows something else", leave],
  ] as const) {
    test(`the second tab goes on when the first ${how}`, async () => {
      await pick();
      const second = await openTab(ADDRESS);
      await elsewhere(second).waitFor();
      await type(" next week", page);
      await page.waitForTimeout(500);
      await end(page);
      await eventually(() => canType(second)).toBe(true);
      await expect(text(second)).resolves.toBe(`${FIRST} next week`);
    });
  }

  test("the tab that takes over gets it, not one that has waited longer", async () => {
    await pick();
    const second = await openTab(ADDRESS);
    await elsewhere(second).waitFor();
    const third = await openTab(ADDRESS);
    await elsewhere(third).waitFor();
    await button("Take over", third).click();
    await eventually(() => canType(third)).toBe(true);
    await taken(page).waitFor();
    await expect(canType(second)).resolves.toBe(false);
    await third.close();
    await eventually(async () => [await canType(page), await canType(second)].filter(Boolean)).toHaveLength(
      1,
    );
  });

  test("a tab that does not respond loses the tracker, and overwrites nothing when it does again", async () => {
    await pick();
    await type(" next", page);
    await page.waitForTimeout(500);
    const second = await openTab(ADDRESS);
    await elsewhere(second).waitFor();
    const busy = page.evaluate(() => {
      const end = Date.now() + 4000;
      while (Date.now() < end);
    });
    // This is typed while the tab is blocked, and is processed after another tab has taken the tracker over.
    const typing = page.keyboard.type("?");
    await button("Take over", second).click();
    await eventually(() => canType(second)).toBe(true);
    await type(" week", second);
    await busy;
    await typing;
    await taken(page).waitFor();
    await eventually(() => text(page)).toBe(`${FIRST} next week`);
    await second.waitForTimeout(500);
    await second.reload();
    await eventually(() => text(second)).toBe(`${FIRST} next week`);
  });

  test("different trackers are edited side by side", async () => {
    const { tracker } = (await colleague("POST", "tracker", {
      name: "Refunds",
      vocabulary: ["money back"],
    })) as {
      tracker: { id: string };
    };
    await pick();
    const second = await openTab(`#/tracker/${tracker.id}`);
    await type(" next week", page);
    await type(" guarantee", second);
    await type("!", page);
    await page.waitForTimeout(500);
    await Promise.all([page.reload(), second.reload()]);
    await eventually(() => text(page)).toBe(`${FIRST} next week!`);
    await eventually(() => text(second)).toBe("money back guarantee");
    // Undoing in one tab leaves the other's edits alone.
    await button("Undo").click();
    await eventually(() => text(page)).toBe(FIRST);
    await page.waitForTimeout(500);
    await second.reload();
    await eventually(() => text(second)).toBe("money back guarantee");
  });

  test("what one tab sends, the other shows", async () => {
    sandbox.changeSettings({ update: "replace" });
    const second = await openTab();
    await pick();
    await type(" today", page, name());
    await row(`${SAMPLE.name} today`, second).waitFor();
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await leave(page);
    await pick(`${SAMPLE.name} today`, second);
    await second.waitForTimeout(500);
    // The new version is the base in both tabs: nothing is edited, and the next update is not stale.
    await expect(button("Discard", second).isVisible()).resolves.toBe(false);
    await type("!", second);
    await button("Update tracker", second).click();
    await eventually(() => status(second)).toMatch(/^Applied/);
  });

  test("what one tab discards is not brought back by the other", async () => {
    await pick();
    await type(" next week", page);
    await page.waitForTimeout(500);
    await page.reload();
    // It has restored the edits as well, and only shows them.
    const second = await openTab(ADDRESS);
    await elsewhere(second).waitFor();
    await eventually(() => text(second)).toBe(`${FIRST} next week`);
    await button("Discard").click();
    await eventually(() => text(second)).toBe(FIRST);
    await page.close();
    await eventually(() => canType(second)).toBe(true);
    await second.waitForTimeout(500);
    await second.reload();
    await eventually(() => text(second)).toBe(FIRST);
  });

  test("a tab that restored edits does not overwrite newer ones", async () => {
    await pick();
    await type(" next", page);
    await page.waitForTimeout(500);
    // Both tabs have the edits; only one can change them.
    const second = await openTab();
    await type(" week", page);
    await page.waitForTimeout(500);
    await page.close();
    await pick(SAMPLE.name, second);
    await eventually(() => text(second)).toBe(`${FIRST} next week`);
  });

  test("where there are no Web Locks, every tab can edit", async () => {
    await page.close();
    await context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
    });
    const first = await openTab(ADDRESS);
    const second = await openTab(ADDRESS);
    await type(" next week", first);
    await first.waitForTimeout(500);
    await type("!", second);
    await expect(elsewhere(second).isVisible()).resolves.toBe(false);
    await first.reload();
    await eventually(() => text(first)).toContain(FIRST);
  });
});
