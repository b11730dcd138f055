// What the dashboard sends, and what it says came of it.

import { expect, it } from "vitest";
import {
  answer,
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
  rows,
  SAMPLE,
  SENT,
  sandbox,
  status,
  update,
} from "./dashboard.js";

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
    expect(call?.headers).toMatchObject({
      "content-type": "application/json",
      authorization: expect.stringMatching(/^Bearer \S+$/),
    });
    expect(call?.headers).not.toHaveProperty("x-api-key");
    expect(lastBody()).toBe(JSON.stringify(SAMPLE));

    await answer().getByText("As JSON").click();
    const shown = await page.getByLabel("The answer as JSON").inputValue();
    expect(JSON.parse(shown)).toEqual({ tracker: { ...SAMPLE, vocabulary: [...SENT, ...KEPT] } });

    await button("Load what the service has").click();
    await eventually(() => rows().count()).toBe(7);
  });

  it("shows the request beforehand, with the token masked", async () => {
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
