// The dashboard in a browser, with the sandbox as the service: what it shows, what it sends, and what not.
// Everything is found the way people find it: by role, label and description.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { build, createServer, type InlineConfig, preview, type ViteDevServer } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { start } from "../../www/sandbox/server.mjs";
import { CHROME } from "../common/page.js";

const ID = "4476908732794496";
const SENT = [
  "A flat 10 20 percent sale is",
  "Flash sale is available right now",
  "Lifestyle discount is available",
];
const KEPT = [
  "We have a special promotion going on if you book this before",
  "I can offer you a discount of 10 20 percent you being a new customer for us",
  "We have our month special this month",
  "We have a sale right now on",
];
const SAMPLE = { id: ID, name: "Promotion Mention", vocabulary: SENT };
const LIMIT = 1_048_576;

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let sandbox: Awaited<ReturnType<typeof start>>;
let vite: ViteDevServer;
let config: InlineConfig;
let browser: Browser;
let page: Page;
/** What the page says to its console that it should not. */
let complaints: string[];

/** Retries until the expectation holds. */
const eventually = <T>(value: () => T) => expect.poll(value, { timeout: 10_000 });

beforeAll(async () => {
  sandbox = await start();
  config = {
    configFile: false,
    root: fileURLToPath(new URL("../../www", import.meta.url)),
    define: { __SANDBOX_URL__: JSON.stringify(sandbox.url) },
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0 },
    preview: { host: "127.0.0.1", port: 0 },
  };
  vite = await createServer(config);
  await vite.listen();
  browser = await chromium.launch({ executablePath: CHROME as string, args });
});

afterAll(async () => {
  await browser?.close();
  await vite?.close();
  await sandbox?.close();
});

beforeEach(async () => {
  sandbox.reset();
  await open(vite.resolvedUrls?.local[0] ?? "", { width: 1280, height: 800 });
});

afterEach(async () => {
  const said = complaints;
  await page.context().close();
  expect(said).toEqual([]);
});

async function open(url: string, viewport: { width: number; height: number }): Promise<void> {
  await page?.context().close();
  const context = await browser.newContext({ viewport, permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    // A refused request is noted by the browser itself.
    const ordinary = message.type() !== "error" || message.text().startsWith("Failed to load resource");
    if (!ordinary) complaints.push(message.text());
  });
  await page.goto(url);
  await name().waitFor();
  await eventually(() => name().inputValue()).toBe(SAMPLE.name);
}

const name = () => page.getByLabel("Name");
const phrase = (number: number) =>
  page.getByRole("textbox", { name: `Phrase ${number.toLocaleString("en")}`, exact: true });
const json = () => page.getByLabel("Tracker as JSON");
const update = () => page.getByRole("button", { name: "Update tracker" });
const button = (label: string) => page.getByRole("button", { name: label, exact: true });
const status = () => page.getByRole("status").textContent();
const answer = () => page.getByRole("region", { name: "Answer" });
const rows = () => page.getByRole("grid").getByRole("row");

/** The calls that would have changed something at the service. */
const changes = () =>
  sandbox.record().requests.filter(({ kind, method }) => kind === "management" && method !== "GET");

const lastBody = () => Buffer.from(sandbox.lastBody() ?? []).toString();

/** What a field's aria-describedby says, if the field is marked as invalid. */
async function issueOf(field: Locator): Promise<string | null> {
  if ((await field.getAttribute("aria-invalid")) !== "true") return null;
  const ids = (await field.getAttribute("aria-describedby")) ?? "";
  return page.locator(`[id="${ids}"]`).textContent();
}

/** Pastes from the clipboard, as people do with a megabyte. */
async function pasteInto(field: Locator, text: string): Promise<void> {
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await field.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("ControlOrMeta+V");
}

async function openJson(value: unknown): Promise<void> {
  await page.getByRole("tab", { name: "JSON" }).click();
  await pasteInto(json(), typeof value === "string" ? value : JSON.stringify(value));
}

/** Phrases as people have them: distinct, and a sentence long. */
const phrases = (count: number) =>
  Array.from({ length: count }, (_, index) => `we talked about the offer number ${index}`);

/** A tracker of exactly so many bytes, about a megabyte. */
function trackerOf(bytes: number) {
  const tracker = { ...SAMPLE, vocabulary: phrases(25_000) };
  const missing = () => bytes - Buffer.byteLength(JSON.stringify(tracker));
  while (missing() < 0) tracker.vocabulary.length -= Math.ceil(-missing() / 50);
  tracker.vocabulary[0] += "x".repeat(missing());
  return tracker;
}

