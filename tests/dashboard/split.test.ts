// The limits in the editor: a tracker over 1 MB can be split, a full account is reported before sending, and a taken
// name while it is typed.

import { beforeEach, describe, expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  dialog,
  eventually,
  inChromium,
  name,
  page,
  phrase,
  pick,
  row,
  SAMPLE,
  sandbox,
  status,
} from "./dashboard.js";

const table = () => page.getByRole("table", { name: "Trackers" });
const link = (label: string) => table().getByRole("link", { name: label, exact: true });

/** How many phrases the tracker that is opened by {@link openLarge} has. */
const LARGE = 10_000;

/** Opens a tracker just below the limit, and makes its first phrase so long that it is over the limit. */
async function openLarge(): Promise<void> {
  const vocabulary = Array.from({ length: LARGE }, (_, index) => `${index} `.padEnd(100, "words "));
  await colleague("POST", "tracker", { name: "Large", vocabulary });
  await button("Refresh").click();
  await pick("Large");
  await phrase(1).fill("more words ".repeat(7000));
  await page.getByText("Remove phrases, or split it.").waitFor();
}

const splitButton = () => page.getByRole("main").getByRole("button", { name: "Split…" });

/** Fills the account until it has this many trackers. */
async function fill(total: number): Promise<void> {
  const { trackers } = (await colleague("GET", "trackers")) as { trackers: unknown[] };
  const created = Array.from({ length: total - trackers.length }, (_, index) => ({
    name: `Filler ${index}`,
    vocabulary: ["one", "two", "three", "four", "five"],
  }));
  await colleague("POST", "trackers", created);
}

inChromium("limits", () => {
  beforeEach(() => {
    sandbox.changeSettings({ update: "replace" });
    return link(SAMPLE.name).waitFor();
  });

  describe("a tracker over the limit", () => {
    test("is split after the dialog has said what that means", async () => {
      await colleague("POST", "tracker", { name: "Large (2)", vocabulary: ["taken"] });
      await openLarge();
      await splitButton().click();
      const text = () => dialog("Split “Large”").textContent();
      await eventually(text).toContain("“Large” is 1.1 MB; the limit is 1 MB.");
      await eventually(text).toContain(
        "It would become 2 trackers: the first keeps its id, 1 is new and gets an id of its own.",
      );
      await eventually(text).toContain("Large (3)");
      await eventually(text).toContain("The account then has 4 of 500 trackers.");
      await button("Split into 2 trackers").click();
      await link("Large (3)").waitFor();
      expect(changes()).toHaveLength(2);

      // Both are sent, and together they have all phrases.
      await button("Update tracker").click();
      await eventually(() => status()).toMatch(/^Applied/);
      await link("Large (3)").click();
      await eventually(() => name().inputValue()).toBe("Large (3)");
      await button("Create tracker").click();
      await eventually(() => row("Large (3)").textContent()).not.toContain("not created yet");
      const { trackers } = (await colleague("GET", "trackers")) as { trackers: { vocabulary: string[] }[] };
      expect(trackers.flatMap(({ vocabulary }) => vocabulary)).toHaveLength(LARGE + 5);
    });

    test("is whole again after one undo, and cancelling changes nothing", async () => {
      await openLarge();
      await splitButton().click();
      await page.keyboard.press("Escape");
      await eventually(() => row("Large").textContent()).toContain("10,000");
      await splitButton().click();
      await button("Split into 2 trackers").click();
      await link("Large (2)").waitFor();
      await eventually(() => table().getByRole("cell", { name: "10,000" }).count()).toBe(0);
      await button("Undo").click();
      await table().getByRole("cell", { name: "10,000" }).waitFor();
    });

    test("has its other issues fixed first", async () => {
      await openLarge();
      await name().fill(" ");
      await splitButton().click();
      await dialog("Split the tracker").getByText("Fix its other issues first.").waitFor();
      await button("Close").click();
      await eventually(() => page.getByRole("dialog").count()).toBe(0);
    });
  });

  describe("a full account", () => {
    test("says so before anything is sent, until the list says otherwise", async () => {
      await fill(500);
      await button("Refresh").click();
      await page.getByText("500 of 500 trackers", { exact: true }).waitFor();
      await page.getByText("The account is full.").waitFor();
      const before = changes().length;
      await button("New tracker").click();
      await name().fill("One more");
      await button("Add phrase").click();
      await phrase(1).fill("one more");
      await page.getByRole("main").getByText("The account has 500 of 500 trackers.").waitFor();
      await button("Create tracker").click();
      await eventually(() => status()).toMatch(/^Not sent\. The account has 500 of 500 trackers\./);
      expect(changes()).toHaveLength(before);

      await colleague("DELETE", `tracker/${SAMPLE.id}`);
      await button("Refresh the list").click();
      await page.getByText("Only 1 more can be created.").waitFor();
      await button("Create tracker").click();
      await eventually(() => status()).toMatch(/^Applied/);
    });

    test("all 500 are in the table, with their figures", async () => {
      await colleague("POST", "tracker", {
        name: "Large",
        vocabulary: Array.from({ length: 30_000 }, (_, index) => `phrase number ${index}`),
      });
      await fill(500);
      await page.reload();
      await eventually(() => table().getByRole("row").count()).toBe(501);
      await eventually(() => table().getByRole("cell", { name: "…", exact: true }).count()).toBe(0);
      await eventually(() => row("Large").textContent()).toMatch(/30,000.*KB/);
      await page.getByRole("searchbox").fill("number 29999");
      await eventually(() => table().getByRole("row").count()).toBe(2);
      await page.getByRole("searchbox").fill("");
      await eventually(() => table().getByRole("row").count()).toBe(501);
      // The row of the tracker that is open is in view.
      await page.goto(`${page.url().split("#")[0]}#/tracker/${SAMPLE.id}`);
      await page.reload();
      await eventually(() => name().inputValue()).toBe(SAMPLE.name);
      await eventually(async () => (await link(SAMPLE.name).boundingBox())?.y).toBeLessThan(800);
    });
  });

  describe("a name", () => {
    test("that is taken is told while typing, with a link to the tracker that has it", async () => {
      await colleague("POST", "tracker", { name: "Refunds", vocabulary: ["money back"] });
      await button("Refresh").click();
      await link("Refunds").waitFor();
      await button("New tracker").click();
      const notice = page.getByText("Another tracker has this name:");
      await name().fill("Refunds");
      await notice.waitFor();
      await name().fill("refunds ");
      await page.getByText("The names only differ in upper case or spaces").waitFor();
      await expect(notice.count()).resolves.toBe(0);
      await name().fill("Refunds");
      await notice.getByRole("link", { name: "Refunds" }).click();
      await eventually(() => phrase(1).inputValue()).toBe("money back");
      // Its own name is not taken, but another tracker of that name waits to be created.
      await page.getByText("(not created yet)").waitFor();
      await link("Refunds").first().click();
      // Both have this name; the new one has no phrases.
      await eventually(() => phrase(1).count()).toBe(0);
      await name().fill("Returns");
      await link("Refunds").click();
      await eventually(() => notice.count()).toBe(0);
    });
  });
});
