// The user's cache: one folder per tool and version. A folder is filled under a temporary name and then renamed, so an
// interrupted or parallel set-up never leaves an incomplete one.
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

/** A lock that has not been refreshed for this long belongs to a process that was killed. */
const STALE_MS = 15_000;

/** Paths to delete when this process ends. @type {Set<string>} */
const temporaryPaths = new Set();
process.on("exit", () => {
  for (const path of temporaryPaths) rmSync(path, { recursive: true, force: true });
});

/**
 * Runs `work` while no other process holds the lock of this name.
 * @template T
 * @param {string} name @param {() => Promise<T>} work @param {() => void} [onWait] called once if the lock is taken
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
  temporaryPaths.add(lock);
  // A heartbeat rather than a process id, because ids are meaningless across containers that share a home folder.
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(lock, now, now);
    } catch {
      // Another process deleted the lock as stale, for example after a suspended laptop woke up. This is harmless: the
      // result is still put in place by one rename.
    }
  }, STALE_MS / 5);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    temporaryPaths.delete(lock);
    rmSync(lock, { force: true });
  }
}

/**
 * Creates the folder `final` unless it exists: `make` fills a temporary folder beside it, which is then renamed.
 * @param {string} final @param {(temporary: string) => Promise<void>} make @param {() => void} [onWait]
 */
export async function cached(final, make, onWait) {
  if (existsSync(final)) return;
  await withLock(
    basename(final),
    async () => {
      if (existsSync(final)) return;
      await staged(`${final}.tmp-`, make, (temporary) => {
        // If a lock became stale, two processes can get here. The existing folder is equivalent and may be in use.
        if (!existsSync(final)) renameSync(temporary, final);
      });
    },
    onWait,
  );
}

/**
 * Replaces the folder `final` by a new one, by renaming it; if `make` fails, the old folder stays. The caller must hold
 * a lock.
 * @param {string} final
 * @param {string} staging a folder on the same disk for the unfinished folder
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
 * Fills a new temporary folder and puts it in place.
 * @param {string} prefix the start of the temporary folder's path
 * @param {(temporary: string) => Promise<void>} make
 * @param {(temporary: string) => void} place
 */
async function staged(prefix, make, place) {
  const folder = dirname(prefix);
  mkdirSync(folder, { recursive: true });
  for (const entry of readdirSync(folder)) {
    // Left over from a run that was killed: no other process is here, because this one holds the lock.
    if (entry.startsWith(basename(prefix))) rmSync(join(folder, entry), { recursive: true, force: true });
  }
  const temporary = prefix + randomBytes(6).toString("hex");
  mkdirSync(temporary);
  temporaryPaths.add(temporary);
  try {
    await make(temporary);
    place(temporary);
  } finally {
    temporaryPaths.delete(temporary);
    rmSync(temporary, { recursive: true, force: true });
  }
}