const inChromium = describe.skipIf(!CHROME);

inChromium("sending", () => {
  it("sends the documented sample, typed in, and shows what the service kept", async () => {
    for (let row = 0; row < 4; row++) await button("Remove Phrase 1").click();
    await button("Add phrase").click();
    await page.keyboard.type(SENT.join("\n").replaceAll("\n", "\r"));
    await eventually(() => rows().count()).toBe(3);
    await update().click();

    await eventually(status).toContain("Applied. The tracker has 7 phrases now.");
    expect(await status()).toContain("kept 4 that you did not send");
    for (const text of KEPT) expect(await answer().textContent()).toContain(text);

    const [call] = changes();
    expect(call).toMatchObject({ method: "PUT", url: `/v1/manage/tracker/${ID}`, status: 200 });
    expect(call?.headers["content-type"]).toBe("application/json");
    expect(lastBody()).toBe(JSON.stringify(SAMPLE));

    await answer().getByText("As JSON").click();
    const shown = await page.getByLabel("The answer as JSON").inputValue();
    expect(JSON.parse(shown)).toEqual({ tracker: { ...SAMPLE, vocabulary: [...SENT, ...KEPT] } });

    await button("Load what the service has").click();
    await eventually(() => rows().count()).toBe(7);
  });

  it("shows the request beforehand, with the token masked", async () => {
    const request = page.getByRole("region", { name: "Request" });
    await name().fill("Offers");
    const body = JSON.stringify({ id: ID, name: "Offers", vocabulary: KEPT });
    await eventually(() => page.getByLabel("Request body").inputValue()).toBe(body);
    const text = await request.textContent();
    expect(text).toContain("PUT");
    expect(text).toContain(`${sandbox.url}/v1/manage/tracker/${ID}`);
    expect(text).toMatch(/authorizationBearer •+content/);
    expect(text).toMatch(/content-typeapplication\/json/);
  });

  it("creates a tracker and deletes it", async () => {
    await button("New tracker").click();
    await name().fill("Complaints");
    await button("Add phrase").click();
    await page.keyboard.type("I want to speak to your manager");
    await button("Create tracker").click();
    await eventually(status).toContain("Applied.");
    expect(JSON.parse(lastBody())).toEqual({
      name: "Complaints",
      vocabulary: ["I want to speak to your manager"],
    });
    await page.getByRole("button", { name: /^Complaints/ }).waitFor();

    await button("Delete…").click();
    await button("Delete").click();
    await eventually(status).toBe("Deleted.");
    expect(changes().map(({ method }) => method)).toEqual(["POST", "DELETE"]);
    expect(await name().inputValue()).toBe(SAMPLE.name);
  });
});

inChromium("issues", () => {
  it("stand beside their fields as they arise, and cost no request", async () => {
    expect(await issueOf(name())).toBeNull();
    await name().fill("");
    expect(await issueOf(name())).toBe("The name is blank.");
    await phrase(2).fill("\u200b");
    expect(await issueOf(phrase(2))).toBe("The phrase is blank.");
    await phrase(4).fill(KEPT[0] as string);
    expect(await issueOf(phrase(4))).toBe("The same as phrase 1.");
    expect(await issueOf(phrase(1))).toBeNull();

    await update().click();
    const summary = page.getByRole("region", { name: "Not sent: 3 issues to mend first" });
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await status()).toBe("Not sent: 3 issues to mend first.");
    expect(changes()).toEqual([]);

    await summary.getByRole("link", { name: "Phrase 4" }).click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("on sale");
    expect(await phrase(4).inputValue()).toBe("on sale");
    await phrase(2).fill("a discount");
    await name().fill("Offers");
    expect(await summary.isHidden()).toBe(true);

    await update().click();
    await eventually(status).toContain("Applied.");
    expect(changes()).toHaveLength(1);
  });

  it("name wrong types, unknown keys and what is missing in the JSON", async () => {
    await openJson({ id: Number(ID), Name: "Sale", vocabulary: ["on sale", 1, null, "on sale"] });
    await eventually(() => issueOf(json())).toContain("/id Expected a string, got a number");
    const issues = (await issueOf(json())) ?? "";
    expect(issues).toContain('Unknown key "Name"; did you mean "name"?');
    expect(issues).toContain("/vocabulary/1 Expected a string, got a number.");
    expect(issues).toContain("/vocabulary/2 Expected a string, got null.");
    expect(issues).toContain("/vocabulary/3 The phrase already stands at index 0.");
    expect(issues).toContain("/name The name is missing.");
    await update().click();
    expect(await status()).toBe("Not sent: 6 issues to mend first.");

    await page.getByRole("tab", { name: "Form" }).click();
    expect(await status()).toContain("Mend the JSON");
    expect(await json().isVisible()).toBe(true);

    await pasteInto(json(), '{"id": ');
    await eventually(() => issueOf(json())).toContain("This is not JSON");
    await update().click();
    expect(changes()).toEqual([]);

    await pasteInto(json(), JSON.stringify(SAMPLE));
    await page.getByRole("tab", { name: "Form" }).click();
    expect(await phrase(3).inputValue()).toBe(SENT[2]);
  });

  it("refuses 1,048,577 bytes and sends 1,048,576", async () => {
    await openJson(trackerOf(LIMIT + 1));
    await eventually(() => page.getByText("1,048,577 of 1,048,576 bytes, 1 issue").count()).toBe(1);
    expect(await issueOf(json())).toContain("1 byte over the limit of 1,048,576");
    await update().click();
    expect(await status()).toBe("Not sent: 1 issue to mend first.");

    // In the form as well.
    await page.getByRole("tab", { name: "Form" }).click();
    await eventually(() => page.getByText(/^1 byte over the limit/).count()).toBe(1);
    await update().click();
    expect(changes()).toEqual([]);

    await phrase(1).press("End");
    await page.keyboard.press("Backspace");
    await eventually(() => page.getByText("1,048,576 of 1,048,576 bytes").count()).toBe(1);
    await update().click();
    await eventually(status).toContain("Applied.");
    expect(changes()).toMatchObject([{ bytes: LIMIT, status: 200 }]);
  });
});

