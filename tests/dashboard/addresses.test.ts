// Every tracker has an address, which survives a reload and the back button; the title and the focus follow it.

import { beforeEach, describe, expect, test } from "vitest";
import {
  button,
  colleague,
  eventually,
  inChromium,
  name,
  openContext,
  page,
  phrase,
  pick,
  SAMPLE,
  sandbox,
  status,
  url,
} from "./dashboard.js";

const link = (label: string) =>
  page.getByRole("table", { name: "Trackers" }).getByRole("link", { name: label, exact: true });
const focused = () => page.evaluate(() => document.activeElement?.textContent);
const title = () => page.title();

inChromium("addresses", () => {
  beforeEach(() => {
    sandbox.changeSettings({ update: "replace" });
    return link(SAMPLE.name).waitFor();
  });

  test("a tracker is open again after a reload, and back and forward go between trackers", async () => {
    await colleague("POST", "tracker", { name: "Refunds", vocabulary: ["money back"] });
    await button("Refresh").click();
    await pick();
    await eventually(title).toBe("Promotion Mention – Trackers");
    await pick("Refunds");
    await eventually(title).toBe("Refunds – Trackers");
    await page.reload();
    await eventually(() => name().inputValue()).toBe("Refunds");
    await page.goBack();
    await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    await eventually(title).toBe("Promotion Mention – Trackers");
    await eventually(focused).toBe(SAMPLE.name);
    await page.goBack();
    await eventually(title).toBe("Trackers");
    await page.goForward();
    await page.goForward();
    await eventually(() => name().inputValue()).toBe("Refunds");
    await eventually(() => link("Refunds").getAttribute("aria-current")).toBe("page");
  });

  test("an address without a tracker says so, and leads to the list", async () => {
    await openContext({ viewport: { width: 390, height: 844 } }, "#/tracker/none");
    await page.getByRole("heading", { name: "There is no tracker at this address" }).waitFor();
    await eventually(title).toBe("No such tracker – Trackers");
    await page.getByRole("link", { name: "Show all trackers" }).click();
    // On a narrow screen, too, where the list is a drawer otherwise.
    await expect(link(SAMPLE.name).click()).resolves.toBeUndefined();
    await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    await eventually(() => link(SAMPLE.name).count()).toBe(0);
  });

  test("an address that is none is the list", async () => {
    await page.goto(`${url}#/%E0%A4%A/x`);
    await page.reload();
    await link(SAMPLE.name).waitFor();
    await eventually(title).toBe("Trackers");
  });

  test("the title follows the name, and the address the new tracker that is created", async () => {
    await button("New tracker").click();
    await eventually(title).toBe("New tracker – Trackers");
    await name().fill("Refunds");
    await eventually(title).toBe("Refunds – Trackers");
    await button("Add phrase").click();
    await phrase(1).fill("money back");
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await eventually(() => page.url()).toMatch(/#\/tracker\/\d+$/);
    // The back button skips the address of what is created now.
    await page.goBack();
    await eventually(title).toBe("Trackers");
  });

  describe("a tracker that someone else deletes", () => {
    test("stays as an edit, and is created again as a new tracker", async () => {
      await pick();
      await phrase(1).fill("mine");
      await colleague("DELETE", `tracker/${SAMPLE.id}`);
      await button("Refresh").click();
      await page.getByText("This tracker was deleted.").waitFor();
      await expect(phrase(1).inputValue()).resolves.toBe("mine");
      await button("Create again").click();
      await eventually(() => page.url()).toContain("#/new/");
      await button("Create tracker").click();
      await eventually(() => status()).toMatch(/^Applied/);
      await expect(colleague("GET", "trackers")).resolves.toMatchObject({
        trackers: [{ name: SAMPLE.name, vocabulary: ["mine", ...SAMPLE.vocabulary.slice(1)] }],
      });
    });

    test("can be discarded", async () => {
      await pick();
      await phrase(1).fill("mine");
      await colleague("DELETE", `tracker/${SAMPLE.id}`);
      await button("Refresh").click();
      await page.getByText("This tracker was deleted.").waitFor();
      await button(`Actions for ${SAMPLE.name}`).click();
      await page.getByRole("menuitem", { name: "Discard" }).click();
      await page.getByText("Discarded “Promotion Mention”.").waitFor();
      await eventually(() => link(SAMPLE.name).count()).toBe(0);
      await page.reload();
      await page.getByText("This account has no trackers yet.").waitFor();
    });
  });
});
