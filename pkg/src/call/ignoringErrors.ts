/** Runs code of the caller, also an async function, that does not concern the call if it fails. */
export function ignoringErrors(work: () => unknown): void {
  try {
    Promise.resolve(work()).catch(() => {});
  } catch {
    // Nothing depends on it.
  }
}
