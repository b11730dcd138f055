/**
 * One listener for each signal of a caller, however many calls it is passed to: thirty calls on one signal are no leak,
 * but Node warns of eleven listeners.
 */
const listeners = new WeakMap<AbortSignal, { abort: () => void; calls: Set<() => void> }>();

/** Calls `ended` once the signal is aborted. Returns a function that stops listening. */
export function onAbort(signal: AbortSignal, ended: () => void): () => void {
  let listener = listeners.get(signal);
  if (!listener) {
    const calls = new Set<() => void>();
    listener = { calls, abort: () => [...calls].forEach((call) => void call()) };
    listeners.set(signal, listener);
    signal.addEventListener("abort", listener.abort);
  }
  const { abort, calls } = listener;
  calls.add(ended);
  return () => {
    calls.delete(ended);
    if (calls.size > 0 || listeners.get(signal)?.calls !== calls) return;
    listeners.delete(signal);
    signal.removeEventListener("abort", abort);
  };
}
