// A change of unknown outcome: it is not made twice, and what it turns out to be replaces nothing.

import { expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  eventually,
  inChromium,
  name,
  page,
  phrase,
  pick,
  SAMPLE,
  sandbox,
  status,
  url,
} from "./dashboard.js";

const names = async () =>
  ((await colleague("GET", "trackers")) as { trackers: (typeof SAMPLE)[] }).trackers.map(({ name }) => name);

async function begin(title: string): Promise<void> {
  await button("New tracker").click();
  await name().fill(title);
  await button("Add phrase").click();
  await phrase(1).fill("money back");
}

/** Creates a tracker, but the answer cannot be read, and neither can the service after it. */
async function createUnread(title: string): Promise<void> {
  await begin(title);
  sandbox.addFaults([
    { kind: "html", method: "POST", applied: true },
    { kind: "status", status: 403, method: "GET" },
  ]);
  await button("Create tracker").click();
  await eventually(() => status()).toMatch(/^Unknown/);
}

inChromium("a change of unknown outcome", () => {
  test("is unknown if it was applied, but can neither be read from the answer nor afterwards", async () => {
    await pick();
    await phrase(1).fill("mine");
    const path = `/v1/manage/tracker/${SAMPLE.id}`;
    sandbox.addFaults([
      { kind: "notJson", method: "PUT" },
      // The first read is the comparison before the update.
      { kind: "delay", ms: 0, method: "GET", path },
      { kind: "status", status: 403, method: "GET", path },
    ]);
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^(Unknown|Not applied)/);
    expect(await status()).toMatch(/^Unknown/);
  });

  test("is unknown for a creation, too", async () => {
    await begin("Refunds");
    sandbox.addFaults([
      { kind: "notJson", method: "POST" },
      { kind: "status", status: 403, method: "GET" },
    ]);
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^(Unknown|Not applied)/);
    expect(await status()).toMatch(/^Unknown/);
  });

  test("a creation that is found late does not replace the edit that was opened from the list", async () => {
    sandbox.changeSettings({ update: "replace" });
    await createUnread("Refunds");
    await button("Refresh").click();
    const link = page.locator('a[href^="#/tracker/"]').filter({ hasText: /^Refunds$/ });
    await link.first().click();
    await button("Update tracker").waitFor();
    await phrase(1).fill("typed here");
    await eventually(() => status()).toBe("Applied. The service has what you sent.");
    await expect(phrase(1).inputValue()).resolves.toBe("typed here");
    expect(page.url()).not.toContain("new");
    await expect(page.locator('a[href^="#/new/"]').count()).resolves.toBe(0);
    await phrase(1).press("End");
    await page.keyboard.type(", more");
    await button("Update tracker").click();
    await eventually(() => status()).toBe("Applied. “Refunds” was updated.");
    expect(await names()).toEqual([SAMPLE.name, "Refunds"]);
  });

  test("a creation is looked for before it is sent again under another name", async () => {
    await createUnread("Sael");
    await name().fill("Sale");
    await button("Create tracker").click();
    await eventually(() => status()).toBe("Applied. “Sale” was updated.");
    expect(changes().map(({ method }) => method)).toEqual(["POST", "PUT"]);
    expect(await names()).toEqual([SAMPLE.name, "Sale"]);
    expect(page.url()).toContain(`${url}#/tracker/`);
  });

  test("a creation that waits is not sent after one of unknown outcome", async () => {
    await begin("Sael");
    sandbox.addFaults({ kind: "delay", ms: 600_000, method: "POST" });
    await button("Create tracker").click();
    await eventually(() => changes().length).toBe(1);
    await name().fill("Sale");
    await button("Create tracker").click();
    await button("1 waiting").waitFor();
    await button("Cancel").click();
    await eventually(() => status()).toMatch(/^Unknown/);
    await button("Check now").click();
    await eventually(() => status()).toMatch(/^Not applied so far\./);
    expect(changes()).toHaveLength(1);
    await expect(name().inputValue()).resolves.toBe("Sale");
  });
});
