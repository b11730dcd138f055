// What the dashboard sends, and how it reports the result.

import { expect, it } from "vitest";
import {
  button,
  changes,
  eventually,
  ID,
  inChromium,
  KEPT,
  lastBody,
  name,
  page,
  phrase,
  request,
  response,
  rows,
  SAMPLE,
  SENT,
  sandbox,
  status,
  update,
} from "./dashboard.js";

inChromium("sending", () => {
  it("sends the documented sample after typing it, and shows what the service kept", async () => {
    for (let row = 0; row < 4; row++) await button("Remove Phrase 1").click();
    await button("Add phrase").click();
    await page.keyboard.type(SENT.join("\n").replaceAll("\n", "\r"));
    await eventually(() => rows().count()).toBe(3);
    await update().click();

    await eventually(status).toContain("Applied. The tracker now has 7 phrases.");
    expect(await status()).toContain("kept 4 that you did not send");
    for (const text of KEPT) expect(await response().textContent()).toContain(text);

    const [call] = changes();
    expect(call).toMatchObject({ method: "PUT", url: `/v1/manage/tracker/${ID}`, status: 200 });
    expect(call?.headers).toMatchObject({
      "content-type": "application/json",
      authorization: expect.stringMatching(/^Bearer \S+$/),
    });
    expect(call?.headers).not.toHaveProperty("x-api-key");
    expect(lastBody()).toBe(JSON.stringify(SAMPLE));

    await response().getByText("As JSON").click();
    const shown = await page.getByLabel("The response as JSON").inputValue();
    expect(JSON.parse(shown)).toEqual({ tracker: { ...SAMPLE, vocabulary: [...SENT, ...KEPT] } });

    await button("Load the service’s version").click();
    await eventually(() => rows().count()).toBe(7);
  });

  it("previews the request, with the token masked", async () => {
    await name().fill("Offers");
    const body = JSON.stringify({ id: ID, name: "Offers", vocabulary: KEPT });
    await eventually(() => page.getByLabel("Request body").inputValue()).toBe(body);
    const text = await request().textContent();
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

inChromium("failures", () => {
  it("reports a simulated 409 as not applied, and the next call succeeds", async () => {
    await page.getByLabel("Simulate").selectOption("409: the name is taken");
    await update().click();
    await eventually(status).toMatch(/^Not applied\. .*409/);
    expect(await response().textContent()).toContain("1 attempt");
    expect(await page.getByLabel("Simulate").inputValue()).toBe("");

    await update().click();
    await eventually(status).toContain("Applied.");
  });

  it("shows each attempt when the service fails twice, and that the third was applied", async () => {
    await page.getByLabel("Simulate").selectOption("502 twice");
    await update().click();
    await eventually(() => response().textContent()).toContain("Attempt 1: 502");
    await eventually(status).toContain("Applied.");
    expect(await response().textContent()).toContain("3 attempts");
    expect(changes().map((call) => call.status)).toEqual([502, 502, 200]);
  });

  it("reports that the update may have been applied when the response is lost, and loads the result", async () => {
    await page.getByLabel("Simulate").selectOption("Applied, then the response is cut short");
    await name().fill("Offers");
    await phrase(1).fill("on sale");
    await update().click();
    await eventually(status).toMatch(/^(Applied|Unknown whether applied)\. .*Read the tracker again/);
    await button("Load the service’s version").click();
    await eventually(() => rows().count()).toBe(5);
    expect(await name().inputValue()).toBe("Offers");
  });

  it("cancels a call that takes too long", async () => {
    await page.getByLabel("Simulate").selectOption("Never responds");
    await update().click();
    await button("Cancel").click();
    await eventually(status).toMatch(/^Unknown whether applied\./);
    expect(await button("Cancel").isVisible()).toBe(false);
  });
});
