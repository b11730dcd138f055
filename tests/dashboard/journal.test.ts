// What was typed survives a reload, a crash and a closed tab, and is removed from the journal once it is sent.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Page } from "playwright-core";
import { expect, test } from "vitest";
import { CHROME, FLAGS } from "../common/page.js";
import {
  button,
  changes,
  colleague,
  context,
  dialog,
  eventually,
  inChromium,
  name,
  openTab,
  page,
  phrase,
  pick,
  row,
  SAMPLE,
  sandbox,
  status,
  url,
} from "./dashboard.js";

const ADDRESS = `#/tracker/${SAMPLE.id}`;
/** What is typed has to be stored within this time, in milliseconds. */
const STORED_MS = 500;

const stored = (tab = page) => tab.waitForTimeout(STORED_MS);
const restored = (tab = page) => tab.getByText(/^Restored edits from \d\d:\d\d/);
const json = (tab = page) => tab.locator("tracker-editor").getByRole("textbox", { name: /JSON/ });

/** Switches to the JSON with the menu, as people do. */
async function openJson(): Promise<void> {
  await page.locator("tracker-editor summary").filter({ hasText: "More" }).click();
  await button("Edit as JSON").click();
}

/** Puts the caret behind the text of a field and types, key by key. */
async function type(text: string, field = phrase(1), tab = page): Promise<void> {
  await field.click();
  await tab.keyboard.press("End");
  await tab.keyboard.type(text);
}

/** The stored entries, of all accounts. */
const entries = (tab = page) =>
  tab.evaluate(
    () =>
      new Promise<{ scope: string; key: string }[]>((resolve, reject) => {
        const opening = indexedDB.open("symbl-tracker-dashboard");
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const all = opening.result.transaction("edits").objectStore("edits").getAll();
          all.onsuccess = () => {
            opening.result.close();
            resolve(all.result);
          };
        };
      }),
  );

/** Ends the process of a page, as a crash does. */
async function crash(tab: Page): Promise<void> {
  const session = await tab.context().newCDPSession(tab);
  const crashed = new Promise((resolve) => tab.once("crash", resolve));
  session.send("Page.crash").catch(() => {});
  await crashed;
}

