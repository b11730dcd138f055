/**
 * Measures the goals of speed and size in Chromium and in Node, prints a table, and writes
 * `bench/results.json` and the chart that the README shows.
 *
 *     npm run bench [-- --quick]    rough figures, nothing is written
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { bundle, CONTESTANTS } from "./bench/bundle.mjs";
import { chart } from "./bench/chart.mjs";
import { inChromium } from "./bench/chromium.mjs";
import { median } from "./bench/measure.mjs";
import { inNode } from "./bench/node.mjs";
import { table } from "./bench/table.mjs";

/**
 * @typedef {import("./bench/measure.mjs").Plan} Plan
 * @typedef {import("./bench/measure.mjs").Measured} Measured
 * @typedef {{
 *   name: string,
 *   measure: (names: string[], plan: Plan) => Promise<Measured>,
 *   firstCall: (name: string) => Promise<number>,
 *   close: () => void,
 * }} Engine
 * @typedef {Measured & { engine: string, firstCall: Record<string, number> }} Results
 */

const quick = process.argv.includes("--quick");
const plan = quick ? { rounds: 15, soak: [1, 100] } : { rounds: 60, soak: [1, 100, 10_000] };

const folder = await mkdtemp(path.join(os.tmpdir(), "symbl-tracker-bench-"));
try {
  const sizes = await bundle(folder);
  /** @type {Results[]} */
  const engines = [];
  for (const engine of [await inChromium(folder), inNode(folder)]) {
    const measured = await engine.measure(CONTESTANTS, plan);
    /** @type {Record<string, number>} */
    const firstCall = {};
    for (const name of CONTESTANTS) {
      const times = [];
      for (let i = 0; i < (quick ? 3 : 9); i++) times.push(await engine.firstCall(name));
      firstCall[name] = median(times);
    }
    engine.close();
    engines.push({ engine: engine.name, ...measured, firstCall });
  }
  console.log(table(engines, sizes));
  const [chromium] = engines;
  if (!quick && chromium) {
    await writeFile("bench/results.json", `${JSON.stringify({ sizes, engines }, null, 2)}\n`);
    await writeFile("bench/chart.svg", chart(chromium));
  }
} finally {
  await rm(folder, { recursive: true });
}
