/** The whole run: every engine, the table, and the files that the README shows. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { bundle, CONTESTANTS } from "./bundle.mjs";
import { chart } from "./chart.mjs";
import { inChromium } from "./chromium.mjs";
import { median } from "./measure.mjs";
import { inNode } from "./node.mjs";
import { table } from "./table.mjs";

/**
 * @typedef {import("./measure.mjs").Plan} Plan
 * @typedef {import("./measure.mjs").Measured} Measured
 * @typedef {import("./draft.mjs").Drafts} Drafts
 * @typedef {{
 *   name: string,
 *   measure: (names: string[], plan: Plan) => Promise<Measured>,
 *   measureDrafts: (names: string[], rounds: number) => Promise<Drafts>,
 *   firstCall: (name: string) => Promise<number>,
 *   close: () => void,
 * }} Engine
 * @typedef {Measured & { engine: string, firstCall: Record<string, number>, drafts: Drafts }} Results
 */

/** Committed, as the README shows them. */
const written = (/** @type {string} */ name) => new URL(name, import.meta.url);

/** @param {{ chromium: string, quick: boolean }} options */
export async function bench({ chromium, quick }) {
  const plan = quick ? { rounds: 15, soak: [1, 100] } : { rounds: 60, soak: [1, 100, 10_000] };
  const folder = await mkdtemp(path.join(os.tmpdir(), "symbl-tracker-bench-"));
  try {
    const sizes = await bundle(folder);
    /** @type {Results[]} */
    const engines = [];
    for (const engine of [await inChromium(folder, chromium), inNode(folder)]) {
      const measured = await engine.measure(CONTESTANTS, plan);
      const drafts = await engine.measureDrafts(CONTESTANTS.slice(1), plan.rounds);
      /** @type {Record<string, number>} */
      const firstCall = {};
      for (const name of CONTESTANTS) {
        const times = [];
        for (let i = 0; i < (quick ? 3 : 9); i++) times.push(await engine.firstCall(name));
        firstCall[name] = median(times);
      }
      engine.close();
      engines.push({ engine: engine.name, ...measured, firstCall, drafts });
    }
    console.log(table(engines, sizes));
    const [first] = engines;
    if (quick || !first) return;
    await writeFile(written("results.json"), `${JSON.stringify({ sizes, engines }, null, 2)}\n`);
    await writeFile(written("chart.svg"), chart(first));
  } finally {
    await rm(folder, { recursive: true });
  }
}
