/**
 * Measures speed and size in Chromium and in Node, prints a table, and writes `scripts/bench/results.json`, the
 * chart and the table of the README.
 *
 *     npm run bench [-- --quick]    rough figures; writes no files
 */
import { build } from "./build.mjs";
import { main } from "./setup/child.mjs";
import { setup } from "./setup.mjs";

await main(async () => {
  const toolchain = await setup({ tests: false, browsers: ["chromium"] });
  await build(toolchain);
  // Imported only now: it needs npm packages, which `setup` may have had to install.
  const { bench } = await import("./bench/bench.mjs");
  const chromium = /** @type {string} */ (toolchain.chromium);
  await bench({ chromium, quick: process.argv.includes("--quick") });
});
