/**
 * Measures the goals of speed and size in Chromium and in Node, prints a table, and writes
 * `scripts/bench/results.json` and the chart that the README shows.
 *
 *     npm run bench [-- --quick]    rough figures, nothing is written
 */
import { build } from "./build.mjs";
import { main } from "./setup/child.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  const toolchain = await setup({ tests: false, browsers: ["chromium"] });
  await build(toolchain);
  // Not before: it imports npm packages, which the set-up may have had to bring.
  const { bench } = await import("./bench/bench.mjs");
  const chromium = /** @type {string} */ (toolchain.chromium);
  await bench({ chromium, quick: process.argv.includes("--quick") });
});
