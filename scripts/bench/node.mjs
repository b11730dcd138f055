/** Measures in Node, in a new process for every run. */
import { execFile } from "node:child_process";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

/**
 * @param {string} folder the folder of the bundles
 * @returns {import("./bench.mjs").Engine}
 */
export function inNode(folder) {
  const base = `${pathToFileURL(folder)}/`;

  /** @param {string} call an expression that calls a function of `measure.mjs` or `draft.mjs` */
  async function inNewProcess(call) {
    const script = `
      import { measure, firstCall } from "${base}measure.js";
      import { measureDrafts } from "${base}draft.js";
      const heap = () => process.memoryUsage().heapUsed;
      console.log(JSON.stringify(await ${call}));
    `;
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, ["--expose-gc", "--input-type=module", "-e", script]);
    return JSON.parse(stdout);
  }

  return {
    name: `Node ${process.versions.node}`,
    measure: (names, plan) =>
      inNewProcess(`measure(${JSON.stringify(names)}, "${base}", ${JSON.stringify(plan)}, heap)`),
    measureDrafts: (names, rounds) =>
      inNewProcess(`measureDrafts(${JSON.stringify(names)}, "${base}", ${rounds})`),
    firstCall: (name) => inNewProcess(`firstCall("${base}${name}.js")`),
    close: () => {},
  };
}