inChromium("the list", () => {
  const many = phrases(20_000);

  it("takes a list of phrases at once, says what it will do, and takes it back", async () => {
    await button("Paste list…").click();
    await pasteInto(page.getByLabel("One phrase a line"), `on sale\n\n  half price \non sale\n${KEPT[1]}\n`);
    await page.getByText("2 new, 2 duplicates to be skipped.").waitFor();
    await button("Add 2 phrases").click();
    await eventually(status).toBe("2 phrases added, 2 duplicates skipped.");
    expect(await phrase(6).inputValue()).toBe("half price");
    await button("Undo that").click();
    await eventually(() => rows().count()).toBe(4);
  });

  it("offers suggestions, one at a time or all at once", async () => {
    await phrase(1).fill("Could you please tell me about the sale");
    await phrase(2).fill("a special!");
    await phrase(3).fill("A  special!");
    await page.getByText("4 suggestions.").waitFor();
    const described = await phrase(1).getAttribute("aria-describedby");
    expect(await page.locator(`[id="${described}"]`).textContent()).toBe(
      "“could you please” carries no meaning.",
    );
    expect(await issueOf(phrase(1))).toBeNull();

    await button("Mend Phrase 1").click();
    expect(await phrase(1).inputValue()).toBe("tell me about the sale");
    await button("Take all").click();
    await eventually(() => rows().count()).toBe(3);
    expect(await phrase(2).inputValue()).toBe("a special");
    await button("Undo that").click();
    expect(await phrase(3).inputValue()).toBe("A  special!");
  });

  it("keeps few of 20,000 rows on the page, and the one in use wherever it is scrolled", async () => {
    await openJson({ ...SAMPLE, vocabulary: many });
    await page.getByRole("tab", { name: "Form" }).click();
    await phrase(1).focus();
    const grid = page.getByRole("grid");
    expect(await grid.getAttribute("aria-rowcount")).toBe("20000");
    expect(await rows().count()).toBeLessThan(40);

    await page.mouse.move(500, 500);
    await page.mouse.wheel(0, 300_000);
    await eventually(() => rows().last().getAttribute("aria-rowindex")).not.toBe("20");
    await eventually(() => rows().nth(1).getAttribute("aria-rowindex").then(Number)).toBeGreaterThan(5_000);
    expect(await rows().count()).toBeLessThan(40);
    expect(await phrase(1).evaluate((element) => element === document.activeElement)).toBe(true);

    await phrase(1).press("ControlOrMeta+End");
    await page.keyboard.type("!");
    expect(await phrase(20_000).inputValue()).toBe(`${many.at(-1)}!`);

    await phrase(20_000).fill(many[3] as string);
    await phrase(20_000).press("ControlOrMeta+Home");
    await update().click();
    await page.getByRole("link", { name: "Phrase 20,000" }).click();
    await expect
      .poll(() => phrase(20_000).evaluate((element) => element === document.activeElement))
      .toBe(true);
    expect(await issueOf(phrase(20_000))).toBe("The same as phrase 4.");
  });

  it("moves, removes, undoes and redoes by keyboard alone, and sends", async () => {
    const texts = () =>
      page
        .getByRole("grid")
        .getByRole("textbox")
        .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
    const focused = () =>
      page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.id);
    const tabTo = async (label: string) => {
      for (let presses = 0; presses < 20 && (await focused()) !== label; presses++)
        await page.keyboard.press("Tab");
      expect(await focused()).toBe(label);
    };
    const [first, second, third, fourth] = KEPT;

    await tabTo("name");
    await page.keyboard.press("End");
    await page.keyboard.type("s");
    await tabTo("Phrase 1");
    await page.keyboard.press("Alt+ArrowDown");
    expect(await texts()).toEqual([second, first, third, fourth]);
    expect(await focused()).toBe("Phrase 2");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Backspace");
    expect(await texts()).toEqual([second, first, fourth]);
    await page.keyboard.press("ControlOrMeta+z");
    await page.keyboard.press("ControlOrMeta+z");
    expect(await texts()).toEqual([second, first, third, fourth]);
    await page.keyboard.press("ControlOrMeta+y");
    await page.keyboard.press("ControlOrMeta+Shift+z");
    expect(await texts()).toEqual([second, first, fourth]);

    // One row is in the tab order: from its text to its buttons, and out of the list.
    await tabTo("Phrase 2");
    await page.keyboard.press("Enter");
    await page.keyboard.type("on sale");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Move Phrase 3 up");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toBe("Remove Phrase 2");
    await page.keyboard.press("Enter");
    expect(await texts()).toEqual([second, "on sale", fourth]);

    await tabTo("send");
    await page.keyboard.press("Enter");
    await eventually(status).toContain("Applied.");
    expect(JSON.parse(lastBody())).toEqual({
      id: ID,
      name: "Promotion Mentions",
      vocabulary: [second, "on sale", fourth],
    });
  });
});

