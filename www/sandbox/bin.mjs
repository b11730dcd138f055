#!/usr/bin/env node
// `npx symbl-tracker-sandbox` runs the sandbox until it is stopped.

import { parseArgs } from "node:util";
import { APP_SECRET } from "./management.mjs";
import { start } from "./server.mjs";

const HELP = `Usage: symbl-tracker-sandbox [--port <number>] [--update merge|replace]

  --port    where to listen on 127.0.0.1; 0 is any free port. Default: 5174
  --update  whether an update adds its phrases to the tracker's, or replaces them. Default: merge
  --help    prints this text`;

/** Reads the command line. @returns {{port: number, update: "merge" | "replace"} | "help"} */
function options() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "5174" },
      update: { type: "string", default: "merge" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return "help";
  const { port, update } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error(`--port must be a number from 0 to 65535, got "${port}"`);
  if (update !== "merge" && update !== "replace")
    throw new Error(`--update must be "merge" or "replace", got "${update}"`);
  return { port: Number(port), update };
}

/** Prints one line and ends the process. @param {string} message @param {number} code */
function fail(message, code) {
  console.error(`symbl-tracker-sandbox: ${message}`);
  process.exit(code);
}

/**
 * Calls a function when the parent process has ended: a signal to npx ends npx and its shell, and is not passed on.
 * @param {() => void} close
 */
function onOrphaned(close) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    close();
  }, 500);
  timer.unref();
}

async function main() {
  /** @type {ReturnType<typeof options>} */
  let chosen;
  try {
    chosen = options();
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${HELP}`, 2);
  }
  if (chosen === "help") return console.log(HELP);
  const { port, update } = chosen;
  try {
    const sandbox = await start({ port, update });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => sandbox.close());
    if (process.env.npm_lifecycle_event) onOrphaned(() => sandbox.close());
    const body = JSON.stringify({ type: "application", appId: "any text", appSecret: APP_SECRET });
    console.log(`sandbox ${sandbox.url}`);
    console.log(
      `token   ${sandbox.token()} (for an hour; another: POST /oauth2/token:generate with ${body})`,
    );
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    fail(code === "EADDRINUSE" ? `port ${port} is in use; choose another with --port` : message, 1);
  }
}

await main();
