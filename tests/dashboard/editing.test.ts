// Opening a tracker, editing it and sending it.

import { expect, test } from "vitest";
import {
  button,
  changes,
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

inChromium("editing", () => {
  test("a tracker is opened, edited and updated", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await expect(phrase(1).inputValue()).resolves.toBe(SAMPLE.vocabulary[0]);
    await phrase(1).fill("a new promotion");
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    const [sent] = changes();
    expect(sent?.method).toBe("PUT");
    await page.reload();
    await eventually(() => phrase(1).inputValue()).toBe("a new promotion");
  });

  test("a new tracker is created", async () => {
    await button("New tracker").click();
    await name().fill("Refunds");
    await button("Add phrase").click();
    await phrase(1).fill("money back");
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await page.reload();
    await eventually(() => name().inputValue()).toBe("Refunds");
  });
});
