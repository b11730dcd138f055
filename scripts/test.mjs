// `npm test`: every suite, or those named: `npm test -- rust wasm`.
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { build, wasmFlags } from "./build.mjs";
import { attempt, Failure, main } from "./setup/child.mjs";
import { seconds } from "./setup/progress.mjs";
import { root, setup } from "./setup.mjs";

/**
 * @typedef {object} Suite
 * @property {string[][]} run commands, one after the other; `$NAME` is taken from the environment
 * @property {(output: string) => string | 0} [ran] what it ran, from its output; 0: nothing, which is a failure
 * @property {("chromium" | "firefox")[]} [browsers] that it drives; it is not told of others
 * @property {boolean} [sandbox] a sandbox runs meanwhile, its address in SANDBOX_URL
 */

const wasm = ["--target", "wasm32-unknown-unknown"];

/** @type {Record<string, Suite>} in this order: what fails soonest comes first */
const suites = {
  format: {
    run: [
      ["cargo", "fmt", "--check"],
      ["biome", "check", "."],
    ],
    ran: (output) => sum(output, /Checked (\d+) files?/g, "files"),
  },
  types: { run: [["tsc", "-p", ".", "--noEmit"]] },
  clippy: {
    run: [
      ["cargo", "clippy", "--locked", "--all-targets", "--", "-D", "warnings"],
      ["cargo", "clippy", "--locked", "--all-targets", ...wasm, "--", "-D", "warnings"],
    ],
    ran: () => "host, wasm32",
  },
  rust: { run: [["cargo", "test", "--locked"]], ran: rustTests },
  fuzz: { run: [["node", "scripts/fuzz.mjs", "15"]], ran: fuzzRuns },
  wasm: {
    run: [
      [
        ...["wasm-pack", "test", "--headless", "--chrome", "--chromedriver", "$CHROMEDRIVER"],
        // Not the examples of the documentation: there is nothing of the browser in them, and `rust` runs them.
        ...["--mode", "no-install", "--", "--locked", "--lib", "--test", "web"],
      ],
    ],
    ran: rustTests,
    browsers: ["chromium"],
    sandbox: true,
  },
  package: {
    run: [
      [
        ...["vitest", "run", "--exclude", "**/browser/**", "--exclude", "**/faults/**"],
        ...["--exclude", "**/editor/**"],
      ],
    ],
    ran: vitestTests,
  },
  browser: { run: [["vitest", "run", "tests/browser/"]], ran: vitestTests, browsers: ["chromium"] },
  editor: { run: [["vitest", "run", "tests/editor/"]], ran: vitestTests, browsers: ["chromium", "firefox"] },
  faults: { run: [["vitest", "run", "tests/faults/"]], ran: vitestTests, browsers: ["chromium", "firefox"] },
};

/** A suite that runs longer than this hangs. */
const LIMIT_MS = 15 * 60_000;

/**
 * The sum of the numbers that a pattern finds; 0 or a text such as "12 passed".
 * @param {string} output
 * @param {RegExp} number
 * @param {string} unit
 */
function sum(output, number, unit) {
  const total = [...output.matchAll(number)].reduce((sum, match) => sum + Number(match[1]), 0);
  return total && `${total} ${unit}`;
}

/** @param {string | 0} passed @param {string | 0} failed */
const both = (passed, failed) => [passed, failed].filter(Boolean).join(", ") || 0;

/** @param {string} output of cargo test, and of wasm-bindgen's runner, which says the same */
function rustTests(output) {
  return both(
    sum(output, /^test result: .*?(\d+) passed/gm, "passed"),
    sum(output, /^test result: .*?(\d+) failed/gm, "failed"),
  );
}

/** @param {string} output */
function vitestTests(output) {
  return both(
    sum(output, /^ *Tests .*?(\d+) passed/gm, "passed"),
    sum(output, /^ *Tests .*?(\d+) failed/gm, "failed"),
  );
}

