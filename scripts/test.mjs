// `npm test` runs every suite; `npm test -- rust wasm` runs only those two.
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { build, wasmFlags } from "./build.mjs";
import { attempt, Failure, main } from "./setup/child.mjs";
import { seconds } from "./setup/progress.mjs";
import { root, setup } from "./setup.mjs";

/**
 * @typedef {object} Suite
 * @property {string[][]} run commands, which run one after the other; `$NAME` is replaced by the environment variable
 * @property {(output: string) => string | 0} [ran] extracts from the output what ran; 0 if nothing ran, which is a failure
 * @property {("chromium" | "firefox" | "webkit")[]} [browsers] the browsers that it drives; the others are hidden from it
 * @property {boolean} [sandbox] whether to start a sandbox, whose URL is in SANDBOX_URL
 */

const wasm = ["--target", "wasm32-unknown-unknown"];

/** @type {Record<string, Suite>} in the order in which they run: the fastest suites first */
const suites = {
  format: {
    run: [
      ["cargo", "fmt", "--check"],
      ["biome", "check", "."],
    ],
    ran: (output) => sum(output, /Checked (\d+) files?/g, "files"),
  },
  // The dashboard has its own project, because it imports the built package, which declares the same types as pkg/src.
  types: {
    run: [
      ["tsc", "-p", ".", "--noEmit"],
      ["tsc", "-p", "www", "--noEmit"],
    ],
  },
  clippy: {
    run: [
      ["cargo", "clippy", "--locked", "--all-targets", "--", "-D", "warnings"],
      ["cargo", "clippy", "--locked", "--all-targets", "--features", "js", ...wasm, "--", "-D", "warnings"],
    ],
    ran: () => "host, wasm32",
  },
  rust: {
    run: [
      ["cargo", "test", "--locked"],
      ["cargo", "rustdoc", "--locked", "--lib", "--", "-D", "warnings"],
      // Does what `cargo publish --dry-run` does, without a request to the registry or another compilation.
      ["cargo", "package", "--locked", "--allow-dirty", "--no-verify", "--offline"],
    ],
    ran: rustTests,
  },
  fuzz: { run: [["node", "scripts/fuzz.mjs", "15"]], ran: fuzzRuns },
  wasm: {
    run: [
      [
        ...["wasm-pack", "test", "--headless", "--chrome", "--chromedriver", "$CHROMEDRIVER"],
        // Without the examples of the documentation, which do not depend on the browser: the suite `rust` runs them.
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
        ...["--exclude", "**/editor/**", "--exclude", "**/dashboard/**"],
      ],
    ],
    ran: vitestTests,
  },
  // Only the cells of tests/ecosystem that need no large tools. `npm run test:ecosystem` runs all of them.
  ecosystem: {
    run: [["node", "scripts/ecosystem.mjs", "--always"]],
    ran: (output) => sum(output, /^ecosystem: (\d+) passed/gm, "cells"),
    browsers: ["chromium"],
  },
  browser: {
    run: [["vitest", "run", "tests/browser/"]],
    ran: vitestTests,
    browsers: ["chromium", "firefox", "webkit"],
  },
  dashboard: {
    run: [["vitest", "run", "tests/dashboard/"]],
    ran: vitestTests,
    browsers: ["chromium", "firefox", "webkit"],
  },
  editor: {
    run: [["vitest", "run", "tests/editor/"]],
    ran: vitestTests,
    browsers: ["chromium", "firefox", "webkit"],
  },
  faults: {
    run: [["vitest", "run", "tests/faults/"]],
    ran: vitestTests,
    browsers: ["chromium", "firefox", "webkit"],
  },
};

/** The time limit of a suite. */
const TIME_LIMIT_MS = 15 * 60_000;

/**
 * Adds up the numbers that a pattern matches. Returns 0 or a text such as "12 passed".
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

/** @param {string} output the output of `cargo test` or of wasm-bindgen's test runner, which has the same format */
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

/** @param {string} output the output of scripts/fuzz.mjs, which prints why it skips a run */
function fuzzRuns(output) {
  return output.includes("SKIPPED") ? "skipped" : sum(output, /^fuzz: (\d+) runs/gm, "runs");
}

/** The sandbox of the wasm suite listens here if the port is free. The tests are compiled again when its URL changes. */
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
      ...(!browsers?.includes("webkit") && { WEBKIT: undefined }),
      // If this is set, wasm-bindgen's test runner always uses Firefox.
      GECKODRIVER: undefined,
    };
    for (const command of run) {
      const [program = "", ...args] = command.map((word) =>
        word.replace(/^\$(\w+)$/, (_, key) => env[key] ?? ""),
      );
      console.log(`$ ${[program, ...args].join(" ")}`);
      const left = TIME_LIMIT_MS - (performance.now() - begin);
      const { code, all, timedOut } = await attempt(program, args, {
        ...{ cwd: root, env: suiteEnv, echo: true, timeoutMs: Math.max(left, 1) },
      });
      output += all;
      if (code !== 0) result = "failed";
      if (timedOut) {
        result = `stopped after ${TIME_LIMIT_MS / 60_000} min`;
        console.error(`\n${name}: ${result}, including all its child processes`);
        break;
      }
    }
  } catch (error) {
    // The sandbox did not start. The other suites still run.
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
    throw new Failure(
      `Unknown suite: ${unknown.join(", ")}. The suites are ${Object.keys(suites).join(", ")}.`,
    );
  }
  const chosen = Object.entries(suites).filter(([name]) => names.length === 0 || names.includes(name));
  const browsers = [...new Set(chosen.flatMap(([, { browsers = [] }]) => browsers))];
  const toolchain = await setup({ tests: true, browsers });
  await build(toolchain);
  const env = {
    ...toolchain.env,
    PATH: `${toolchain.env.PATH}:${join(root, "node_modules", ".bin")}`,
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS: wasmFlags.join(" "),
    // In seconds; the default of 20 is too short for a soak test.
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
