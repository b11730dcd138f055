// Child processes: each in a process group of its own, so that a time limit or Ctrl-C ends the whole family
// (cargo with its rustc, chromedriver with its browser) and nothing is left running.
import { spawn } from "node:child_process";

/** A failure whose message is all that the reader needs: printed without a stack. */
export class Failure extends Error {}

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/** Those that would leave something half-done if they were ended. @type {typeof running} */
const unstoppable = new Set();

/** @param {import("node:child_process").ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** What a failing child said: npm puts its reason first, a compiler last, and nobody reads a thousand lines.
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
 * @property {boolean} [echo] also print what the child prints, as it comes
 * @property {(line: string) => void} [onLine] hears each line, for progress
 * @property {boolean} [unstopped] it is not ended with this process, but waited for
 */

/**
 * Runs a command to its end, whatever that is.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, out: string, all: string, timedOut: boolean}>} `out` is the standard output,
 *   `all` both streams in the order they came; `code` is 127 when the command could not be started.
 */
export function attempt(command, args, { cwd, env, timeoutMs, echo, onLine, unstopped } = {}) {
  if (stopping) return new Promise(() => {});
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    const family = unstopped ? unstoppable : running;
    family.add(child);
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
      family.delete(child);
      // A browser that its driver left behind would outlive the suite; its group is still this one.
      if (!unstopped) signalGroup(child, "SIGKILL");
      resolve({ code, out, all, timedOut });
    };
    child.on("error", (error) => {
      all += `${error.message}\n`;
      finish(127);
    });
    // "exit", not "close": a grandchild that kept the pipe open must not keep us waiting for ever.
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
 * Runs a command that has to succeed; quiet when it does, and shows what the child said when it does not.
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions & {remedy?: string}} [options] `remedy` says what to do when it fails
 * @returns {Promise<string>} its standard output
 */
export async function run(command, args, options = {}) {
  const { code, out, all, timedOut } = await attempt(command, args, options);
  if (code === 0 && !timedOut) return out;
  const what = `${[command, ...args].join(" ")}: ${timedOut ? "took too long" : `exit code ${code}`}`;
  throw new Failure([options.echo ? "" : excerpt(all), what, options.remedy].filter(Boolean).join("\n"));
}

/** Whether a program is there *and* runs: a rustup proxy or a snap stub exists, and only fails when called.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ok: boolean, out: string, why: string}>}
 */
export async function probe(command, args, env) {
  const { code, out, all } = await attempt(command, args, { ...(env && { env }), timeoutMs: 20_000 });
  return { ok: code === 0, out, why: all.trim().split("\n")[0] ?? "" };
}

/** Once true, nothing more is started: what asks for it waits until the process ends. */
let stopping = false;

const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

/** Ends everything that was started here; politely first, so that a driver can take its browser along. */
async function stopChildren() {
  stopping = true;
  for (const child of running) signalGroup(child, "SIGTERM");
  for (let waited = 0; running.size > 0 && waited < 3000; waited += 50) await pause();
  killChildren();
  if (unstoppable.size > 0) console.log("waiting for what must not be interrupted (apt-get) …");
  while (unstoppable.size > 0) await pause();
}

function killChildren() {
  for (const child of running) signalGroup(child, "SIGKILL");
}

/** @type {Set<() => void | Promise<void>>} */
const closers = new Set();

/** Has `close` called before the process ends on a signal. @param {() => void | Promise<void>} close */
export function onStop(close) {
  closers.add(close);
}

/**
 * Runs a script's main function: its failures become a message and exit code 1, and a signal closes what is
 * open, ends every child and exits with `signalCode`.
 * @param {() => Promise<void>} body
 * @param {{signalCode?: number}} [options]
 */
export async function main(body, { signalCode } = {}) {
  process.on("exit", killChildren);
  let signalled = false;
  /** @param {number} code */
  const stop = async (code) => {
    // npm hands the terminal's Ctrl-C on, so it arrives twice: the second must not cut the first one short.
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
  // `kill` of npm ends npm and its shell, and tells us nothing.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && stop(128 + 15);
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 500).unref();
  try {
    await body();
  } catch (error) {
    // Children killed by a signal fail too; that is no news to whoever pressed Ctrl-C.
    if (signalled) return;
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    await stopChildren();
    process.exit(1);
  }
}
