// The queue of calls: what is sent, in which order, and the outcome after a cancel.

import { expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  context,
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

const stored = async () =>
  ((await colleague("GET", `tracker/${SAMPLE.id}`)) as { tracker: typeof SAMPLE }).tracker;
/** The body of the last request that had one. */
const lastBody = () => JSON.parse(Buffer.from(sandbox.lastBody() ?? []).toString());
/** Waits until a matching request has arrived. */
const arrived = (method: string, count = 1) =>
  eventually(
    () =>
      sandbox
        .record()
        .requests.filter((request) => request.kind === "management" && request.method === method).length,
  ).toBeGreaterThanOrEqual(count);
const gets = () =>
  sandbox.record().requests.filter(({ kind, method }) => kind === "management" && method === "GET").length;
const FOREVER = 60_000;

/** Edits the tracker and clicks on "Update tracker". */
async function send(text = "mine"): Promise<void> {
  await pick();
  await phrase(1).fill(text);
  await button("Update tracker").click();
}

async function cancel(): Promise<void> {
  await button("Cancel").click();
}

inChromium("a cancelled call", () => {
  test("is not sent while it waits for its turn", async () => {
    await pick();
    sandbox.addFaults({ kind: "delay", ms: FOREVER, method: "GET" });
    await button("Refresh").click();
    await arrived("GET", 2);
    await send();
    await button("1 waiting").click();
    await button("Cancel: Update “Promotion Mention”").click();
    await cancel();
    await eventually(() => status()).toMatch(/^Not sent\. You cancelled it/);
    expect(changes()).toEqual([]);
  });

  test("is not applied while it waits for a token", async () => {
    // The list has been read, with a token that is no longer valid.
    await pick();
    sandbox.expireTokens();
    await context.route("**/sandbox/token", () => {});
    await send();
    await eventually(() => page.getByRole("contentinfo").getByRole("status").textContent()).toMatch(
      /^Update/,
    );
    await cancel();
    await eventually(() => status()).toBe("Not applied. You cancelled it.");
    expect(changes()).toEqual([]);
  });

  test("is not applied while it compares", async () => {
    await pick();
    sandbox.addFaults({ kind: "delay", ms: FOREVER, method: "GET" });
    const before = gets();
    await send();
    await arrived("GET", before + 1);
    await eventually(() => status()).toContain("comparing with the service");
    await cancel();
    await eventually(() => status()).toBe("Not applied. You cancelled it.");
    expect(changes()).toEqual([]);
  });

  test("is unknown once the request is out, and settled by reading", async () => {
    sandbox.changeSettings({ update: "replace" });
    sandbox.addFaults({ kind: "delay", ms: FOREVER, method: "PUT" });
    await send();
    await arrived("PUT");
    await cancel();
    await eventually(() => status()).toMatch(/^Unknown whether it was applied\. You cancelled it/);
    await button("Check now").click();
    await eventually(() => status()).toMatch(/^Not applied so far\./);
    await expect(phrase(1).inputValue()).resolves.toBe("mine");
    await button("Send again").click();
    await eventually(() => status()).toMatch(/^Applied\./);
    expect((await stored()).vocabulary).toContain("mine");
  });

  test("is not applied while it waits after 429", async () => {
    sandbox.addFaults({ kind: "status", status: 429, headers: { "retry-after": "30" }, method: "PUT" });
    await send();
    await eventually(() => status()).toBe("The service is busy. Trying again…");
    expect(await page.getByRole("contentinfo").textContent()).toMatch(/in (30|29|28|27) s \(attempt 2\)/);
    await cancel();
    await eventually(() => status()).toBe("Not applied. You cancelled it.");
  });

  test("is unknown while it waits after 502", async () => {
    sandbox.addFaults({
      kind: "status",
      status: 502,
      headers: { "retry-after": "30" },
      method: "PUT",
      applied: true,
    });
    await send();
    await eventually(() => status()).toBe("The service failed. Trying again…");
    await cancel();
    await eventually(() => status()).toMatch(/^Unknown/);
    // The change was applied, although the request failed.
    await button("Check now").click();
    await eventually(() => status()).toBe("Applied. The service has what you sent.");
  });

  test("is unknown while it is verified", async () => {
    await button("New tracker").click();
    await name().fill("Refunds");
    await button("Add phrase").click();
    await phrase(1).fill("money back");
    sandbox.addFaults([
      { kind: "status", status: 502, method: "POST", applied: true },
      { kind: "delay", ms: FOREVER, method: "GET" },
    ]);
    await button("Create tracker").click();
    await eventually(() => status()).toContain("checking whether it was applied");
    await cancel();
    await eventually(() => status()).toMatch(/^Unknown/);
    await button("Check now").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await button("Update tracker").waitFor();
    expect(page.url()).toContain("#/tracker/");
  });
});

inChromium("the queue", () => {
  test("a second click does not send the same again; more typing is sent after the first", async () => {
    sandbox.changeSettings({ update: "replace" });
    sandbox.addFaults({ kind: "delay", ms: 3000, method: "PUT" });
    await pick();
    await phrase(1).fill("first");
    await button("Update tracker").dblclick();
    await arrived("PUT");
    await button("Update tracker").click();
    await phrase(1).fill("second");
    await button("Update tracker").click();
    await phrase(1).fill("third");
    await button("Update tracker").click();
    await button("1 waiting").waitFor();
    await eventually(async () => (await stored()).vocabulary[0]).toBe("third");
    await eventually(() => status()).toMatch(/^Applied/);
    expect(changes()).toHaveLength(2);
  });

  test("what was typed while a tracker was created is sent as an update of it", async () => {
    sandbox.changeSettings({ update: "replace" });
    sandbox.addFaults({ kind: "delay", ms: 3000, method: "POST" });
    await button("New tracker").click();
    await name().fill("Refunds");
    await button("Add phrase").click();
    await phrase(1).fill("money back");
    await button("Create tracker").click();
    await arrived("POST");
    await phrase(1).fill("my money back");
    await button("Create tracker").click();
    await eventually(() => changes().map(({ method }) => method)).toEqual(["POST", "PUT"]);
    await eventually(() => status()).toMatch(/^Applied\. “Refunds” was updated/);
    await expect(phrase(1).inputValue()).resolves.toBe("my money back");
  });

  test("what has issues when it is its turn is not sent", async () => {
    await pick();
    sandbox.addFaults({ kind: "delay", ms: 5000, method: "GET" });
    await button("Refresh").click();
    await send();
    await button("1 waiting").waitFor();
    await phrase(1).fill("");
    await eventually(() => status()).toMatch(/^Not sent\. In the meantime it has an issue to fix/);
    expect(changes()).toEqual([]);
  });

  test("nothing is sent if nothing was changed, unless the person insists", async () => {
    await pick();
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Not sent\. Nothing was changed/);
    expect(changes()).toEqual([]);
    await button("Send anyway").click();
    await eventually(() => status()).toMatch(/^Applied/);
  });

  test("issues are counted, and the first one gets the focus", async () => {
    await pick();
    await phrase(3).fill("");
    await phrase(2).fill(SAMPLE.vocabulary[0] ?? "");
    await phrase(2).press("Control+Enter");
    await eventually(() => status()).toBe("Not sent. 2 issues to fix.");
    await eventually(() =>
      phrase(2).evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field),
    ).toBe(true);
    await phrase(2).fill("other");
    await eventually(() => status()).toBe("Not sent. 1 issue to fix.");
    expect(changes()).toEqual([]);
  });

  test("an empty row at the end is no issue", async () => {
    await pick();
    await phrase(1).fill("mine");
    await button("Add phrase").click();
    await phrase(5).press("Control+Enter");
    await eventually(() => status()).toMatch(/^Applied/);
    expect(lastBody().vocabulary).toHaveLength(4);
  });
});