inChromium("the journal", () => {
  const endings: [string, () => Promise<Page>][] = [
    [
      "a reload",
      async () => {
        await page.reload();
        return page;
      },
    ],
    [
      "a closed tab",
      async () => {
        await page.close();
        return openTab(ADDRESS);
      },
    ],
    [
      "a crash",
      async () => {
        await crash(page);
        return openTab(ADDRESS);
      },
    ],
    [
      "another page",
      async () => {
        await page.goto("about:blank");
        await page.goto(url + ADDRESS);
        return page;
      },
    ],
    [
      "the back button",
      async () => {
        await page.goto("about:blank");
        await page.goBack();
        return page;
      },
    ],
  ];
  for (const [what, end] of endings) {
    test(`what was typed is there after ${what}`, async () => {
      await pick();
      await type(" next week");
      await type(" today", name());
      await stored();
      const tab = await end();
      await eventually(() => phrase(1, tab).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
      await expect(name(tab).inputValue()).resolves.toBe(`${SAMPLE.name} today`);
      await restored(tab).waitFor();
    });
  }

  test("what was typed is there after the browser was closed", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "profile-"));
    const launch = async () => {
      const browser = await chromium.launchPersistentContext(folder, {
        executablePath: CHROME as string,
        args: FLAGS,
      });
      const tab = await browser.newPage();
      await tab.goto(url + ADDRESS);
      await phrase(1, tab).waitFor();
      return { browser, tab };
    };
    try {
      const first = await launch();
      await type(" next week", phrase(1, first.tab), first.tab);
      await stored(first.tab);
      await first.browser.close();
      const second = await launch();
      await eventually(() => phrase(1, second.tab).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
      await second.browser.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("the last keys are stored when the page is left at once", async () => {
    await pick();
    await type(" now");
    page.once("dialog", (warning) => void warning.accept());
    await page.goto("about:blank");
    const tab = await openTab(ADDRESS);
    await eventually(() => phrase(1, tab).inputValue()).toBe(`${SAMPLE.vocabulary[0]} now`);
  });

  test("typing that does not pause is stored, too", async () => {
    await pick();
    await phrase(1).click();
    await page.keyboard.press("End");
    const text = Array.from({ length: 12 }, (_, index) => ` ${index}`).join("");
    for (const key of text) {
      await page.keyboard.press(key === " " ? "Space" : key);
      await page.waitForTimeout(50);
    }
    await crash(page);
    const tab = await openTab(ADDRESS);
    await restored(tab).waitFor();
    const typed = (await phrase(1, tab).inputValue()).slice(SAMPLE.vocabulary[0]?.length);
    expect(text.startsWith(typed)).toBe(true);
    // 10 keys take half a second, on a fast machine.
    expect(typed.length).toBeGreaterThanOrEqual(text.length - 10);
  });

  test("undo goes back to the service's version, and nothing is kept then", async () => {
    await pick();
    await type(" next week");
    await stored();
    await page.reload();
    await restored().waitFor();
    await button("Undo").click();
    await eventually(() => phrase(1).inputValue()).toBe(SAMPLE.vocabulary[0]);
    await expect(restored().isVisible()).resolves.toBe(false);
    await eventually(() => entries()).toEqual([]);
    await page.reload();
    await phrase(1).waitFor();
    await expect(restored().isVisible()).resolves.toBe(false);
    await expect(phrase(1).inputValue()).resolves.toBe(SAMPLE.vocabulary[0]);
  });

  test("what was undone by typing is not kept", async () => {
    await pick();
    await type("!");
    await eventually(() => entries()).toHaveLength(1);
    await page.keyboard.press("Backspace");
    await eventually(() => entries()).toEqual([]);
  });

  test("what was sent is not kept, and what was typed since is", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await type(" next week");
    await button("Update tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await eventually(() => entries()).toEqual([]);
    await type(" or later");
    await stored();
    await page.reload();
    await restored().waitFor();
    await expect(phrase(1).inputValue()).resolves.toBe(`${SAMPLE.vocabulary[0]} next week or later`);
    // Undo goes back to what was sent, not further.
    await button("Undo").click();
    await eventually(() => phrase(1).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
    await expect(restored().isVisible()).resolves.toBe(false);
  });

  test("restored edits are discarded, and brought back", async () => {
    await pick();
    await type(" next week");
    await stored();
    await page.reload();
    await button("Discard").click();
    await eventually(() => phrase(1).inputValue()).toBe(SAMPLE.vocabulary[0]);
    await eventually(() => entries()).toEqual([]);
    await button("Bring them back").click();
    await eventually(() => phrase(1).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
    await restored().waitFor();
    await button("Discard").click();
    await eventually(() => phrase(1).inputValue()).toBe(SAMPLE.vocabulary[0]);
    await button("Undo").click();
    await eventually(() => phrase(1).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
    await stored();
    await page.reload();
    await eventually(() => phrase(1).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
  });

  test("restored edits are compared with what the service has now", async () => {
    await pick();
    await type(" today", name());
    await phrase(2).fill("a second thought");
    await stored();
    const changed = { ...SAMPLE, vocabulary: [...SAMPLE.vocabulary, "a colleague’s phrase"] };
    await colleague("PUT", `tracker/${SAMPLE.id}`, changed);
    await page.reload();
    await page.getByText("The tracker was changed on the service since").waitFor();
    await button("Compare").click();
    const comparison = dialog("Your edits and the service’s version");
    await comparison.getByText(`The name is “${SAMPLE.name} today” instead of “${SAMPLE.name}”.`).waitFor();
    const list = (label: string) => comparison.getByRole("list", { name: label }).getByRole("listitem");
    await expect(list("1 phrase added").allTextContents()).resolves.toEqual(["a second thought"]);
    await expect(list("2 phrases removed").allTextContents()).resolves.toEqual([
      SAMPLE.vocabulary[1],
      "a colleague’s phrase",
    ]);
    await comparison.getByRole("button", { name: "Close" }).click();
    // Discarding shows the service's current version, not the base of the edit.
    await button("Discard").click();
    await eventually(() => phrase(5).inputValue()).toBe("a colleague’s phrase");
  });

  test("edits that the service has already are not restored as edits", async () => {
    sandbox.changeSettings({ update: "replace" });
    await pick();
    await type(" next week");
    await stored();
    await page.goto("about:blank");
    const [, ...others] = SAMPLE.vocabulary;
    const vocabulary = [`${SAMPLE.vocabulary[0]} next week`, ...others];
    await colleague("PUT", `tracker/${SAMPLE.id}`, { ...SAMPLE, vocabulary });
    await page.goto(url + ADDRESS);
    await eventually(() => phrase(1).inputValue()).toBe(vocabulary[0]);
    await eventually(() => entries()).toEqual([]);
    await expect(restored().isVisible()).resolves.toBe(false);
  });

  test("edits of a tracker that is gone stay, and the screen says so", async () => {
    await pick();
    await type(" next week");
    await stored();
    await colleague("DELETE", `tracker/${SAMPLE.id}`);
    await page.reload();
    await restored().waitFor();
    await page.getByText("The service no longer has this tracker.").first().waitFor();
    await expect(phrase(1).inputValue()).resolves.toBe(`${SAMPLE.vocabulary[0]} next week`);
  });

  test("a new tracker is there after a reload, at its address and in the table", async () => {
    await button("New tracker").click();
    await name().click();
    await page.keyboard.type("Refunds");
    const address = page.url();
    await stored();
    await page.reload();
    await eventually(() => name().inputValue()).toBe("Refunds");
    expect(page.url()).toBe(address);
    await restored().waitFor();
    await page.goto(url);
    await row("Refunds").getByRole("link", { name: "Refunds" }).click();
    await eventually(() => name().inputValue()).toBe("Refunds");
    // It can be created, and is then removed from the journal.
    await button("Add phrase").click();
    await page.keyboard.type("money back");
    await button("Create tracker").click();
    await eventually(() => status()).toMatch(/^Applied/);
    await eventually(() => entries()).toEqual([]);
  });

  test("a new tracker in which nothing was typed is there after a reload", async () => {
    await button("New tracker").click();
    await name().waitFor();
    await page.reload();
    await name().click();
    await page.keyboard.type("Refunds");
    await stored();
    await page.reload();
    await eventually(() => name().inputValue()).toBe("Refunds");
  });

  test("text that is not JSON opens as JSON again", async () => {
    await pick();
    await openJson();
    await json().click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("not yet ");
    const text = await json().inputValue();
    expect(text.startsWith("not yet {")).toBe(true);
    await stored();
    await page.reload();
    await restored().waitFor();
    await expect(json().inputValue()).resolves.toBe(text);
    await button("Compare").click();
    await dialog("Your edits and the service’s version").getByText("not yet {").waitFor();
    await page.keyboard.press("Escape");
    await button("Discard").click();
    await eventually(() => phrase(1).inputValue()).toBe(SAMPLE.vocabulary[0]);
    await button("Bring them back").click();
    await eventually(() => json().inputValue()).toBe(text);
  });

  test("a JSON text with a repeated or an unknown key is kept, and not sent", async () => {
    await pick();
    await openJson();
    for (const member of [`"name": ${JSON.stringify(SAMPLE.name)}`, '"note": "ours"']) {
      const text = JSON.stringify(SAMPLE, null, 2).replace("{", `{ ${member},`);
      await json().fill(text);
      await stored();
      page.once("dialog", (warning) => void warning.accept());
      await page.reload();
      await restored().waitFor();
      await expect(json().inputValue()).resolves.toBe(text);
      await button("Update tracker").click();
      await page.waitForTimeout(STORED_MS);
      expect(changes()).toEqual([]);
    }
  });

  test("a long JSON text is stored while it is typed without a pause", async () => {
    const vocabulary = Array.from({ length: 3000 }, (_, index) => `a phrase with the number ${index}`);
    await colleague("POST", "tracker", { name: "Long", vocabulary });
    await page.reload();
    await pick("Long");
    const address = new URL(page.url()).hash;
    await openJson();
    await json().click();
    await page.keyboard.press("Control+Home");
    // The editor reads a long text only when typing pauses for 200 ms.
    for (const key of "0123456789".repeat(2)) {
      await page.keyboard.press(key);
      await page.waitForTimeout(60);
    }
    await crash(page);
    const tab = await openTab(address);
    await restored(tab).waitFor();
    await expect(json(tab).inputValue()).resolves.toMatch(/^0123456789\d*\{/);
  });

  test("phrases that were typed and not added yet are there after a reload", async () => {
    await pick();
    const many = page.locator("tracker-editor").getByRole("dialog").getByRole("textbox").first();
    const open = () => page.getByRole("button", { name: /^Add (many|phrases)…$/ }).click();
    await open();
    await many.click();
    await page.keyboard.type("money back");
    await page.keyboard.press("Enter");
    await page.keyboard.type("return it");
    await stored();
    await page.reload();
    await page.getByText(/^Restored a text that was not added yet: /).waitFor();
    await button("Add its phrases").click();
    await eventually(() => phrase(6).inputValue()).toBe("return it");
    await expect(phrase(5).inputValue()).resolves.toBe("money back");
    // What was cancelled is not kept.
    await open();
    await many.click();
    await page.keyboard.type("not this");
    await page.keyboard.press("Escape");
    await stored();
    await page.reload();
    await restored().waitFor();
    await expect(page.getByText(/^Restored a text/).isVisible()).resolves.toBe(false);
    await expect(phrase(6).inputValue()).resolves.toBe("return it");
  });

  test("a restored text stays until it is added or discarded", async () => {
    const notice = page.getByText(/^Restored a text that was not added yet: /);
    const open = () => page.getByRole("button", { name: /^Add (many|phrases)…$/ }).click();
    await pick();
    await open();
    await page.keyboard.type("money back");
    await stored();
    await page.reload();
    await notice.waitFor();
    await type("!");
    await open();
    await page.keyboard.type("another text");
    await page.keyboard.press("Escape");
    await stored();
    await page.reload();
    await notice.getByText("money back").waitFor();
    await button("Discard the text").click();
    await eventually(() => notice.count()).toBe(0);
    await stored();
    await page.reload();
    await restored().waitFor();
    await expect(notice.count()).resolves.toBe(0);
  });

  test("what is typed while a tracker is created is kept, and so is the focus", async () => {
    const start = async (label: string) => {
      await button("New tracker").click();
      await name().fill(label);
      await button("Add phrase").click();
      await page.keyboard.type("money back");
      sandbox.addFaults({ kind: "delay", ms: 1000, method: "POST" });
      await button("Create tracker").click();
    };
    await start("Refunds");
    await phrase(1).click();
    await page.keyboard.press("Home");
    await eventually(() => status()).toMatch(/^Applied/);
    await eventually(() => phrase(1).isEditable()).toBe(true);
    await page.keyboard.type("my ");
    await expect(phrase(1).inputValue()).resolves.toBe("my money back");
    await start("Exchanges");
    await page.getByRole("button", { name: /^Add (many|phrases)…$/ }).click();
    await page.keyboard.type("another size");
    await eventually(() => status()).toMatch(/^Applied/);
    await button("Add its phrases").click();
    await eventually(() => phrase(2).inputValue()).toBe("another size");
  });

  test("accounts and hosts do not see each other's edits", async () => {
    await pick();
    await type(" next week");
    await stored();
    await page.close();
    await context.route("**/config.json", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), account: "Another account" } });
    });
    const other = await openTab(ADDRESS);
    await phrase(1, other).waitFor();
    await expect(phrase(1, other).inputValue()).resolves.toBe(SAMPLE.vocabulary[0]);
    await expect(restored(other).isVisible()).resolves.toBe(false);
    await type(" of another account", phrase(1, other), other);
    await stored(other);
    await expect(entries(other)).resolves.toHaveLength(2);
    await other.close();
    await context.unroute("**/config.json");
    const tab = await openTab(ADDRESS);
    await eventually(() => phrase(1, tab).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
  });

  test("the browser warns while something is unwritten or being sent, and not otherwise", async () => {
    const warnings: string[] = [];
    page.on("dialog", (warning) => {
      warnings.push(warning.type());
      void warning.accept();
    });
    await pick();
    await type(" next week");
    await stored();
    await page.reload();
    await restored().waitFor();
    expect(warnings).toEqual([]);
    await type("!");
    sandbox.addFaults({ kind: "delay" });
    await stored();
    await button("Update tracker").click();
    await page.waitForTimeout(200);
    await page.reload();
    expect(warnings).toEqual(["beforeunload"]);
  });
});

inChromium("a browser that stores nothing", () => {
  const warning = (tab = page) => tab.getByText(/^Your edits cannot be kept in this browser: /);

  const faults: [string, string, () => void][] = [
    [
      "opening fails",
      "does not allow this page to store anything",
      () => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("The operation is insecure.", "SecurityError");
        };
      },
    ],
    [
      "the space is used up",
      "space that the browser has for this page is used up",
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException("Quota exceeded.", "QuotaExceededError");
        };
      },
    ],
    [
      "the database never opens",
      "does not respond",
      () => {
        const { open } = IDBFactory.prototype;
        IDBFactory.prototype.open = function (name, version) {
          const request = open.call(this, name, version);
          for (const type of ["success", "upgradeneeded"])
            request.addEventListener(type, (event) => event.stopImmediatePropagation());
          return request;
        };
      },
    ],
  ];
  for (const [what, reason, fault] of faults) {
    test(`editing and sending work when ${what}`, async () => {
      await page.close();
      await context.addInitScript(fault);
      const tab = await openTab(ADDRESS);
      await phrase(1, tab).waitFor();
      await type(" next week", phrase(1, tab), tab);
      await warning(tab).waitFor();
      await expect(warning(tab).textContent()).resolves.toContain(reason);
      await expect(phrase(1, tab).inputValue()).resolves.toBe(`${SAMPLE.vocabulary[0]} next week`);
      // The warning is shown once.
      await button("Hide this", tab).click();
      await type("!", phrase(1, tab), tab);
      await stored(tab);
      await expect(warning(tab).isVisible()).resolves.toBe(false);
      const warnings: string[] = [];
      tab.on("dialog", (dialog) => {
        warnings.push(dialog.type());
        void dialog.accept();
      });
      await tab.reload();
      expect(warnings).toEqual(["beforeunload"]);
      await type(" next week", phrase(1, tab), tab);
      await button("Update tracker", tab).click();
      await eventually(() => status(tab)).toMatch(/^Applied/);
    });
  }

  for (const [when, silent, expected] of [
    ["before something is typed", 1, "!"],
    ["after something was typed", 2, ""],
  ] as const)
    test(`edits of an earlier visit are kept when the database opens only ${when}`, async () => {
      await pick();
      await type(" next week");
      await stored();
      await page.close();
      await context.addInitScript((count) => {
        const { open } = IDBFactory.prototype;
        let silent = count;
        IDBFactory.prototype.open = function (name, version) {
          const request = open.call(this, name, version);
          if (silent-- > 0) request.addEventListener("success", (event) => event.stopImmediatePropagation());
          return request;
        };
      }, silent);
      const tab = await openTab(ADDRESS);
      await phrase(1, tab).waitFor();
      if (expected) await restored(tab).waitFor();
      await type("!", phrase(1, tab), tab);
      if (!expected) {
        await row(SAMPLE.name, tab).filter({ hasText: "new" }).getByRole("link").click();
        await restored(tab).waitFor();
      }
      await eventually(() => phrase(1, tab).inputValue()).toBe(
        `${SAMPLE.vocabulary[0]} next week${expected}`,
      );
      await eventually(() => warning(tab).count()).toBe(0);
      await expect(entries(tab)).resolves.toHaveLength(expected ? 1 : 2);
    });

  test("a database that is deleted meanwhile is written again", async () => {
    await pick();
    await type(" next week");
    await stored();
    await page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const request = indexedDB.deleteDatabase("symbl-tracker-dashboard");
          request.onsuccess = () => resolve();
          request.onerror = () => reject(request.error);
        }),
    );
    await stored();
    await page.reload();
    await eventually(() => phrase(1).inputValue()).toBe(`${SAMPLE.vocabulary[0]} next week`);
    await expect(warning().isVisible()).resolves.toBe(false);
  });

  test("a newer version of the page may change the database", async () => {
    await pick();
    await type(" next week");
    await stored();
    const upgrade = () =>
      page.evaluate(
        () =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.open("symbl-tracker-dashboard", 2);
            request.onblocked = () => reject(new Error("blocked"));
            request.onerror = () => reject(request.error);
            request.onsuccess = () => {
              request.result.close();
              resolve();
            };
          }),
      );
    await upgrade();
    await type("!");
    await warning().waitFor();
    await expect(warning().textContent()).resolves.toContain("A newer version of this page");
    await expect(phrase(1).inputValue()).resolves.toBe(`${SAMPLE.vocabulary[0]} next week!`);
  });
});
