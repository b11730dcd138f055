// Deleting a tracker while the person goes on working: what is typed in the meantime is kept, and the focus stays.

import { expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  eventually,
  inChromium,
  page,
  phrase,
  pick,
  row,
  SAMPLE,
  sandbox,
} from "./dashboard.js";

const deletions = () => page.getByRole("region", { name: "Deletions" });
const editor = () => page.locator("tracker-editor");
const methods = () => changes().map(({ method }) => method);

async function remove(): Promise<void> {
  await button(`Actions for ${SAMPLE.name}`).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
}

/** Edits the open tracker as JSON. @returns the field */
async function editAsJson() {
  await editor().locator("summary").filter({ hasText: "More" }).click();
  await button("Edit as JSON").click();
  return editor().getByRole("textbox", { name: /JSON/ });
}

inChromium("deleting while the person goes on working", () => {
  test("what is typed while the request is under way is kept", async () => {
    await pick();
    sandbox.addFaults({ kind: "delay", ms: 2000, method: "DELETE" });
    await remove();
    await eventually(methods).toEqual(["DELETE"]);
    await phrase(1).fill("typed during the request");
    await eventually(() => deletions().textContent()).toMatch(
      /^Deleted “Promotion Mention”\. What you typed in the meantime is kept\./,
    );
    await expect(phrase(1).inputValue()).resolves.toBe("typed during the request");
    await page.reload();
    await eventually(() => phrase(1).inputValue()).toBe("typed during the request");
    await button("Create again").click();
    await button("Create tracker").click();
    await eventually(async () => (await colleague("GET", "trackers")) as object).toMatchObject({
      trackers: [{ vocabulary: ["typed during the request", ...SAMPLE.vocabulary.slice(1)] }],
    });
  });

  test("typing JSON during the countdown takes the deletion back", async () => {
    await pick();
    const json = await editAsJson();
    await remove();
    await deletions().getByText("Deleting “Promotion Mention”").waitFor();
    await json.fill('{"id": "44');
    await eventually(() => deletions().textContent()).toMatch(/was not deleted, because it was edited/);
    expect(methods()).toEqual([]);
  });

  test("typing phrases that are not added yet takes the deletion back", async () => {
    await pick();
    await remove();
    await button("Add phrases…").click();
    await editor().locator("dialog textarea").fill("one\ntwo");
    await eventually(() => deletions().textContent()).toMatch(/was not deleted, because it was edited/);
    expect(methods()).toEqual([]);
  });

  test("what is typed after an unknown outcome is kept when the tracker turns out to be gone", async () => {
    await pick();
    sandbox.addFaults([
      { kind: "html", method: "DELETE", applied: true },
      { kind: "status", status: 403, method: "GET" },
    ]);
    await remove();
    await eventually(() => deletions().textContent()).toMatch(/^It is unknown whether/);
    await phrase(1).fill("typed afterwards");
    await deletions().getByRole("button", { name: "Refresh" }).click();
    await eventually(() => deletions().textContent()).toMatch(/What you typed in the meantime is kept/);
    await expect(phrase(1).inputValue()).resolves.toBe("typed afterwards");
  });

  test("the notice does not take the focus from the search field", async () => {
    await remove();
    await deletions().getByText("Deleting “Promotion Mention”").waitFor();
    const search = page.getByRole("searchbox", { name: "Search names and phrases" });
    await search.focus();
    await eventually(() => deletions().textContent()).toMatch(/^Deleted “Promotion Mention”/);
    await row(SAMPLE.name).waitFor({ state: "detached" });
    await page.keyboard.type("typed");
    await expect(search.inputValue()).resolves.toBe("typed");
  });
});
