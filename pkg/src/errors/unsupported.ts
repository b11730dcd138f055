import { TrackerError } from "./TrackerError.js";

/** What an environment may lack. `unsafe-eval` stands for a Content-Security-Policy or a switch that refuses wasm. */
type Missing = "unsafe-eval" | "async" | "WebAssembly" | (string & {});

/** The error of an environment in which this package cannot run. Nothing was sent. */
export function unsupported(missing: Missing, cause?: unknown): TrackerError {
  const [message, resolution] = wordsFor(missing);
  return new TrackerError(`${message} ${resolution}`, {
    code: "unsupported_environment",
    outcome: "not_applied",
    resolution,
    attempts: [],
    cause,
  });
}

function wordsFor(missing: Missing): [message: string, resolution: string] {
  switch (missing) {
    case "unsafe-eval":
      return [
        "This environment refuses to compile WebAssembly.",
        "Add 'wasm-unsafe-eval' to script-src of the page's Content-Security-Policy; in Node, remove --jitless.",
      ];
    case "async":
      return [
        "This browser does not compile WebAssembly synchronously on the main thread.",
        "Call await ready() once, before anything else.",
      ];
    case "WebAssembly":
      return ["This environment has no WebAssembly.", "Use a newer one; in Node, remove --jitless."];
    default:
      return [
        `This environment has no ${missing}.`,
        `Use a newer one, or define globalThis.${missing} before the first call.`,
      ];
  }
}

/** @throws {TrackerError} that names the first of these globals that is missing */
export function requireGlobals(...names: string[]): void {
  for (const name of names) {
    if ((globalThis as Record<string, unknown>)[name] === undefined) throw unsupported(name);
  }
}