inChromium("what goes wrong", () => {
  it("says of a simulated 409 that nothing was applied, and the next call goes through", async () => {
    await page.getByLabel("Simulate").selectOption("409: the name is taken");
    await update().click();
    await eventually(status).toMatch(/^Not applied\. .*409/);
    expect(await answer().textContent()).toContain("1 attempt");
    expect(await page.getByLabel("Simulate").inputValue()).toBe("");

    await update().click();
    await eventually(status).toContain("Applied.");
  });

  it("shows each attempt where the service fails twice, and that the third was applied", async () => {
    await page.getByLabel("Simulate").selectOption("502 twice");
    await update().click();
    await eventually(() => answer().textContent()).toContain("Attempt 1: 502");
    await eventually(status).toContain("Applied.");
    expect(await answer().textContent()).toContain("3 attempts");
    expect(changes().map((call) => call.status)).toEqual([502, 502, 200]);
  });

  it("says when the answer was lost that the update may have been applied, and loads what there is", async () => {
    await page.getByLabel("Simulate").selectOption("Applied, the answer cut short");
    await name().fill("Offers");
    await phrase(1).fill("on sale");
    await update().click();
    await eventually(status).toMatch(/^(Applied|Unknown whether applied)\. .*Read the tracker again/);
    await button("Load what the service has").click();
    await eventually(() => rows().count()).toBe(5);
    expect(await name().inputValue()).toBe("Offers");
  });

  it("cancels a call that takes too long", async () => {
    await page.getByLabel("Simulate").selectOption("Never answers");
    await update().click();
    await button("Cancel").click();
    await eventually(status).toMatch(/^Unknown whether applied\./);
    expect(await button("Cancel").isVisible()).toBe(false);
  });
});

inChromium("the page", () => {
  it("fits a width of 390 px", async () => {
    await open(vite.resolvedUrls?.local[0] ?? "", { width: 390, height: 844 });
    await name().fill("");
    await update().click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it("runs as a production build under its Content-Security-Policy", async () => {
    const outDir = await mkdtemp(join(tmpdir(), "dashboard-"));
    await build({ ...config, build: { outDir } });
    const server = await preview({ ...config, build: { outDir } });
    try {
      await open(server.resolvedUrls?.local[0] ?? "", { width: 1280, height: 800 });
      await update().click();
      await eventually(status).toContain("Applied.");
    } finally {
      await server.close();
      await rm(outDir, { recursive: true });
    }
  });
});
