// What stands beside a field as it arises, and that it costs no request.

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
    expect(issues).toContain("/vocabulary/3 The phrase repeats the phrase at index 0.");
    expect(issues).toContain("/name The name is missing.");
    await update().click();
    expect(await status()).toBe("Not sent: 6 issues to mend first.");

    await tab("Form").click();
    expect(await status()).toContain("Mend the JSON");
    expect(await json().isVisible()).toBe(true);

    await pasteInto(json(), '{"id": ');
    await eventually(() => issueOf(json())).toContain("This is not JSON");
    await update().click();
    expect(changes()).toEqual([]);

    await pasteInto(json(), JSON.stringify(SAMPLE));
    await tab("Form").click();
    expect(await phrase(3).inputValue()).toBe(SENT[2]);
  });

  it("refuses 1,048,577 bytes and sends 1,048,576", async () => {
    await openJson(trackerOf(LIMIT + 1));
    await eventually(() => page.getByText("1,048,577 of 1,048,576 bytes, 1 issue").count()).toBe(1);
    expect(await issueOf(json())).toContain("1 byte over the limit of 1,048,576");
    await update().click();
    expect(await status()).toBe("Not sent: 1 issue to mend first.");
    const meter = page.getByRole("meter", { name: "Size" });
    expect(await meter.getAttribute("max")).toBe(`${LIMIT}`);
    expect(await meter.getAttribute("aria-valuetext")).toBe("1,048,577 of 1,048,576 bytes");

    // In the form as well.
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

  it("are judged before a megabyte is sent, however fast somebody sends it", async () => {
    const { vocabulary } = trackerOf(LIMIT - 1000);
    await openJson(SAMPLE);
    // In one go, so that there is no pause between.
    await json().evaluate(
      (field, text) => {
        (field as HTMLTextAreaElement).value = text;
        field.dispatchEvent(new InputEvent("input", { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }));
      },
      JSON.stringify({ ...SAMPLE, vocabulary: [...vocabulary, vocabulary[1]] }),
    );
    await eventually(status).toBe("Not sent: 1 issue to mend first.");
    const place = page.getByRole("link", { name: `/vocabulary/${vocabulary.length}` });
    expect(await place.isVisible()).toBe(true);
    expect(changes()).toEqual([]);
  });
});
