// The user's cache: one folder a tool and version, put in place whole, so that an interrupted or a parallel
// set-up never leaves half of one.
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";

export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "symbl-tracker");

/** A lock not refreshed for this long belongs to a process that was killed. */
const STALE_MS = 15_000;

/** @type {Set<string>} */
const mine = new Set();
process.on("exit", () => {
  for (const path of mine) rmSync(path, { recursive: true, force: true });
});

/**
 * Runs `work` while no other process does so under the same name.
 * @template T
 * @param {string} name @param {() => Promise<T>} work @param {() => void} [onWait] called once if it has to wait
 */
export async function withLock(name, work, onWait) {
  const lock = join(cache, "locks", name);
  mkdirSync(dirname(lock), { recursive: true });
  for (let waited = false; ; waited = true) {
    try {
      writeFileSync(lock, `${process.pid}\n`, { flag: "wx" });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      if (!waited) onWait?.();
      const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (age > STALE_MS) rmSync(lock, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
  mine.add(lock);
  // A heartbeat instead of a process number: numbers mean nothing across containers that share a home.
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(lock, now, now);
    } catch {
      // Somebody took it for stale, after a suspended laptop woke up. What is built is still renamed whole.
    }
  }, STALE_MS / 5);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    mine.delete(lock);
    rmSync(lock, { force: true });
  }
}

/**
 * Makes the folder `final` unless it is there: `make` fills a temporary folder beside it, which is then renamed.
 * @param {string} final @param {(temporary: string) => Promise<void>} make @param {() => void} [onWait]
 */
export async function cached(final, make, onWait) {
  if (existsSync(final)) return;
  await withLock(
    basename(final),
    async () => {
      if (existsSync(final)) return;
      await staged(`${final}.tmp-`, make, (temporary) => {
        // Two can meet here when a lock went stale; what is there already is as good, and may be in use.
        if (!existsSync(final)) renameSync(temporary, final);
      });
    },
    onWait,
  );
}

/**
 * Makes the folder `final` anew and swaps it in whole; a failure leaves the old one as it was. Needs a lock.
 * @param {string} final
 * @param {string} staging a folder on the same disk, where what is not finished lies
 * @param {(temporary: string) => Promise<void>} make
 */
export async function replaced(final, staging, make) {
  await staged(join(staging, `${basename(final)}.tmp-`), make, (temporary) => {
    const old = `${temporary}.old`;
    if (existsSync(final)) renameSync(final, old);
    renameSync(temporary, final);
    rmSync(old, { recursive: true, force: true });
  });
}

/**
 * @param {string} prefix of the temporary folder's path
 * @param {(temporary: string) => Promise<void>} make
 * @param {(temporary: string) => void} place
 */
async function staged(prefix, make, place) {
  const folder = dirname(prefix);
  mkdirSync(folder, { recursive: true });
  for (const left of readdirSync(folder)) {
    // Of a run that was killed: whoever is here has the lock.
    if (left.startsWith(basename(prefix))) rmSync(join(folder, left), { recursive: true, force: true });
  }
  const temporary = prefix + randomBytes(6).toString("hex");
  mkdirSync(temporary);
  mine.add(temporary);
  try {
    await make(temporary);
    place(temporary);
  } finally {
    mine.delete(temporary);
    rmSync(temporary, { recursive: true, force: true });
  }
}
