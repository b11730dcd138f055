// Random flows that end at a random moment: everything typed more than half a second before has to be there afterwards.
// SEED=… repeats a run; ROUNDS=… makes it longer.

import type { Page } from "playwright-core";
import { expect, onTestFailed, test } from "vitest";
import {
  button,
  colleague,
  context,
  eventually,
  inChromium,
  name,
  openTab,
  page,
  phrase,
  SAMPLE,
  sandbox,
} from "./dashboard.js";

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const ROUNDS = Number(process.env.ROUNDS ?? 8);
/** What was typed longer ago than this has to be stored, in milliseconds. */
const STORED_MS = 500;

/** Random numbers from 0 to below 1, by mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const OTHER = { name: "Refunds", vocabulary: ["money back", "return it"] };

/** What the fields of a tracker showed at a moment. */
interface Shown {
  at: number;
  text: string;
}

const json = (tab: Page) => tab.locator("tracker-editor").getByRole("textbox", { name: "Tracker as JSON" });

/** What is shown of the open tracker: its name and phrases, or the text if it is not JSON. */
async function shown(tab: Page): Promise<string | undefined> {
  const text = await tab.evaluate(() => {
    const editor = document.querySelector("tracker-editor");
    return editor ? (editor.jsonText ?? JSON.stringify(editor.draft)) : undefined;
  });
  try {
    const { name, vocabulary } = JSON.parse(text ?? "");
    return JSON.stringify({ name, vocabulary });
  } catch {
    return text;
  }
}

inChromium("random flows", () => {
  test(`with the seed ${SEED}, nothing typed is lost`, { timeout: 600_000 }, async () => {
    console.log(`SEED=${SEED} ROUNDS=${ROUNDS}`);
    const log: string[] = [];
    onTestFailed(() => console.log(log.join("\n")));
    const random = randomFrom(SEED);
    const below = (count: number) => Math.floor(random() * count);
    const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
    sandbox.changeSettings({ update: "replace" });
    const { tracker } = (await colleague("POST", "tracker", OTHER)) as { tracker: { id: string } };
    await page.reload();
    let tab = page;
    const leaveAnyway = (tab: Page) => tab.on("dialog", (warning) => void warning.accept());
    leaveAnyway(tab);

    /** Every text that a tracker showed, in order, by its address. */
    const history = new Map<string, Shown[]>();
    const address = () => new URL(tab.url()).hash;
    const note = async () => {
      const at = Date.now();
      const text = await shown(tab);
      if (text === undefined) return;
      const all = history.get(address()) ?? [];
      all.push({ at, text });
      history.set(address(), all);
    };
    const canType = () => tab.evaluate(() => document.querySelector("tracker-editor")?.readOnly === false);

    const typeInto = async (field: ReturnType<typeof phrase>) => {
      await field.click();
      await tab.keyboard.press(one(["Home", "End"]));
      for (const key of `${one(["really", "now", "é", "x y"])}${below(100)} `) {
        await tab.keyboard.type(key);
        if (random() < 0.3) await tab.waitForTimeout(below(120));
        await note();
      }
    };
    const isJson = async () => (await json(tab).count()) > 0 && json(tab).isVisible();
    const steps: [string, () => Promise<void>][] = [
      ["name", async () => void ((await isJson()) || (await typeInto(name(tab))))],
      [
        "phrase",
        async () => {
          if (await isJson()) return;
          // An undo may have removed the only phrase.
          if ((await phrase(1, tab).count()) === 0) await button("Add phrase", tab).click();
          await typeInto(phrase(1, tab));
        },
      ],
      ["JSON", async () => void ((await isJson()) && (await typeInto(json(tab))))],
      [
        "mode",
        async () => {
          if (await isJson()) return;
          await tab.evaluate(() => {
            const editor = document.querySelector("tracker-editor");
            if (editor) editor.mode = "json";
          });
        },
      ],
      [
        "add",
        async () => {
          if (await isJson()) return;
          await button("Add phrase", tab).click();
          await tab.keyboard.type(`phrase ${below(1000)}`);
        },
      ],
      ["undo", async () => void ((await isJson()) || (await button("Undo", tab).click({ force: true })))],
      ["send", async () => void (await button("Update tracker", tab).click({ force: true }))],
      ["pause", () => tab.waitForTimeout(below(900))],
    ];
    const endings: [string, () => Promise<void>][] = [
      ["reload", async () => void (await tab.reload())],
      [
        "close",
        async () => {
          const at = address();
          await tab.close();
          tab = await openTab(at);
          leaveAnyway(tab);
        },
      ],
      [
        "crash",
        async () => {
          const at = address();
          const session = await context.newCDPSession(tab);
          const crashed = new Promise((resolve) => tab.once("crash", resolve));
          session.send("Page.crash").catch(() => {});
          await crashed;
          tab = await openTab(at);
          leaveAnyway(tab);
        },
      ],
      [
        "leave",
        async () => {
          const at = tab.url();
          await tab.goto("about:blank");
          await tab.goto(at);
        },
      ],
    ];

    for (let round = 0; round < ROUNDS; round++) {
      log.push(`round ${round}`);
      if (random() < 0.3) sandbox.addFaults({ kind: "delay", ms: below(1500), method: "PUT" });
      const label = one([SAMPLE.id, tracker.id, "new"]);
      if (label === "new") await button("New tracker", tab).click();
      else await tab.evaluate((hash) => location.assign(hash), `#/tracker/${label}`);
      await eventually(canType).toBe(true);
      if (label === "new") await button("Add phrase", tab).click();
      await note();
      for (let count = 1 + below(5); count > 0; count--) {
        const [what, step] = one(steps);
        log.push(what);
        // A dialog may ask something before sending.
        if (await tab.locator("dialog[open]").count()) await tab.keyboard.press("Escape");
        if (what !== "send" || label !== "new") await step();
        await note();
      }
      await tab.waitForTimeout(below(600));
      const at = address();
      const [what, end] = one(endings);
      log.push(what);
      const ended = Date.now();
      await end();
      await eventually(canType).toBe(true);
      const found = await shown(tab);
      const all = history.get(at) ?? [];
      // What was typed within the last half second may be there or not.
      const last = all.filter((one) => one.at < ended - STORED_MS).length - 1;
      const allowed = all.slice(Math.max(last, 0)).map(({ text }) => text);
      expect(allowed, `in round ${round}`).toContain(found);
      await note();
    }
  });
});
