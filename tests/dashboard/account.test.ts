// The table of trackers: what it shows, searching, sorting, refreshing, and what can be done with a tracker in it.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { beforeEach, describe, expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  eventually,
  inChromium,
  name,
  openContext,
  page,
  phrase,
  pick,
  row,
  SAMPLE,
  sandbox,
  status,
} from "./dashboard.js";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const table = () => page.getByRole("table", { name: "Trackers" });
const link = (label: string) => table().getByRole("link", { name: label, exact: true });
const search = () => page.getByRole("searchbox", { name: "Search names and phrases" });
const deletions = () => page.getByRole("region", { name: "Deletions" });
/** The names in the table, in order. */
const names = () => table().getByRole("rowheader").getByRole("link").allTextContents();
const cells = (label: string) => row(label).getByRole("cell").allTextContents();
const focused = () => page.evaluate(() => document.activeElement?.textContent);

/** Creates trackers as a colleague would, not with the dashboard. */
async function create(...trackers: [string, string[]][]): Promise<string[]> {
  const body = trackers.map(([label, vocabulary]) => ({ name: label, vocabulary }));
  const { trackers: created } = (await colleague("POST", "trackers", body)) as { trackers: { id: string }[] };
  return created.map(({ id }) => id);
}

/** How often the list was read. */
const reads = () =>
  sandbox
    .record()
    .requests.filter(
      ({ kind, method, url, endedAt }) =>
        kind === "management" && method === "GET" && url === "/v1/manage/trackers" && endedAt !== null,
    ).length;

async function refresh(): Promise<void> {
  // The list that is read at the start has arrived.
  await page.getByText(/^Read at \d\d:\d\d$/).waitFor();
  const before = reads();
  await button("Refresh").click();
  await eventually(reads).toBe(before + 1);
}

async function choose(label: string, action: string): Promise<void> {
  await button(`Actions for ${label}`).click();
  await page.getByRole("menuitem", { name: action }).click();
}

