// The core flows in the other engines: what is typed survives a reload, a colleague's work is not overwritten, and a
// tracker is created. The other tests of this folder run in Chromium.

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { start } from "../../www/sandbox/server.mjs";
import { browsers, type DrivenBrowser, type DrivenPage, titleOf } from "../common/browsers.js";
import { SAMPLE, serveDashboard } from "./dashboard.js";

/** Finds an element by role and label, in the page or in its editor, and acts on it. Runs in the page. */
async function act(
  action: "click" | "fill" | "read",
  role: "button" | "link" | "textbox" | "dialog" | "status",
  label: string,
  text = "",
): Promise<string> {
  const selectors = {
    button: "button",
    link: "a",
    textbox: "input, textarea",
    dialog: "dialog",
    status: "footer [role=status]",
  };
  const named = (element: Element): string | undefined => {
    const root = element.getRootNode() as Document | ShadowRoot;
    const other = root.getElementById(element.getAttribute("aria-labelledby") ?? "");
    const [labelling] = (element as HTMLInputElement).labels ?? [];
    return (other?.textContent ?? element.ariaLabel ?? labelling?.textContent ?? element.textContent)?.trim();
  };
  for (let tries = 0; tries < 400; tries++) {
    const roots = [
      document,
      ...[...document.querySelectorAll("tracker-editor")].map((each) => each.shadowRoot),
    ];
    const found = roots
      .flatMap((root) => [...(root?.querySelectorAll<HTMLElement>(selectors[role]) ?? [])])
      .find((element) => element.checkVisibility() && (role === "status" || named(element) === label));
    const shown = found instanceof HTMLInputElement ? found.value : (found?.textContent ?? "");
    if (found && (action !== "read" || shown.startsWith(text))) {
      if (action === "click") found.click();
      if (action === "fill") {
        found.focus();
        (found as HTMLInputElement).value = text;
        const event = { inputType: "insertText", data: text, bubbles: true, composed: true };
        found.dispatchEvent(new InputEvent("input", event));
      }
      return shown;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no ${role} “${label}” ${text} in: ${document.body.innerText}`);
}

describe.each(["firefox", "webkit"] as const)("%s", (name) => {
  describe.skipIf(!browsers[name].isHere)(titleOf(browsers[name]), () => {
    let sandbox: Awaited<ReturnType<typeof start>>;
    let dashboard: Awaited<ReturnType<typeof serveDashboard>>;
    let browser: DrivenBrowser;
    let page: DrivenPage;

    beforeAll(async () => {
      sandbox = await start({ update: "replace" });
      dashboard = await serveDashboard(sandbox.url);
      browser = await browsers[name].launch();
      page = await browser.newPage();
    });
    afterAll(async () => {
      await browser?.close();
      await dashboard?.close();
      await sandbox?.close();
    });
    beforeEach(async () => {
      sandbox.reset();
      await page.goto("about:blank");
      await page.goto(`${dashboard.url}#/tracker/${SAMPLE.id}`);
    });

    const click = (role: "button" | "link", label: string) => page.evaluate(act, "click", role, label);
    const fill = (label: string, text: string) => page.evaluate(act, "fill", "textbox", label, text);
    const shows = (role: "textbox" | "dialog" | "status", label: string, text: string) =>
      page.evaluate(act, "read", role, label, text);

    test("what was typed survives a reload, and is sent", async () => {
      await fill("Phrase 1", "an offer of the week");
      await new Promise((resolve) => setTimeout(resolve, 600));
      await page.goto("about:blank");
      await page.goto(`${dashboard.url}#/tracker/${SAMPLE.id}`);
      await shows("textbox", "Phrase 1", "an offer of the week");
      expect(await page.evaluate(() => document.body.innerText)).toContain("Restored");
      await click("button", "Update tracker");
      await shows("status", "", "Applied");
      expect(JSON.parse(Buffer.from(sandbox.lastBody() ?? []).toString()).vocabulary[0]).toBe(
        "an offer of the week",
      );
    });

    test("a colleague’s change is shown before anything is overwritten", async () => {
      await fill("Phrase 1", "mine");
      await fetch(`${sandbox.url}/v1/manage/tracker/${SAMPLE.id}`, {
        method: "PUT",
        headers: { authorization: `Bearer ${sandbox.token()}`, "content-type": "application/json" },
        body: JSON.stringify({ ...SAMPLE, vocabulary: [...SAMPLE.vocabulary, "theirs"] }),
      });
      await click("button", "Update tracker");
      await shows("dialog", "Someone else changed this tracker", "");
      await click("button", "Use this and send");
      await shows("status", "", "Applied");
      const { vocabulary } = JSON.parse(Buffer.from(sandbox.lastBody() ?? []).toString());
      expect(vocabulary).toEqual(expect.arrayContaining(["mine", "theirs"]));
    });

    test("a new tracker is created", async () => {
      // The windows of these browsers are narrow.
      await click("button", "All trackers");
      await click("button", "New tracker");
      await fill("Name", "Refunds");
      await click("button", "Add phrase");
      await fill("Phrase 1", "money back");
      await click("button", "Create tracker");
      await shows("status", "", "Applied");
      await click("button", "All trackers");
      await click("link", "Refunds");
      await shows("textbox", "Name", "Refunds");
    });
  });
});
