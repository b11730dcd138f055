// Creating many trackers from a file: choose, check, create, cancel, continue.

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  eventually,
  inChromium,
  openTab,
  page,
  SAMPLE,
  sandbox,
} from "./dashboard.js";

const HASH = "#/create-many";
/** The path of the requests that create many trackers. */
const PATH = "/v1/manage/trackers";

interface Tracker {
  id: string;
  name: string;
  vocabulary: string[];
}

const trackers = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => ({
    name: `Tracker ${from + index}`,
    vocabulary: [`phrase ${from + index}`, "another phrase"],
  }));
const csvOf = (list: readonly Omit<Tracker, "id">[]) =>
  ["name,phrases", ...list.map(({ name, vocabulary }) => `${name},${vocabulary.join(";")}`)].join("\n");

const account = async () => ((await colleague("GET", "trackers")) as { trackers: Tracker[] }).trackers;
/** The names of the account's trackers, without the sample. */
const names = async () => (await account()).map(({ name }) => name).filter((name) => name !== SAMPLE.name);
const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name);
/** The requests that created trackers, in order. */
const creations = () => changes().filter(({ url }) => url === PATH);

async function open() {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, HASH);
  await screen().waitFor();
}

async function choose(name: string, text: string | Buffer) {
  await page
    .getByLabel("CSV or JSON file")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
}

const create = (count: number) => button(`Create ${count} trackers`);
const tableOf = (name: string) => page.getByRole("table", { name });
/** A row by its number in the file. */
const rowOf = (table: string, number: number) =>
  tableOf(table)
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: String(number), exact: true }) });
const progress = (text: string, timeout = 15_000) => page.getByText(text).first().waitFor({ timeout });
const screen = () => page.getByRole("region", { name: "Create trackers from a file" });
const problem = () => screen().getByRole("alert");

async function report(): Promise<string[]> {
  const [download] = await Promise.all([page.waitForEvent("download"), button("Download report").click()]);
  expect(download.suggestedFilename()).toBe("trackers-report.csv");
  const text = await readFile((await download.path()) as string, "utf8");
  return text.replace("\ufeff", "").trim().split("\r\n");
}

