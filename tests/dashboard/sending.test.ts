// The outcome of sending: what is reported, and what can be done about it.

import { expect, test } from "vitest";
import {
  button,
  changes,
  colleague,
  eventually,
  inChromium,
  name,
  openContext,
  page,
  phrase,
  pick,
  row,
  SAMPLE,
  sandbox,
  status,
  url,
} from "./dashboard.js";

const trackers = async () =>
  ((await colleague("GET", "trackers")) as { trackers: (typeof SAMPLE)[] }).trackers;
const bar = () => page.getByRole("contentinfo");
const details = () => page.getByRole("complementary", { name: "Details" });

async function edit(text = "mine"): Promise<void> {
  await pick();
  await phrase(1).fill(text);
}

async function begin(title: string, text = "money back"): Promise<void> {
  await button("New tracker").click();
  await name().fill(title);
  await button("Add phrase").click();
  await phrase(1).fill(text);
}

inChromium("sending", () => {
  test("a service that fails twice is asked again, and each attempt is told", async () => {
    sandbox.changeSettings({ update: "replace" });
    await edit();
    sandbox.addFaults({ kind: "status", status: 502, times: 2, method: "PUT" });
    await button("Update tracker").click();
    await eventually(() => status()).toBe("Applied. “Promotion Mention” was updated.");
    await button("Details").click();
    const attempts = await details().getByRole("list").first().getByRole("listitem").allTextContents();
    expect(attempts.map((text) => /^(Compare|Send \d|Wait|Verify)/.exec(text)?.[1])).toEqual([
      "Compare",
      "Send 1",
      "Wait",
      "Send 2",
      "Wait",
      "Send 3",
    ]);
  });

  test("a name that is taken leads to the tracker that has it", async () => {
    await colleague("POST", "tracker", { name: "Sale", vocabulary: ["on sale"] });
    await button("Refresh").click();
    await row("Sale").waitFor();
    await begin("Sale");
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Not applied\. Another tracker has this name\./);
    await bar().getByRole("link", { name: "Open “Sale”" }).click();
    await eventually(() => phrase(1).inputValue()).toBe("on sale");
  });

  test("a tracker that someone else deleted can be created again", async () => {
    await edit();
    await colleague("DELETE", `tracker/${SAMPLE.id}`);
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Not applied\. The service no longer has this tracker\./);
    await expect(phrase(1).inputValue()).resolves.toBe("mine");
    await bar().getByRole("button", { name: "Create again" }).click();
    await eventually(() => status()).toBe("Applied. “Promotion Mention” was created.");
    const [created, ...others] = await trackers();
    expect(others).toEqual([]);
    expect(created?.vocabulary).toEqual(["mine", ...SAMPLE.vocabulary.slice(1)]);
    expect(page.url()).toContain(created?.id);
  });

  test("a refusal is quoted", async () => {
    await edit();
    sandbox.addFaults({ kind: "status", status: 400, method: "PUT", message: "At most 10 phrases." });
    await button("Update tracker").click();
    await eventually(() => status()).toContain("It says: “At most 10 phrases.”");
  });

  test("an answer that breaks off after the change is read again", async () => {
    sandbox.changeSettings({ update: "replace" });
    await edit();
    sandbox.addFaults({ kind: "notJson", method: "PUT" });
    await button("Update tracker").click();
    await eventually(() => status()).toBe("Applied. “Promotion Mention” was updated.");
    await expect(row(SAMPLE.name).textContent()).resolves.not.toContain("edited");
  });

  test("an unknown outcome is checked once on its own, and the edit stays", async () => {
    await edit();
    sandbox.addFaults({ kind: "html", method: "PUT" });
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Unknown whether it was applied\./);
    await eventually(() => status()).toMatch(
      /^Not applied so far\. On the service, the tracker lacks 1 phrase that you sent, and has 1 phrase/,
    );
    await button("Show the difference…").click();
    await expect(page.getByRole("list", { name: /^You sent/ }).textContent()).resolves.toBe("mine");
    await button("Close").click();
    await expect(phrase(1).inputValue()).resolves.toBe("mine");
    expect(changes()).toHaveLength(1);
  });

  test("a creation of unknown outcome that is found by its name becomes that tracker", async () => {
    await begin("Refunds");
    sandbox.addFaults([
      { kind: "html", method: "POST", applied: true },
      { kind: "status", status: 403, method: "GET" },
    ]);
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Unknown/);
    await button("Check now").click();
    await eventually(() => status()).toBe("Applied. The service has what you sent.");
    await button("Update tracker").waitFor();
    await expect(phrase(1).inputValue()).resolves.toBe("money back");
    expect(await trackers()).toHaveLength(2);
  });

  test("a name that someone else took in the meantime is not taken for the creation", async () => {
    await begin("Refunds");
    sandbox.addFaults({ kind: "html", method: "POST" });
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Unknown/);
    await colleague("POST", "tracker", { name: "Refunds", vocabulary: ["theirs"] });
    await button("Check now").click();
    await eventually(() => status()).toMatch(
      /^Not applied so far\. There is a tracker named “Refunds” with other phrases/,
    );
    await expect(phrase(1).inputValue()).resolves.toBe("money back");
    await button("Create tracker").waitFor();
  });

  test("the exchange is shown without the token, and can be copied as curl", async () => {
    sandbox.changeSettings({ update: "replace" });
    await edit();
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await button("Details").click();
    const text = (await details().textContent()) ?? "";
    expect(text).toContain(`PUT ${sandbox.url}/v1/manage/tracker/${SAMPLE.id}`);
    expect(text).toContain("authorization: Bearer …");
    expect(text).toMatch(/Answer\{\s*"tracker":/);
    for (const { headers } of changes()) {
      const token = String(headers.authorization).replace("Bearer ", "");
      expect(token.length).toBeGreaterThan(10);
      expect(await page.content()).not.toContain(token);
    }
    await details().getByRole("button", { name: "Copy as curl" }).last().click();
    await button("Copied").waitFor();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain("Bearer $TOKEN");
    expect(curl).toContain(`curl -X PUT '${sandbox.url}/v1/manage/tracker/${SAMPLE.id}'`);
    expect(curl).toContain('"mine"');
  });

  test("a problem is simulated in the next call of any kind, and says in which", async () => {
    await edit();
    await button("Details").click();
    await details().getByLabel("Simulate", { exact: true }).selectOption("No such tracker");
    await button("Refresh").click();
    await details().getByText("“No such tracker” was simulated for: Read the trackers").waitFor();
    await details().getByLabel("Removed phrases").selectOption("An update removes them");
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied\./);
    expect(sandbox.changeSettings({}).update).toBe("replace");
  });

  test("nothing is simulated without a sandbox", async () => {
    await openContext();
    await page.route(`${url}config.json`, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ json: { ...(await response.json()), sandbox: false } });
    });
    await page.reload();
    await button("Details").click();
    await details().waitFor();
    await expect(details().getByLabel("Simulate").count()).resolves.toBe(0);
  });

  test("a failure says which tracker it is about while another one is shown", async () => {
    await colleague("POST", "tracker", { name: "Sale", vocabulary: ["on sale"] });
    await button("Refresh").click();
    await row("Sale").waitFor();
    await edit();
    sandbox.addFaults({ kind: "status", status: 403, method: "PUT" });
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Not applied/);
    await pick("Sale");
    await eventually(() => status()).toMatch(/^Not applied.*\(Update “Promotion Mention”\)$/);
  });

  test("a report about another tracker leads to that tracker, and does not act on the open one", async () => {
    await colleague("POST", "tracker", { name: "Sale", vocabulary: ["on sale"] });
    await button("Refresh").click();
    await row("Sale").waitFor();
    await pick();
    await button("Update tracker").click();
    await button("Send anyway").waitFor();
    await pick("Sale");
    await eventually(() => status()).toBe("");
    await expect(button("Send anyway").count()).resolves.toBe(0);
    await phrase(1).fill("");
    await name().fill("");
    await button("Update tracker").click();
    await button("Go to the first issue").waitFor();
    await pick();
    await eventually(() => status()).toMatch(
      /^Not sent\. \d issues? to fix\. \(the tracker without a name\)$/,
    );
    await expect(button("Go to the first issue").count()).resolves.toBe(0);
    await page
      .getByRole("contentinfo")
      .getByRole("link", { name: "Open the tracker without a name" })
      .click();
    await button("Go to the first issue").waitFor();
  });

  test("a tracker is not sent while it is being deleted", async () => {
    sandbox.addFaults({ kind: "delay", ms: 4000, method: "DELETE" });
    await edit();
    await row(SAMPLE.name).getByRole("button").click();
    await page.getByRole("menuitem", { name: /Delete/ }).click();
    await eventually(() => status()).toMatch(/^Delete/);
    await button("Update tracker").click();
    await eventually(() => status()).not.toMatch(/^Delete/);
    expect(changes().map(({ method }) => method)).toEqual(["DELETE"]);
    expect(await trackers()).toEqual([]);
  });
});
