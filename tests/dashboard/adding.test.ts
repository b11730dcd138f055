// A host that only adds phrases: people are warned that it ignores removals, and can recreate the tracker instead.

import { expect, test } from "vitest";
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

const stored = async (id = SAMPLE.id) =>
  ((await colleague("GET", `tracker/${id}`)) as { tracker?: typeof SAMPLE }).tracker;
const trackers = async () =>
  ((await colleague("GET", "trackers")) as { trackers: (typeof SAMPLE)[] }).trackers;
const warning = (count: string) => dialog(`${count} will not take effect here`);
const recreation = () => dialog(`Recreate “${SAMPLE.name}” under a new id`);
const outcome = () => recreation().getByRole("status").textContent();

/** Replaces a phrase. The sandbox keeps the old one, from which the dashboard learns. */
async function learn(): Promise<void> {
  await pick();
  await phrase(1).fill("replaces the first");
  await button("Update tracker").click();
  await eventually(() => status()).toMatch(/^Applied; 1 removal ignored/);
}

/** Opens the dialog that recreates the tracker. */
async function offerRecreation(): Promise<void> {
  await learn();
  await page.getByRole("contentinfo").getByRole("button", { name: "Recreate under a new id…" }).click();
  await recreation().waitFor();
}

inChromium("a host that only adds phrases", () => {
  test("is learned from an answer: the tracker stays edited, and the next removal is warned of", async () => {
    await learn();
    expect(await row(SAMPLE.name).textContent()).toContain("edited");
    await expect(phrase(1).inputValue()).resolves.toBe("replaces the first");
    // It is remembered.
    await page.reload();
    await eventually(() => phrase(1).inputValue()).toBe("replaces the first");
    await phrase(2).fill("replaces the second");
    await button("Update tracker").click();
    await warning("2 removals").waitFor();
    const listed = await warning("2 removals").getByRole("listitem").allTextContents();
    expect(new Set(listed)).toEqual(new Set(SAMPLE.vocabulary.slice(0, 2)));
    expect(changes()).toHaveLength(1);
    await button("Cancel").click();
    await eventually(() => warning("2 removals").count()).toBe(0);
    await expect(phrase(2).inputValue()).resolves.toBe("replaces the second");
    expect(changes()).toHaveLength(1);
    await button("Update tracker").click();
    await button("Send the additions").click();
    await eventually(() => status()).toMatch(/^Applied; 2 removals ignored/);
    expect((await stored())?.vocabulary).toContain("replaces the second");
  });

  test("that begins to replace is believed", async () => {
    await learn();
    sandbox.changeSettings({ update: "replace" });
    await phrase(2).fill("replaces the second");
    await button("Update tracker").click();
    await button("Send the additions").click();
    await eventually(() => status()).toMatch(/^Applied\./);
    await phrase(3).fill("replaces the third");
    await button("Update tracker").click();
    await eventually(async () => (await stored())?.vocabulary).toContain("replaces the third");
    await expect(page.getByRole("dialog").count()).resolves.toBe(0);
  });

  test("a tracker is recreated under a new id", async () => {
    await offerRecreation();
    expect(await recreation().textContent()).toContain("no longer finds the tracker");
    await button("Recreate").click();
    await eventually(outcome).toContain(`“${SAMPLE.name}” is on the service with your phrases only.`);
    const [only, ...others] = await trackers();
    expect(others).toEqual([]);
    expect(only?.id).not.toBe(SAMPLE.id);
    expect(only).toMatchObject({
      name: SAMPLE.name,
      vocabulary: ["replaces the first", ...SAMPLE.vocabulary.slice(1)],
    });
    await button("Close").click();
    expect(await status()).toBe(`Applied. “${SAMPLE.name}” now has the id ${only?.id}.`);
    expect(page.url()).toContain(only?.id);
    expect(await row(SAMPLE.name).textContent()).not.toContain("edited");
    await page.reload();
    await eventually(() => phrase(1).inputValue()).toBe("replaces the first");
  });

  test("the dialog stays while a step is running, even if the browser closes it", async () => {
    await offerRecreation();
    sandbox.addFaults({ kind: "delay", ms: 3000, method: "POST" });
    await button("Recreate").click();
    await button("Cancel this step").waitFor();
    await page.keyboard.press("Escape");
    // A page can refuse the first Escape only; after the second one, Chrome closes the dialog as this does.
    await recreation().evaluate((element: HTMLDialogElement) => element.close());
    await eventually(() => recreation().evaluate((element: HTMLDialogElement) => element.open)).toBe(true);
    await eventually(outcome).toContain(`“${SAMPLE.name}” is on the service with your phrases only.`);
    await page.keyboard.press("Escape");
    await recreation().waitFor({ state: "detached" });
  });

  test("nothing changes if the first step of recreating fails", async () => {
    await offerRecreation();
    sandbox.addFaults({ kind: "status", status: 400, method: "POST" });
    await button("Recreate").click();
    await eventually(outcome).toContain(`“${SAMPLE.name}” is on the service as it was.`);
    expect(await trackers()).toHaveLength(1);
    await button("Cancel").click();
    await expect(phrase(1).inputValue()).resolves.toBe("replaces the first");
  });

  test("says what is true if the second step fails, and goes on from there", async () => {
    await offerRecreation();
    sandbox.addFaults({ kind: "status", status: 403, method: "DELETE" });
    await button("Recreate").click();
    await eventually(outcome).toContain("Now there are two trackers");
    expect((await trackers()).map((tracker) => tracker.name).sort()).toEqual([
      SAMPLE.name,
      `${SAMPLE.name} (replacement)`,
    ]);
    await button("Try this step again").click();
    await eventually(outcome).toContain("with your phrases only");
    expect(await trackers()).toHaveLength(1);
  });

  test("a tracker that someone else changed in the meantime is not deleted", async () => {
    await offerRecreation();
    await colleague("PUT", `tracker/${SAMPLE.id}`, { ...SAMPLE, vocabulary: ["theirs"] });
    await button("Recreate").click();
    await eventually(outcome).toContain("Someone else changed the former tracker");
    expect((await stored())?.vocabulary).toContain("theirs");
  });

  test("an answer that is lost does not create a tracker twice", async () => {
    await offerRecreation();
    sandbox.addFaults([
      { kind: "html", method: "POST", applied: true },
      { kind: "status", status: 403, method: "GET" },
    ]);
    await button("Recreate").click();
    await eventually(outcome).toContain("Unknown whether this step was applied");
    await button("Try this step again").click();
    await eventually(outcome).toContain("with your phrases only");
    expect(changes().filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(await trackers()).toHaveLength(1);
  });

  test("stopping before the last step keeps the new tracker open, with its name unsent", async () => {
    await offerRecreation();
    sandbox.addFaults({ kind: "status", status: 403, method: "PUT" });
    await button("Recreate").click();
    await eventually(outcome).toContain(`is still named “${SAMPLE.name} (replacement)”`);
    await button("Stop here").click();
    await eventually(() => name().inputValue()).toBe(SAMPLE.name);
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied\./);
    expect((await trackers()).map((tracker) => tracker.name)).toEqual([SAMPLE.name]);
  });
});