inChromium("creating many trackers", () => {
  test("CSV: the dry run says what would happen, and only what is fine is sent", async () => {
    await open();
    const rows = [
      "name,phrases",
      "Sale,on sale;half price",
      `${SAMPLE.name},taken`,
      "Sale,again",
      "Doubled,one;two;one",
      "Churn,cancel my account",
    ];
    await choose("products.csv", rows.join("\n"));
    await create(2).waitFor();
    for (const [number, text] of [
      [2, "Can be created"],
      [3, "The account already has a tracker with this name."],
      [4, "Row 2 has the same name."],
      [5, "Phrase 3 repeats phrase 1."],
      [6, "Can be created"],
    ] as const)
      expect(await rowOf("Dry run", number).textContent()).toContain(text);
    expect(changes()).toEqual([]);

    await page.getByLabel("Show").selectOption({ label: "the 3 that cannot be created" });
    expect(await tableOf("Dry run").getByRole("rowheader").allTextContents()).toEqual(["3", "4", "5"]);
    await page.getByLabel("Leave out phrases that repeat").check();
    await create(3).click();
    await progress("3 of 3 trackers created, 2 skipped.");
    expect(creations()).toHaveLength(1);
    const stored = await account();
    expect(stored.map(({ name, vocabulary }) => [name, vocabulary])).toEqual([
      [SAMPLE.name, SAMPLE.vocabulary],
      ["Sale", ["on sale", "half price"]],
      ["Doubled", ["one", "two"]],
      ["Churn", ["cancel my account"]],
    ]);
    const idOf = (name: string) => stored.find((tracker) => tracker.name === name)?.id;
    expect(await report()).toEqual([
      "row,name,result,id,reason",
      `2,Sale,Created,${idOf("Sale")},`,
      `3,${SAMPLE.name},Skipped,,The account already has a tracker with this name.`,
      "4,Sale,Skipped,,Row 2 has the same name.",
      `5,Doubled,Created,${idOf("Doubled")},`,
      `6,Churn,Created,${idOf("Churn")},`,
    ]);
    // The list shows them, and a result leads to its tracker.
    await page
      .getByRole("table", { name: "Trackers" })
      .getByRole("link", { name: "Churn", exact: true })
      .waitFor({ state: "attached" });
    await rowOf("Results", 2).getByRole("link").click();
    await eventually(() => page.url()).toContain(`#/tracker/${idOf("Sale")}`);
  });

  test("the columns can be changed", async () => {
    await open();
    await choose(
      "columns.csv",
      "Sale;on sale;25\nSale;half price;30\nChurn;cancel;1\nHelp;help me;2\nBye;bye;3",
    );
    await create(4).waitFor();
    expect(await rowOf("Dry run", 2).textContent()).toContain("Row 1 has the same name.");
    await page
      .getByLabel("Each row is")
      .selectOption({ label: "a part of a tracker: rows with the same name belong together" });
    await page.getByText("From columns.csv: 4 trackers.").waitFor();
    await page.getByRole("group", { name: "Phrases are in" }).getByLabel("C: 25").uncheck();
    await create(4).click();
    await progress("4 of 4 trackers created.");
    expect((await account()).at(1)).toMatchObject({ name: "Sale", vocabulary: ["on sale", "half price"] });
  });

  test("a pasted text stays until its trackers are created", async () => {
    await open();
    const field = page.getByLabel("Or paste rows or JSON");
    const text = csvOf(trackers(2));
    await field.fill(text);
    await page.reload();
    await eventually(() => field.inputValue()).toBe(text);
    await button("Check what I pasted").click();
    await button("Choose another file").click();
    await expect(field.inputValue()).resolves.toBe(text);
    await page.goto(`${page.url().split("#")[0]}#/`);
    await open();
    await expect(field.inputValue()).resolves.toBe(text);
    await button("Check what I pasted").click();
    await create(2).click();
    await progress("2 of 2 trackers created.");
    await button("Create from another file").click();
    await expect(field.inputValue()).resolves.toBe("");
  });

  test("JSON that was pasted", async () => {
    await open();
    const list = [
      { id: "7", ...trackers(1)[0] },
      ...trackers(1, 2),
      { name: "Bad", vocabulary: ["a", null] },
    ];
    await page.getByLabel("Or paste rows or JSON").fill(JSON.stringify(list));
    await button("Check what I pasted").click();
    await page.getByText("The ids in the file are not used").waitFor();
    expect(await rowOf("Dry run", 3).textContent()).toContain("Phrase 2 must be text, but it is null.");
    await create(2).click();
    await progress("2 of 2 trackers created, 1 skipped.");
    expect(await names()).toEqual(namesOf(trackers(2)));
  });

  test("what cannot be read is said, and another file can be chosen", async () => {
    await open();
    await choose("book.xlsx", Buffer.from("PK\u0003\u0004"));
    await eventually(() => problem().textContent()).toBe(
      "“book.xlsx” is a workbook. Save it as CSV in your spreadsheet program, then choose that file.",
    );
    await choose("broken.json", "[{]");
    await eventually(() => problem().textContent()).toContain("This is not valid JSON");
    await choose("good.csv", csvOf(trackers(2)));
    await create(2).waitFor();
    expect(await problem().count()).toBe(0);
    await button("Choose another file").click();
    await choose("windows.csv", Buffer.from("name,phrases\nCaf\xe9,un caf\xe9", "latin1"));
    await page.getByRole("cell", { name: "Café", exact: true }).waitFor();
  });

  test("requests have at most 25 trackers and 1 MB", async () => {
    sandbox.changeSettings({ keepBodies: true });
    await open();
    // 30 small ones, then three of 0.4 MB.
    const large = trackers(3, 31).map((tracker) => ({ ...tracker, vocabulary: ["x".repeat(400_000)] }));
    await choose("sizes.json", JSON.stringify([...trackers(30), ...large]));
    await create(33).click();
    await progress("33 of 33 trackers created.");
    const sizes = creations().map(({ body }) => body?.byteLength ?? 0);
    expect(sizes).toHaveLength(3);
    for (const size of sizes) expect(size).toBeLessThanOrEqual(1_048_576);
    expect(await names()).toEqual(namesOf([...trackers(30), ...large]));
  });

  test("the 501st is told before anything is sent", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(502)));
    await create(499).waitFor();
    await page.getByText("3 trackers would be more than the 500 that an account can have.").waitFor();
    await create(499).click();
    await progress("499 of 499 trackers created, 3 skipped.", 60_000);
    expect(await account()).toHaveLength(500);
  }, 120_000);

  test("a 502 in the middle: what was applied is found by name, and nothing is created twice", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(60)));
    // The second request is applied but its answer is lost, and the searches after it fail, too.
    await create(60).waitFor();
    sandbox.addFaults([
      { kind: "delay", ms: 0, method: "POST", path: PATH },
      { kind: "status", status: 502, applied: true, method: "POST", path: PATH },
      { kind: "status", status: 502, times: 20, method: "GET", path: PATH },
    ]);
    await create(60).click();
    await button("Continue").waitFor({ timeout: 60_000 });
    await progress("25 of 60 trackers created, 10 not sent yet, 25 unknown.");
    expect((await report()).at(27)).toMatch(/^28,Tracker 27,Unknown,,/);
    sandbox.clearFaults();
    expect(await names()).toEqual(namesOf(trackers(50)));
    await button("Continue").click();
    await progress("60 of 60 trackers created.");
    expect(await names()).toEqual(namesOf(trackers(60)));
    expect(creations().map(({ status }) => status)).toEqual([200, 502, 200]);
  }, 120_000);

  test("a 502 that was not applied: the batch is sent again after the search", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(30)));
    await create(30).waitFor();
    sandbox.addFaults({ kind: "status", status: 502, method: "POST", path: PATH });
    await create(30).click();
    await button("Continue").waitFor({ timeout: 60_000 });
    await progress("0 of 30 trackers created, 30 not sent yet.");
    expect(await names()).toEqual([]);
    await button("Continue").click();
    await progress("30 of 30 trackers created.");
    expect(await names()).toEqual(namesOf(trackers(30)));
  }, 120_000);

  test("cancelling keeps what was created, and the rest can be sent later", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(60)));
    await create(60).waitFor();
    sandbox.addFaults([
      { kind: "delay", ms: 0, method: "POST", path: PATH },
      { kind: "delay", method: "POST", path: PATH },
    ]);
    await create(60).click();
    await progress("25 of 60 trackers created");
    await button("Cancel creation").click();
    await button("Continue").waitFor();
    await progress("25 of 60 trackers created, 35 not sent yet.");
    await page.getByText("You cancelled it.", { exact: true }).waitFor();
    await button("Continue").click();
    await progress("60 of 60 trackers created.");
    expect(await names()).toEqual(namesOf(trackers(60)));
  });

  test("reloading in the middle of a request", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(60)));
    await create(60).waitFor();
    // The second request is applied, and its answer never ends.
    sandbox.addFaults([
      { kind: "delay", ms: 0, method: "POST", path: PATH },
      { kind: "stallBody", method: "POST", path: PATH },
    ]);
    await create(60).click();
    await eventually(async () => creations().filter(({ applied }) => applied).length).toBe(2);
    page.on("dialog", (dialog) => void dialog.accept());
    await page.reload();
    await page.getByText("The page was closed or reloaded before all trackers were created.").waitFor();
    await progress("25 of 60 trackers created, 10 not sent yet, 25 unknown.");
    await button("Continue").click();
    await progress("60 of 60 trackers created.");
    expect(await names()).toEqual(namesOf(trackers(60)));
    expect(creations()).toHaveLength(3);
    // The result is still there after another reload, until the person starts with another file.
    await page.reload();
    await progress("60 of 60 trackers created.");
    await button("Create from another file").click();
    await page.getByLabel("CSV or JSON file").waitFor();
    await page.reload();
    await page.getByLabel("CSV or JSON file").waitFor();
  });

  test("a name that someone else took since the dry run is refused, and the others are created", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(5)));
    await create(5).waitFor();
    await colleague("POST", "tracker", { name: "Tracker 3", vocabulary: ["theirs"] });
    await create(5).click();
    await progress("4 of 5 trackers created, 1 refused.");
    expect(await rowOf("Results", 4).textContent()).toContain(
      "The account already has a tracker with this name.",
    );
    expect((await account()).find(({ name }) => name === "Tracker 3")?.vocabulary).toEqual(["theirs"]);
  });

  test("a tracker that the service refuses does not hold up the others", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(4)));
    await create(4).waitFor();
    // All four, then the first two, then the first alone.
    sandbox.addFaults({
      kind: "status",
      status: 400,
      times: 3,
      method: "POST",
      path: PATH,
      message: "Not this.",
    });
    await create(4).click();
    await progress("3 of 4 trackers created, 1 refused.");
    expect(await rowOf("Results", 2).textContent()).toContain("Not this.");
    expect(await names()).toEqual(namesOf(trackers(3, 2)));
  });

  test("of two tabs, one creates at a time, and neither replaces what the other has begun", async () => {
    await open();
    await choose("many.csv", csvOf(trackers(30)));
    await create(30).waitFor();
    const other = await openTab(HASH);
    await other.getByLabel("CSV or JSON file").setInputFiles({
      name: "other.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(csvOf(trackers(2, 90))),
    });
    await button("Create 2 trackers", other).waitFor();
    sandbox.addFaults({ kind: "delay", method: "POST", path: PATH });
    await create(30).click();
    await eventually(() => creations().length).toBe(1);
    await button("Create 2 trackers", other).click();
    await other.getByText("Trackers are being created in another tab.").waitFor();
    await button("Cancel creation").click();
    await button("Continue").waitFor();
    await button("Create 2 trackers", other).click();
    await other.getByText("In another tab, this file was begun and not completed.").waitFor();
    await button("Continue", other).click();
    await other.getByText("30 of 30 trackers created.").waitFor();
    expect(await names()).toEqual(namesOf(trackers(30)));
    // The first tab finds out when it continues.
    await button("Continue").click();
    await progress("30 of 30 trackers created.");
    expect(await names()).toHaveLength(30);
  });

  test("without Web Locks, as in a page without https, trackers are created all the same", async () => {
    await page.addInitScript(() => Object.defineProperty(navigator, "locks", { value: undefined }));
    await page.reload();
    await open();
    await choose("two.csv", csvOf(trackers(2)));
    await create(2).click();
    await progress("2 of 2 trackers created.");
    expect(await names()).toEqual(namesOf(trackers(2)));
    // The completed job is found again.
    await page.reload();
    await progress("2 of 2 trackers created.");
  });

  test("when the browser has closed the database, the job is stored in a new one", async () => {
    // The dashboard's connections, so that the test can do what a browser does that runs out of space.
    await page.addInitScript(() => {
      const databases: IDBDatabase[] = [];
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...rest) {
        const request = open.apply(this, rest);
        request.addEventListener("success", () => databases.push(request.result));
        return request;
      };
      Object.assign(window, { databases });
    });
    await page.reload();
    await open();
    await choose("two.csv", csvOf(trackers(2)));
    await create(2).waitFor();
    await page.evaluate(() => {
      for (const database of (window as unknown as { databases: IDBDatabase[] }).databases) {
        database.close();
        database.dispatchEvent(new Event("close"));
      }
    });
    await create(2).click();
    await progress("2 of 2 trackers created.");
    await page.reload();
    await progress("2 of 2 trackers created.");
  });
});