/** @param {string} output of scripts/fuzz.mjs, which says aloud why it does nothing */
function fuzzRuns(output) {
  return output.includes("SKIPPED") ? "skipped" : sum(output, /^fuzz: (\d+) runs/gm, "runs");
}

/** Where the wasm suite's sandbox listens if it can: the tests have its address compiled in. */
const PREFERRED_PORT = 5175;

async function startSandbox() {
  const { start } = await import("../www/sandbox/server.mjs");
  return start({ port: PREFERRED_PORT }).catch(() => start());
}

/**
 * @param {string} name
 * @param {Suite} suite
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{name: string, failed: boolean, result: string, ran: string, time: string}>}
 */
async function runSuite(name, { run, ran, sandbox, browsers }, env) {
  console.log(`\n── ${name} ${"─".repeat(70 - name.length)}`);
  const begin = performance.now();
  let result = "passed";
  let output = "";
  /** @type {{url: string, close: () => Promise<void>} | undefined} */
  let server;
  try {
    if (sandbox) server = await startSandbox();
    const suiteEnv = {
      ...env,
      ...(server && { SANDBOX_URL: server.url }),
      ...(!browsers?.includes("firefox") && { FIREFOX: undefined }),
      // wasm-bindgen's runner takes Firefox, whatever it is told, where it finds its driver here.
      GECKODRIVER: undefined,
    };
    for (const command of run) {
      const [program = "", ...args] = command.map((word) =>
        word.replace(/^\$(\w+)$/, (_, key) => env[key] ?? ""),
      );
      console.log(`$ ${[program, ...args].join(" ")}`);
      const left = LIMIT_MS - (performance.now() - begin);
      const { code, all, timedOut } = await attempt(program, args, {
        ...{ cwd: root, env: suiteEnv, echo: true, timeoutMs: Math.max(left, 1) },
      });
      output += all;
      if (code !== 0) result = "failed";
      if (timedOut) {
        result = `stopped after ${LIMIT_MS / 60_000} min`;
        console.error(`\n${name}: ${result}, with everything it had started`);
        break;
      }
    }
  } catch (error) {
    // The sandbox did not start: the other suites are still worth running.
    console.error(error);
    result = "failed";
  } finally {
    await server?.close();
  }
  const count = ran ? ran(stripVTControlCharacters(output)) : "";
  if (count === 0 && result === "passed") result = "failed: ran nothing";
  return { name, failed: result !== "passed", result, ran: count || "", time: seconds(begin) };
}

await main(async () => {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !Object.hasOwn(suites, name));
  if (unknown.length > 0) {
    throw new Failure(`No suite ${unknown.join(", ")}. The suites: ${Object.keys(suites).join(", ")}.`);
  }
  const chosen = Object.entries(suites).filter(([name]) => names.length === 0 || names.includes(name));
  const browsers = [...new Set(chosen.flatMap(([, { browsers = [] }]) => browsers))];
  const toolchain = await setup({ tests: true, browsers });
  await build(toolchain);
  const env = {
    ...toolchain.env,
    PATH: `${toolchain.env.PATH}:${join(root, "node_modules", ".bin")}`,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: wasmFlags.join(" "),
    // Seconds; the default of 20 is short for a soak test.
    WASM_BINDGEN_TEST_TIMEOUT: "300",
  };

  const results = [];
  for (const [name, suite] of chosen) results.push(await runSuite(name, suite, env));

  console.log("");
  for (const row of [{ name: "suite", result: "result", ran: "ran", time: "seconds" }, ...results]) {
    console.log(`${row.name.padEnd(10)}${row.result.padEnd(24)}${row.ran.padEnd(18)}${row.time.padStart(8)}`);
  }
  const failed = results.filter((result) => result.failed);
  console.log(failed.length > 0 ? `\n${failed.map(({ name }) => name).join(", ")} failed` : "\nall passed");
  process.exitCode = failed.length > 0 ? 1 : 0;
});
