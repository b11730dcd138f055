/** Goes through many things without blocking the page. */

/** How long one slice of work takes, in milliseconds: half a frame. */
const SLICE_MS = 8;

/** Lets the browser paint and handle input. A message arrives sooner than a timer, which waits for 4 ms when nested. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/**
 * Calls `visit` for 0 up to, not including, `count`, in slices.
 *
 * @param count asked for again after every slice, as a list may change meanwhile
 * @param visit `false` ends the scan
 * @param onProgress told after every slice how far the scan is, from 0 to 1
 * @returns whether it went through to the end, or was ended by `visit`; not if it was aborted
 */
export async function scan(
  count: () => number,
  visit: (index: number) => unknown,
  signal: AbortSignal,
  onProgress?: (share: number) => void,
): Promise<boolean> {
  let end = performance.now() + SLICE_MS;
  for (let index = 0; index < count(); index++) {
    if (signal.aborted) return false;
    if (visit(index) === false) return true;
    // Looking at the clock costs more than most visits do.
    if ((index & 31) === 31 && performance.now() > end) {
      onProgress?.(index / count());
      await breathe();
      end = performance.now() + SLICE_MS;
    }
  }
  return !signal.aborted;
}
