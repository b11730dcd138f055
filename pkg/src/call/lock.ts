/**
 * One call at a time for each API origin, as the service demands: a queue on this page, and a Web Lock across
 * tabs and workers.
 *
 * It stands here and not in wasm, so that a turn ends even if the instance traps.
 */

/** For each origin, the promise that all turns given so far are over. */
const last = new Map<string, Promise<unknown>>();

/** Resolves when no other call to the origin is under way. The turn lasts until `over` settles. */
export async function turn(origin: string, over: Promise<unknown>): Promise<void> {
  const before = last.get(origin);
  // Whoever gives up waiting still has to let those before them finish.
  const after = Promise.all([before, over]).then(() => {
    if (last.get(origin) === after) last.delete(origin);
  });
  last.set(origin, after);
  await before;
  await lock(`symbl-tracker:${origin}`, over);
}

/** Resolves when the lock is granted, or cannot be had at all: in sandboxed frames, in Node before 24.5. */
function lock(name: string, over: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    const request = async () =>
      navigator.locks.request(name, () => {
        resolve(undefined);
        return over;
      });
    request().catch(resolve);
  });
}
