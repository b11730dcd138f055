// Child processes. Each has its own process group, so a time limit or Ctrl-C also ends its descendants (the rustc of
// cargo, the browser of chromedriver).
import { spawn } from "node:child_process";

/** An error whose message is enough for the user. It is printed without a stack trace. */
export class Failure extends Error {}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Processes that must not be interrupted, because they would leave an inconsistent state. @type {typeof running} */
const unstoppable = new Set();

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // The group has already ended.
  }
}

/** Shortens the output of a failed process. Keeps the start, where npm prints the reason, and the end, where compilers
 * do.
 * @param {string} text */
function excerpt(text) {
  const lines = text.trimEnd().split("\n");
  return lines.length <= 80 ? lines.join("\n") : [...lines.slice(0, 30), "…", ...lines.slice(-50)].join("\n");
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [timeoutMs] after this time the process group is killed
 * @property {boolean} [echo] also prints the output of the process as it arrives
 * @property {(line: string) => void} [onLine] called with each line of output, to show progress
 * @property {boolean} [unstopped] this process waits for its end before it exits, instead of killing it
 */

/**
 * Runs a command and returns how it ended. Never rejects.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, out: string, all: string, timedOut: boolean}>} `out` is the standard
 *   output, `all` both streams in the order in which they arrived; `code` is 127 if the command could not be started.
 */
export function attempt(command, args, { cwd, env, timeoutMs, echo, onLine, unstopped } = {}) {
  if (stopping) return new Promise(() => {});
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const group = unstopped ? unstoppable : running;
    group.add(child);
    let out = "";
    let all = "";
    let timedOut = false;
    const timer =
      timeoutMs &&
      setTimeout(() => {
        timedOut = true;
        signalGroup(child, "SIGTERM");
        setTimeout(() => signalGroup(child, "SIGKILL"), 3000).unref();
      }, timeoutMs);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (/** @type {string} */ text) => {
        all += text;
        if (stream === child.stdout) out += text;
        if (echo) process.stdout.write(text);
        const line = text
          .trimEnd()
          .split(/[\r\n]/)
          .at(-1)
          ?.trim();
        if (line) onLine?.(line);
      });
    }
    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer || undefined);
      group.delete(child);
      // Ends descendants that are still running, such as a browser whose driver has exited. They are in the same group.
      if (!unstopped) signalGroup(child, "SIGKILL");
      resolve({ code, out, all, timedOut });
    };
    child.on("error", (error) => {
      all += `${error.message}\n`;
      finish(127);
    });
    // "exit" rather than "close": a descendant may keep the pipe open for ever.
    child.on("exit", (code) => {
      let finished = false;
      const once = () => {
        if (!finished) finish(code ?? 1);
        finished = true;
      };
      child.on("close", once);
      setTimeout(once, 2000).unref();
    });
  });
}

/**
 * Runs a command that has to succeed. Prints its output only if it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions & {remedy?: string}} [options] `remedy` says what to do if it fails
 * @returns {Promise<string>} the standard output
 * @throws {Failure} if it fails
 */
export async function run(command, args, options = {}) {
  const { code, out, all, timedOut } = await attempt(command, args, options);
  if (code === 0 && !timedOut) return out;
  const what = `${[command, ...args].join(" ")}: ${timedOut ? "took too long" : `exit code ${code}`}`;
  throw new Failure([options.echo ? "" : excerpt(all), what, options.remedy].filter(Boolean).join("\n"));
}

/** Whether a program exists *and* runs: a rustup proxy or a snap stub exists but fails when it is called.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ok: boolean, out: string, why: string}>}
 */
export async function probe(command, args, env) {
  const { code, out, all } = await attempt(command, args, { ...(env && { env }), timeoutMs: 20_000 });
  return { ok: code === 0, out, why: all.trim().split("\n")[0] ?? "" };
}

/** Once this is true, no process is started: `attempt` returns a promise that never settles. */
let stopping = false;

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

/** Ends all child processes, first with SIGTERM, so a driver can close its browser. */
async function stopChildren() {
  stopping = true;
  for (const child of running) signalGroup(child, "SIGTERM");
  for (let waited = 0; running.size > 0 && waited < 3000; waited += 50) await pause();
  killChildren();
  if (unstoppable.size > 0) console.log("waiting for apt-get, which must not be interrupted …");
  while (unstoppable.size > 0) await pause();
}

function killChildren() {
  for (const child of running) signalGroup(child, "SIGKILL");
}

/** @type {Set<() => void | Promise<void>>} */
const closers = new Set();

/** Registers a function to call before the process ends because of a signal. @param {() => void | Promise<void>} close */
export function onStop(close) {
  closers.add(close);
}

/**
 * Runs a script's main function. If it throws, prints the error and exits with code 1. On a signal, calls the functions
 * of `onStop`, ends every child process and exits with `signalCode`.
 * @param {() => Promise<void>} body
 * @param {{signalCode?: number}} [options]
 */
export async function main(body, { signalCode } = {}) {
  process.on("exit", killChildren);
  let signalled = false;
  /** @param {number} code */
  const stop = async (code) => {
    // npm forwards the terminal's Ctrl-C, so the signal arrives twice. The second must not interrupt this function.
    if (signalled) return;
    signalled = true;
    const closed = Promise.allSettled([...closers].map(async (close) => close()));
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 5000))]);
    await stopChildren();
    process.exit(signalCode ?? code);
  };
  process.on("SIGHUP", () => stop(128 + 1));
  process.on("SIGINT", () => stop(128 + 2));
  process.on("SIGTERM", () => stop(128 + 15));
  // Killing npm ends npm and its shell, but sends no signal to this process.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && stop(128 + 15);
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 500).unref();
  try {
    await body();
  } catch (error) {
    // After a signal, the killed child processes make `body` fail as well. There is no need to report that.
    if (signalled) return;
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    await stopChildren();
    process.exit(1);
  }
}
