// Someone else changes a tracker while it is being edited: no changes are overwritten.

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
  SAMPLE,
  sandbox,
  status,
} from "./dashboard.js";

const TITLE = "Someone else changed this tracker";
const [FIRST = ""] = SAMPLE.vocabulary;
const theirs = (change: Partial<typeof SAMPLE>) =>
  colleague("PUT", `tracker/${SAMPLE.id}`, { ...SAMPLE, ...change });
const stored = async () => (await colleague("GET", `tracker/${SAMPLE.id}`)) as { tracker: typeof SAMPLE };
const vocabulary = async () => (await stored()).tracker.vocabulary;
/** The updates that the dashboard sent. */
const ours = () => changes().filter(({ headers }) => headers.origin !== undefined);
const include = (text: string) => dialog(TITLE).getByRole("checkbox", { name: `Include “${text}”` });

inChromium("a tracker that someone else changed", () => {
  test("is not overwritten; what does not conflict is merged, in one step that can be undone", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await phrase(1).fill("mine");
    await theirs({ name: "Promotions", vocabulary: [...SAMPLE.vocabulary.slice(0, 3), "theirs"] });
    await button("Update tracker").click();
    await dialog(TITLE).waitFor();
    expect(ours()).toHaveLength(0);
    await expect(dialog(TITLE).getByRole("radio", { name: "Theirs" }).isChecked()).resolves.toBe(true);
    await expect(include("mine").isChecked()).resolves.toBe(true);
    await expect(include("theirs").isChecked()).resolves.toBe(true);
    await expect(include(FIRST).isChecked()).resolves.toBe(false);
    await button("Use this and send").click();
    await eventually(() => status()).toMatch(/^Applied/);
    expect(new Set(await vocabulary())).toEqual(
      new Set(["mine", ...SAMPLE.vocabulary.slice(1, 3), "theirs"]),
    );
    await expect(name().inputValue()).resolves.toBe("Promotions");
    await button("Undo").click();
    await expect(name().inputValue()).resolves.toBe(SAMPLE.name);
    await expect(phrase(1).inputValue()).resolves.toBe("mine");
  });

  test("each difference can be decided with the keyboard", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await name().fill("My name");
    await phrase(1).fill("mine");
    await theirs({ name: "Their name", vocabulary: [...SAMPLE.vocabulary, "theirs"] });
    await phrase(1).press("Control+Enter");
    await dialog(TITLE).waitFor();
    await expect(
      dialog(TITLE)
        .getByText(/is a conflict/)
        .count(),
    ).resolves.toBe(1);
    await dialog(TITLE).getByRole("radio", { name: "Mine" }).focus();
    await page.keyboard.press("ArrowDown");
    await include("theirs").focus();
    await page.keyboard.press("Space");
    await include(FIRST).focus();
    await page.keyboard.press("Space");
    await button("Use this and send").press("Enter");
    await eventually(() => status()).toMatch(/^Applied/);
    expect((await stored()).tracker.name).toBe("Their name");
    expect(new Set(await vocabulary())).toEqual(new Set([...SAMPLE.vocabulary, "mine"]));
  });

  test("stays as it is with “Keep editing”, and can be compared later", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await phrase(2).fill("mine");
    await theirs({ vocabulary: [FIRST] });
    await button("Update tracker").click();
    await dialog(TITLE).waitFor();
    await page.keyboard.press("Escape");
    await eventually(() => dialog(TITLE).count()).toBe(0);
    expect(await status()).toMatch(/^Not applied\. The service has another version/);
    await expect(phrase(2).inputValue()).resolves.toBe("mine");
    await phrase(2).fill("mine, later");
    await button("Compare…").click();
    await expect(include("mine, later").isChecked()).resolves.toBe(true);
    await button("Take all of theirs").click();
    await expect(include("mine, later").isChecked()).resolves.toBe(false);
    await button("Take all of mine").click();
    await button("Use this and send").click();
    await eventually(() => status()).toMatch(/^Applied/);
    expect(await vocabulary()).toEqual([FIRST, "mine, later", ...SAMPLE.vocabulary.slice(2)]);
  });

  test("opens the dialog again if it changes once more", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await phrase(1).fill("mine");
    await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs"] });
    await button("Update tracker").click();
    await include("theirs").waitFor();
    await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs", "and another"] });
    await button("Use this and send").click();
    await include("and another").waitFor();
    await expect(include("theirs").count()).resolves.toBe(0);
    await button("Use this and send").click();
    await eventually(() => status()).toMatch(/^Applied/);
    expect(new Set(await vocabulary())).toEqual(
      new Set([...SAMPLE.vocabulary.slice(1), "mine", "theirs", "and another"]),
    );
  });

  test("can differ in 2,000 phrases", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await phrase(1).fill("mine");
    const many = Array.from({ length: 2000 }, (_, index) => `theirs ${index}`);
    await theirs({ vocabulary: [...SAMPLE.vocabulary, ...many] });
    await button("Update tracker").click();
    await dialog(TITLE).getByText("2,002 differences between").waitFor();
    await eventually(() => dialog(TITLE).getByRole("checkbox").count()).toBe(50);
    await button("Next").click();
    await eventually(() => dialog(TITLE).getByText("51 to 100 of 2,002 differences").count()).toBe(1);
    await button("Use this and send").click();
    await eventually(() => status()).toMatch(/^Applied/);
    expect(await vocabulary()).toHaveLength(SAMPLE.vocabulary.length + 2000);
  });

  test("is merged with what was typed while it was being sent", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    sandbox.addFaults({ kind: "delay", ms: 2000, method: "GET", path: `/v1/manage/tracker/${SAMPLE.id}` });
    await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs"] });
    await phrase(1).fill("mine");
    await button("Update tracker").click();
    await phrase(2).fill("typed while it was being sent");
    await include("typed while it was being sent").waitFor();
    await button("Use this and send").click();
    await eventually(() => status()).toMatch(/^Applied/);
    expect(await vocabulary()).toEqual([
      "mine",
      "typed while it was being sent",
      ...SAMPLE.vocabulary.slice(2),
      "theirs",
    ]);
  });

  test("JSON text that cannot be read yet is kept", async () => {
    await pick();
    sandbox.addFaults({ kind: "delay", ms: 2000, method: "GET", path: `/v1/manage/tracker/${SAMPLE.id}` });
    await page.locator("tracker-editor summary").filter({ hasText: "More" }).click();
    await button("Edit as JSON").click();
    const json = page.locator("tracker-editor").getByRole("textbox", { name: /JSON/ });
    await json.fill(JSON.stringify({ ...SAMPLE, name: "As JSON" }));
    await theirs({ vocabulary: ["theirs"] });
    await button("Update tracker").click();
    await json.fill('{"id": "44');
    await dialog(TITLE)
      .getByText(/has issues/)
      .waitFor();
    await button("Keep editing").click();
    await expect(json.inputValue()).resolves.toBe('{"id": "44');
  });

  test("is not overwritten after undo has gone back behind the merge", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await phrase(1).fill("mine");
    await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs"] });
    await button("Update tracker").click();
    await dialog(TITLE).waitFor();
    await button("Use this and send").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await button("Undo").click();
    await eventually(() => phrase(5).count()).toBe(0);
    await button("Update tracker").click();
    await dialog(TITLE).waitFor();
    expect(await vocabulary()).toContain("theirs");
  });

  test("is not overwritten after undo has gone back behind a refresh", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs"] });
    await button("Refresh").click();
    await eventually(() => phrase(5).count()).toBe(1);
    await button("Undo").click();
    await eventually(() => phrase(5).count()).toBe(0);
    await phrase(1).fill("mine");
    await button("Update tracker").click();
    await dialog(TITLE).waitFor();
    expect(await vocabulary()).toContain("theirs");
  });

  test("loses the phrases that are removed after a refresh has shown them", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs"] });
    await button("Refresh").click();
    await eventually(() => phrase(5).count()).toBe(1);
    await page.getByRole("button", { name: "Remove phrase 5" }).click();
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    expect(await vocabulary()).toEqual(SAMPLE.vocabulary);
  });

  test.each(["Bring them back", "Undo"])(
    "is not overwritten by discarded edits that come back: %s",
    async (label) => {
      sandbox.changeSettings({ update: "replace" });
      await pick();
      await phrase(1).fill("mine");
      await theirs({ vocabulary: [...SAMPLE.vocabulary, "theirs"] });
      await page.reload();
      await page.getByText("The tracker was changed on the service since").waitFor();
      await button("Discard").click();
      await eventually(() => phrase(5).count()).toBe(1);
      await button(label).click();
      await eventually(() => phrase(1).inputValue()).toBe("mine");
      await button("Update tracker").click();
      await dialog(TITLE).waitFor();
      expect(await vocabulary()).toContain("theirs");
    },
  );

  test("is not overwritten after a check has found both changes", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await phrase(1).fill("mine");
    const path = `/v1/manage/tracker/${SAMPLE.id}`;
    sandbox.addFaults([
      { kind: "html", method: "PUT", applied: true },
      // The first read is the comparison before the update.
      { kind: "delay", ms: 0, method: "GET", path },
      { kind: "status", status: 403, method: "GET", path },
    ]);
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Unknown/);
    await theirs({ vocabulary: ["mine", ...SAMPLE.vocabulary.slice(1), "theirs"] });
    await button("Check now").click();
    await eventually(() => status()).toBe("Applied. The service has what you sent.");
    await phrase(2).fill("mine, too");
    await button("Update tracker").click();
    await eventually(() => status()).toBe(`Applied. “${SAMPLE.name}” was updated.`);
    expect(await vocabulary()).toEqual(["mine", "mine, too", ...SAMPLE.vocabulary.slice(2), "theirs"]);
  });
});
