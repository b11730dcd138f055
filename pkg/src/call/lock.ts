/**
 * The origin lock: the service allows one call at a time, so calls to one origin wait for each other, in a queue on this
 * page and through a Web Lock across tabs and workers.
 *
 * It is kept here and not in wasm, so that it is released even if the instance traps.
 */

/** For each origin, a promise that resolves when all calls so far have released the lock. */
const queues = new Map<string, Promise<unknown>>();

/** A request for the lock of an origin. The lock is held until `call` is aborted. */
export class OriginLock {
  /** Resolves when the lock is held. */
  readonly granted: Promise<unknown>;
  #isFirst = false;

  /** @param call the signal that ends the call */
  constructor(origin: string, call: AbortSignal) {
    const released = new Promise<void>((resolve) => {
      call.addEventListener("abort", () => resolve(), { once: true });
    });
    const before = queues.get(origin);
    // A call that gives up waiting still has to let those before it finish.
    const after = Promise.all([before, released]).then(() => {
      if (queues.get(origin) === after) queues.delete(origin);
    });
    queues.set(origin, after);
    this.granted = (async () => {
      await before;
      this.#isFirst = true;
      await webLock(`symbl-tracker:${origin}`, released);
    })();
  }

  /** Whether the call waits for another tab, window or worker, and not for a call on this page. */
  get isHeldElsewhere(): boolean {
    return this.#isFirst;
  }
}

/** Resolves when the Web Lock is granted, or is not available: in sandboxed frames, in Node before 24.5. */
function webLock(name: string, released: Promise<unknown>): Promise<unknown> {
  return new Promise((resolve) => {
    const request = async () =>
      navigator.locks.request(name, () => {
        resolve(undefined);
        return released;
      });
    request().catch(resolve);
  });
}
