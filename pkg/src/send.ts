/**
 * One call, from the caller's options to its result: what surrounds the work that wasm does, and outlives it.
 * An abort is answered here, at once; a call whose instance trapped is ended here, by a deadline.
 */
import { Attempts } from "./attempts.js";
import { errorOf, type Failure } from "./errors/failure.js";
import { renew, run } from "./module.js";
import type { SendSettings } from "./options.js";
import { askToken } from "./token.js";
import { turn } from "./turn.js";
import type { Attempt, Tracker } from "./types.js";
import type { Job, Operation } from "./wasm.js";

/** What to ask the service for. */
export interface Call {
  operation: Operation;
  /** The tracker's id, or its name where it is looked up by name. */
  subject?: string;
  /** The bytes that were checked. */
  body?: Uint8Array<ArrayBuffer>;
}

/** What came of it; no tracker where one was deleted. */
export interface Reply {
  trackers: Tracker[];
  kept: string[];
  dropped: string[];
  attempts: Attempt[];
}

/** How long after the total timeout a call that should have ended by itself is ended. */
const GRACE_MS = 1000;

export async function send(call: Call, settings: SendSettings): Promise<Reply> {
  const {
    accessToken,
    signal,
    onAttempt,
    fetch,
    totalTimeoutMs = run((wasm) => wasm.total_timeout_ms()),
  } = settings;
  if (signal?.aborted) throw signal.reason;

  const attempts = new Attempts(onAttempt);
  const over = settlable<false>();
  const stopped = settlable<never>();
  let isOver = false;
  const job: Job = {
    ...call,
    ...settings,
    totalTimeoutMs,
    token: typeof accessToken === "string" ? accessToken : undefined,
    askToken: async (refresh) => askToken(accessToken as Exclude<typeof accessToken, string>, refresh),
    turn: (origin) => turn(origin, over.promise),
    fetch: async (url, init) => (fetch ?? globalThis.fetch)(url, init),
    over: over.promise,
    get isOver() {
      return isOver;
    },
    started: () => attempts.started(),
    ended: (status, fault) => attempts.ended(status, fault),
    waiting: (ms) => attempts.waiting(ms),
  };

  const abort = () => {
    attempts.ended(undefined, "aborted");
    stopped.reject(signal?.reason);
  };
  const isOverdue = () => {
    attempts.ended(undefined, "total_timeout");
    // A call that ends neither in time nor by itself has trapped.
    renew();
    stopped.reject(
      errorOf(
        run((wasm) => wasm.overdue(job)),
        attempts.list,
      ),
    );
  };
  const deadline = setTimeout(isOverdue, totalTimeoutMs + GRACE_MS);
  try {
    signal?.addEventListener("abort", abort);
    const sent = run((wasm) => wasm.send(job)).catch((failure: Failure) => {
      throw errorOf(failure, attempts.list);
    });
    return { ...(await Promise.race([sent, stopped.promise])), attempts: attempts.list };
  } finally {
    isOver = true;
    over.resolve(false);
    clearTimeout(deadline);
    signal?.removeEventListener("abort", abort);
  }
}

function settlable<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((...functions) => {
    [resolve, reject] = functions;
  });
  return { promise, resolve, reject };
}
