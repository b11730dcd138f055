/** Runs the benchmark in every engine, prints the table and writes the files that the README shows. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { bundle, CONTESTANTS, costs } from "./bundle.mjs";
import { chart } from "./chart.mjs";
import { inChromium } from "./chromium.mjs";
import { editorLines, measureEditor } from "./editor.mjs";
import { median } from "./measure.mjs";
import { inNode } from "./node.mjs";
import { writeCosts } from "./readme.mjs";
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

/** The URL of an output file. These files are committed because the README shows them. */
const outputUrl = (/** @type {string} */ name) => new URL(name, import.meta.url);

/** @param {{ chromium: string, quick: boolean }} options */
export async function bench({ chromium, quick }) {
  const plan = quick ? { rounds: 15, soak: [1, 100] } : { rounds: 60, soak: [1, 100, 10_000] };
  const folder = await mkdtemp(path.join(os.tmpdir(), "symbl-tracker-bench-"));
  try {
    const sizes = await bundle(folder);
    const imports = await costs();
    /** @type {Results[]} */
    const engines = [];
    for (const engine of [await inChromium(folder, chromium), inNode(folder)]) {
      const measured = await engine.measure(CONTESTANTS, plan);
      const drafts = await engine.measureDrafts(CONTESTANTS.slice(1), plan.rounds);
      const firstCall = await firstCalls(engine, quick ? 3 : 15);
      engine.close();
      engines.push({ engine: engine.name, ...measured, firstCall, drafts });
    }
    const editor = await measureEditor(chromium, quick ? 50 : 300);
    console.log(table(engines, sizes, imports));
    console.log(`\n${editorLines(editor)}`);
    const [first] = engines;
    if (quick || !first) return;
    await writeFile(
      outputUrl("results.json"),
      `${JSON.stringify({ sizes, imports, engines, editor }, null, 2)}\n`,
    );
    await writeFile(outputUrl("chart.svg"), chart(first));
    await writeCosts(imports);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * The median time of each contestant's import and first call. The contestants take turns, so a busy moment on the
 * machine affects all of them.
 *
 * @param {Engine} engine
 * @param {number} rounds
 */
async function firstCalls(engine, rounds) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries(CONTESTANTS.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of CONTESTANTS) times[name]?.push(await engine.firstCall(name));
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}