/** The violations that axe-core finds on the screen. */
async function violations(): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate(() =>
    (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(" ")}`),
  );
}

inChromium("the account", () => {
  beforeEach(() => {
    sandbox.changeSettings({ update: "replace" });
    return link(SAMPLE.name).waitFor();
  });

  describe("the table", () => {
    test("shows phrases, size, issues, and what was edited", async () => {
      await openContext({ viewport: { width: 1920, height: 900 } });
      await create(["Refunds", ["money back", "I want a refund"]]);
      await refresh();
      await eventually(() => cells("Refunds")).toEqual([
        "2",
        expect.stringMatching(/^\d+ bytes$/),
        "0",
        "",
        "⋯",
      ]);
      await pick("Refunds");
      await phrase(1).fill("");
      await eventually(() => cells("Refunds")).toEqual(["2", expect.anything(), "1", "edited", "⋯"]);
      await button("New tracker").click();
      await name().fill("Returns");
      await eventually(() => cells("Returns")).toContain("new, not created yet");
      await expect(page.getByText("2 of 500 trackers, and 1 not created yet").isVisible()).resolves.toBe(
        true,
      );
    });

    test("is sorted by each column, and the heading says so", async () => {
      await create(["Sale 10", ["a phrase"]], ["Sale 9", ["one", "two", "three"]]);
      await refresh();
      await eventually(names).toEqual(["Promotion Mention", "Sale 9", "Sale 10"]);
      await button("Phrases").click();
      await eventually(names).toEqual(["Promotion Mention", "Sale 9", "Sale 10"]);
      await button("Phrases").click();
      await eventually(names).toEqual(["Sale 10", "Sale 9", "Promotion Mention"]);
      await expect(
        page.getByRole("columnheader", { name: "Phrases" }).getAttribute("aria-sort"),
      ).resolves.toBe("ascending");
      await button("Name").click();
      await button("Name").click();
      await eventually(names).toEqual(["Sale 10", "Sale 9", "Promotion Mention"]);
    });

    test("shows names that are long, written from right to left, or invisible", async () => {
      const long = "x".repeat(2000);
      await create([long, ["a"]], ["מעקב אחר מבצעים", ["b"]], ["\u2028\u200b x", ["c"]]);
      await openContext({ viewport: { width: 320, height: 640 } });
      await eventually(async () => (await names()).length).toBe(4);
      const { width } = (await table().boundingBox()) as { width: number };
      expect(width).toBeLessThanOrEqual(320);
      const sideways = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll(".trackers, .list-rows, html")].map(
            (box) => box.scrollWidth - box.clientWidth,
          ),
        ),
      );
      expect(sideways).toBe(0);
      const { height } = (await row("xxx").first().boundingBox()) as { height: number };
      expect(height).toBeLessThan(120);
    });

    test("an account without trackers invites to create one", async () => {
      await colleague("DELETE", `tracker/${SAMPLE.id}`);
      await refresh();
      await expect(page.getByText("This account has no trackers yet.").waitFor()).resolves.toBeUndefined();
      await expect(
        page.getByRole("link", { name: "Create many from a file…" }).getAttribute("href"),
      ).resolves.toBe("#/create-many");
      expect(await violations()).toEqual([]);
      await button("New tracker").click();
      await expect(page.evaluate(() => document.activeElement?.localName)).resolves.toBe("tracker-editor");
    });

    test("arrow keys go from name to name, and Tab leaves the table", async () => {
      await create(["A", ["a"]], ["B", ["b"]]);
      await refresh();
      await link("A").focus();
      await page.keyboard.press("ArrowDown");
      await eventually(focused).toBe("B");
      await page.keyboard.press("End");
      await eventually(focused).toBe(SAMPLE.name);
      await page.keyboard.press("Home");
      await page.keyboard.press("Enter");
      await eventually(() => name().inputValue()).toBe("A");
      // The focus moves to the tracker that was opened.
      await eventually(() => page.evaluate(() => document.activeElement?.localName)).toBe("h2");
      await link("A").focus();
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await eventually(focused).toBe("Refresh");
    });
  });

  describe("the search", () => {
    test("finds names and phrases, says where, and Escape clears it", async () => {
      await create(["Café", ["we are open"]], ["Refunds", ["money back", "the CAFE is closed", "cafes"]]);
      await refresh();
      await search().fill("cafe");
      await eventually(names).toEqual(["Café", "Refunds"]);
      await eventually(() => row("Refunds").textContent()).toContain("the CAFE is closed");
      await eventually(() => row("Refunds").textContent()).toContain("and 1 more");
      await expect(page.getByText("2 of 3 found").isVisible()).resolves.toBe(true);
      await search().press("Escape");
      await eventually(async () => (await names()).length).toBe(3);
      await expect(search().inputValue()).resolves.toBe("");
    });

    test("finds what was typed and not sent", async () => {
      await pick();
      await phrase(1).fill("a zebra crossing");
      await search().fill("zebra");
      await eventually(names).toEqual([SAMPLE.name]);
      await search().fill("no such words");
      await eventually(names).toEqual([]);
      await expect(page.getByText("0 of 1 found").isVisible()).resolves.toBe(true);
    });
  });

  describe("refreshing", () => {
    test("shows what colleagues did, and leaves what is being edited alone", async () => {
      const [id] = await create(["Refunds", ["money back"]]);
      await refresh();
      await pick("Refunds");
      await phrase(1).fill("mine");
      await colleague("PUT", `tracker/${id}`, { id, name: "Refunds", vocabulary: ["theirs"] });
      await create(["Returns", ["give it back"]]);
      await refresh();
      await link("Returns").waitFor();
      await expect(phrase(1).inputValue()).resolves.toBe("mine");
      await expect(page.getByText(/^Read at \d\d:\d\d$/).isVisible()).resolves.toBe(true);
    });

    test("a failure says why, keeps what is shown, and can be tried again", async () => {
      sandbox.addFaults({ kind: "status", status: 403, times: 1 });
      await button("Refresh").click();
      await page.getByText("The trackers could not be read.").waitFor();
      await expect(link(SAMPLE.name).isVisible()).resolves.toBe(true);
      await page.getByRole("navigation").getByRole("button", { name: "Try again" }).click();
      await eventually(() => page.getByText("The trackers could not be read.").count()).toBe(0);
    });

    test("the list is read again when the page is looked at after five minutes, not before", async () => {
      await page.clock.install();
      await page.reload();
      await link(SAMPLE.name).waitFor();
      const before = reads();
      const look = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await page.clock.fastForward("04:30");
      await look();
      await page.clock.fastForward("00:31");
      expect(reads()).toBe(before);
      await look();
      await eventually(reads).toBe(before + 1);
    });
  });

  describe("renaming", () => {
    test("F2 and Enter send the new name at once", async () => {
      await link(SAMPLE.name).focus();
      await page.keyboard.press("F2");
      await page.keyboard.type("Offers");
      await page.keyboard.press("Enter");
      await eventually(() => status()).toMatch(/^Applied/);
      await eventually(names).toEqual(["Offers"]);
      await eventually(focused).toBe("Offers");
      expect(changes()).toHaveLength(1);
      await expect(colleague("GET", `tracker/${SAMPLE.id}`)).resolves.toMatchObject({
        tracker: { name: "Offers", vocabulary: SAMPLE.vocabulary },
      });
    });

    test("Escape changes nothing", async () => {
      await choose(SAMPLE.name, "Rename");
      await page.keyboard.type("Offers");
      await page.keyboard.press("Escape");
      await eventually(names).toEqual([SAMPLE.name]);
      await eventually(focused).toBe(SAMPLE.name);
      expect(changes()).toEqual([]);
    });

    test("a name that is half typed is kept by a reload and by a search that hides its row", async () => {
      await choose(SAMPLE.name, "Rename");
      await page.keyboard.type("Off");
      await page.reload();
      const field = page.getByRole("textbox", { name: `New name of ${SAMPLE.name}` });
      await eventually(() => field.inputValue()).toBe("Off");
      await search().fill("nothing like it");
      await eventually(() => field.count()).toBe(0);
      await search().fill("");
      await field.waitFor();
      await expect(search().evaluate((input) => document.activeElement === input)).resolves.toBe(true);
      await field.press("End");
      await page.keyboard.type("ers");
      await page.keyboard.press("Enter");
      await eventually(names).toEqual(["Offers"]);
      await eventually(() => status()).toMatch(/^Applied/);
      expect(changes()).toHaveLength(1);
    });

    test("a taken or blank name is not sent", async () => {
      await create(["Offers", ["a"]]);
      await refresh();
      await choose(SAMPLE.name, "Rename");
      const field = page.getByRole("textbox", { name: `New name of ${SAMPLE.name}` });
      await field.fill("Offers");
      await page.getByText("Another tracker has this name.").waitFor();
      await page.keyboard.press("Enter");
      await field.fill(" ");
      await page.keyboard.press("Enter");
      await page.getByText("A tracker needs a name.").waitFor();
      expect(changes()).toHaveLength(1);
    });

    test("with other edits, the name is changed and stays unsent", async () => {
      await pick();
      await phrase(1).fill("edited");
      await choose(SAMPLE.name, "Rename");
      await page.keyboard.type("Offers");
      await page.keyboard.press("Enter");
      await eventually(() => name().inputValue()).toBe("Offers");
      await page.getByText("Not sent yet: the tracker has other edits, too.").waitFor();
      expect(changes()).toEqual([]);
    });
  });

  test("a copy is a new tracker with a free name, and nothing is sent", async () => {
    await create([`Copy of ${SAMPLE.name}`, ["a"]]);
    await refresh();
    await choose(SAMPLE.name, "Duplicate");
    await eventually(() => name().inputValue()).toBe(`Copy of ${SAMPLE.name} (2)`);
    await eventually(() => phrase(4).inputValue()).toBe(SAMPLE.vocabulary[3]);
    expect(changes()).toHaveLength(1);
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
  });

  describe("deleting", () => {
    test("counts down, and can be taken back", async () => {
      await link(SAMPLE.name).focus();
      await page.keyboard.press("Delete");
      await eventually(() => deletions().textContent()).toMatch(/^Deleting “Promotion Mention” in \d s/);
      await eventually(focused).toBe("Keep it");
      await page.keyboard.press("Escape");
      await eventually(() => deletions().count()).toBe(0);
      await page.waitForTimeout(5500);
      expect(changes()).toEqual([]);
      await eventually(focused).toBe(SAMPLE.name);
    });

    test("deletes after the countdown, and offers to create it again", async () => {
      await pick();
      await phrase(1).fill("edited");
      // The edit is made first, because an edit during the countdown undoes the deletion.
      await choose(SAMPLE.name, "Delete");
      await eventually(() => deletions().textContent()).toMatch(/^Deleted “Promotion Mention”/);
      await eventually(names).toEqual([]);
      await eventually(() => page.url()).toMatch(/#\/$/);
      await expect(colleague("GET", "trackers")).resolves.toEqual({ trackers: [] });
      await button("Create again").click();
      await eventually(() => phrase(1).inputValue()).toBe("edited");
      await button("Create tracker").click();
      await eventually(names).toEqual([SAMPLE.name]);
    });

    test("leaving the page during the countdown deletes nothing", async () => {
      await choose(SAMPLE.name, "Delete");
      await page.reload();
      await link(SAMPLE.name).waitFor();
      await page.waitForTimeout(5500);
      expect(changes()).toEqual([]);
    });

    test("editing or sending the tracker takes the deletion back", async () => {
      await pick();
      await choose(SAMPLE.name, "Delete");
      await phrase(1).fill("edited");
      await eventually(() => deletions().textContent()).toMatch(
        /“Promotion Mention” was not deleted, because it was edited/,
      );
      await button("Dismiss").click();
      sandbox.addFaults({ kind: "delay", ms: 1500, times: 1 });
      await choose(SAMPLE.name, "Delete");
      await button("Update tracker").click();
      await eventually(() => deletions().textContent()).toMatch(/because it is being sent/);
      await eventually(() => status()).toMatch(/^Applied/);
      expect(changes().map(({ method }) => method)).toEqual(["PUT"]);
    });

    test("a tracker that someone else has deleted is gone", async () => {
      await choose(SAMPLE.name, "Delete");
      await colleague("DELETE", `tracker/${SAMPLE.id}`);
      await eventually(() => deletions().textContent()).toMatch(/^Someone else had deleted/);
      await eventually(names).toEqual([]);
    });

    test("a failure says why, and keeps what was edited", async () => {
      await pick();
      await phrase(1).fill("edited");
      sandbox.addFaults({ kind: "status", status: 403, times: 1 });
      await choose(SAMPLE.name, "Delete");
      await eventually(() => deletions().textContent()).toMatch(/^“Promotion Mention” was not deleted/);
      await expect(phrase(1).inputValue()).resolves.toBe("edited");
      await button("Try again").click();
      await eventually(() => deletions().textContent()).toMatch(/^Deleted/);
    });
  });

  test("axe-core finds nothing, in any state of the list", async () => {
    await create(["Refunds", ["money back"]], ["sale", ["a"]]);
    await refresh();
    expect(await violations()).toEqual([]);
    await button("Actions for Refunds").click();
    expect(await violations()).toEqual([]);
    await page.keyboard.press("Escape");
    await choose("sale", "Delete");
    await choose(SAMPLE.name, "Rename");
    await page.keyboard.type("Refunds");
    expect(await violations()).toEqual([]);
    await page.keyboard.press("Escape");
    await button("New tracker").click();
    await name().fill("SALE");
    await search().fill("m");
    await page.getByText(/of 4 found/).waitFor();
    expect(await violations()).toEqual([]);
  });
});
