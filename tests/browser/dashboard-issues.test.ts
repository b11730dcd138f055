// The issues shown beside the fields while typing, without any request.

import { expect, it } from "vitest";
import {
  changes,
  eventually,
  ID,
  inChromium,
  issueOf,
  json,
  KEPT,
  LIMIT,
  name,
  openJson,
  page,
  pasteInto,
  phrase,
  SAMPLE,
  SENT,
  status,
  tab,
  trackerOf,
  update,
} from "./dashboard.js";

inChromium("issues", () => {
  it("appear beside their fields while typing, without a request", async () => {
    expect(await issueOf(name())).toBeNull();
    await name().fill("");
    expect(await issueOf(name())).toBe("The name is blank.");
    await phrase(2).fill("\u200b");
    expect(await issueOf(phrase(2))).toBe("The phrase is blank.");
    await phrase(4).fill(KEPT[0] as string);
    expect(await issueOf(phrase(4))).toBe("Repeats phrase 1.");
    expect(await issueOf(phrase(1))).toBeNull();

    await update().click();
    const summary = page.getByRole("region", { name: "Not sent: 3 issues to fix first" });
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await status()).toBe("Not sent: 3 issues to fix first.");
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

  it("report wrong types, unknown keys and missing fields in the JSON", async () => {
    await openJson({ id: Number(ID), Name: "Sale", vocabulary: ["on sale", 1, null, "on sale"] });
    await eventually(() => issueOf(json())).toContain("Id: Expected a string, got a number");
    const issues = (await issueOf(json())) ?? "";
    expect(issues).toContain('Unknown key "Name"; did you mean "name"?');
    expect(issues).toContain("Phrase 2: Expected a string, got a number.");
    expect(issues).toContain("Phrase 3: Expected a string, got null.");
    expect(issues).toContain("Phrase 4: Repeats phrase 1.");
    expect(issues).toContain("Name: The name is missing.");
    await update().click();
    expect(await status()).toBe("Not sent: 6 issues to fix first.");

    await tab("Form").click();
    expect(await status()).toContain("Fix the JSON");
    expect(await json().isVisible()).toBe(true);

    await pasteInto(json(), '{"id": ');
    await eventually(() => issueOf(json())).toContain("This is not JSON");
    await update().click();
    expect(changes()).toEqual([]);

    await pasteInto(json(), JSON.stringify(SAMPLE));
    await tab("Form").click();
    expect(await phrase(3).inputValue()).toBe(SENT[2]);
  });

  it("prevent sending 1,048,577 bytes, but not 1,048,576", async () => {
    await openJson(trackerOf(LIMIT + 1));
    await eventually(() => page.getByText("1,048,577 of 1,048,576 bytes, 1 issue").count()).toBe(1);
    expect(await issueOf(json())).toContain("1 byte over the limit of 1,048,576");
    await update().click();
    expect(await status()).toBe("Not sent: 1 issue to fix first.");
    const meter = page.getByRole("meter", { name: "Size" });
    expect(await meter.getAttribute("max")).toBe(`${LIMIT}`);
    expect(await meter.getAttribute("aria-valuetext")).toBe("1,048,577 of 1,048,576 bytes");

    // The form shows the same issue.
    await tab("Form").click();
    await eventually(() => page.getByText(/^1 byte over the limit/).count()).toBe(1);
    await update().click();
    expect(changes()).toEqual([]);

    await phrase(1).press("End");
    await page.keyboard.press("Backspace");
    await eventually(() => page.getByText("1,048,576 of 1,048,576 bytes").count()).toBe(1);
    expect(await meter.getAttribute("value")).toBe(`${LIMIT}`);
    await update().click();
    await eventually(status).toContain("Applied.");
    expect(changes()).toMatchObject([{ bytes: LIMIT, status: 200 }]);
  });

  it("are found before a megabyte is sent, even if it is sent immediately after typing", async () => {
    const { vocabulary } = trackerOf(LIMIT - 1000);
    await openJson(SAMPLE);
    // In a single call, so that there is no pause between the two events.
    await json().evaluate(
      (field, text) => {
        (field as HTMLTextAreaElement).value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
      },
      JSON.stringify({ ...SAMPLE, vocabulary: [...vocabulary, vocabulary[1]] }),
    );
    await eventually(status).toBe("Not sent: 1 issue to fix first.");
    const link = page.getByRole("link", { name: `Phrase ${(vocabulary.length + 1).toLocaleString("en")}` });
    expect(await link.isVisible()).toBe(true);
    expect(changes()).toEqual([]);
  });
});
