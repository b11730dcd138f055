/**
 * Drives a call: waits, asks and sends as wasm says, and tells it what came of it. An abort is answered here, at
 * once, whatever the call is doing.
 */
import { errorOf } from "../errors/failure.js";
import type { SendSettings } from "../options.js";
import type { Attempt } from "../types.js";
import { caller } from "../wasm/caller.js";
import type { Exports as Wasm } from "../wasm/generated/call.js";
import { Attempts } from "./attempts.js";
import { LATE, Limit } from "./deadline.js";
import { attempt } from "./exchange.js";
import { turn } from "./lock.js";
import type { Call, Reply, Sending, Step } from "./steps.js";
import { askToken } from "./token.js";

export async function send(call: Call, settings: SendSettings): Promise<Reply & { attempts: Attempt[] }> {
  const { signal, onAttempt } = settings;
  if (signal?.aborted) throw signal.reason;
  const attempts = new Attempts(onAttempt);
  let finish!: (late: typeof LATE) => void;
  const over = new Promise<typeof LATE>((resolve) => {
    finish = resolve;
  });
  let abort!: () => void;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      attempts.ended(undefined, "aborted");
      reject(signal?.reason);
    };
  });
  try {
    signal?.addEventListener("abort", abort);
    const reply = await Promise.race([drive(call, settings, attempts, over), aborted]);
    return { ...reply, attempts: attempts.list };
  } finally {
    finish(LATE);
    signal?.removeEventListener("abort", abort);
  }
}

/** `over` resolves when nobody waits for the result any more; then nothing further is sent. */
async function drive(
  call: Call,
  settings: SendSettings,
  attempts: Attempts,
  over: Promise<typeof LATE>,
): Promise<Reply> {
  const { accessToken, fetch, signal } = settings;
  const job = { ...call, ...settings, token: typeof accessToken === "string" ? accessToken : undefined };
  let cause: unknown;
  let isOver = false;
  over.then(() => {
    isOver = true;
  });

  const crashed = (trap?: unknown) =>
    errorOf({ ...caller.run((wasm) => wasm.crash(job, attempts.any)), cause: trap }, attempts.list);
  const ask = <T>(work: (wasm: Wasm) => T): T => {
    try {
      return caller.run(work);
    } catch (trap) {
      throw crashed(trap);
    }
  };
  const limited = async <T>(ms: number, work: (limit: Limit) => Promise<T>): Promise<T> => {
    const limit = new Limit(ms, over);
    try {
      return await work(limit);
    } finally {
      limit.clear();
    }
  };

  const begunAt = Date.now();
  const begin = (): [Sending, instance: Wasm] => {
    const begun = ask((wasm) => wasm.begin(job, begunAt));
    if ("class" in begun) throw errorOf(begun, []);
    return [begun, caller.instance];
  };
  let [sending, instance] = begin();
  const own = <T>(work: () => T): T => {
    if (instance !== caller.instance) throw crashed();
    return ask(work);
  };
  const tell = (event: (now: number) => Step) => own(() => event(Date.now()));
  const left = () => own(() => sending.left_ms(Date.now()));
  const origin = own(() => sending.origin);

  const came = await limited(left(), (limit) => limit.race(turn(origin, over)));
  // Another call's trap is none of this one's business, as nothing was sent yet.
  if (instance !== caller.instance) [sending, instance] = begin();
  let step = tell((now) => (came === LATE ? sending.late(now) : sending.go(now)));
  while (!isOver && !signal?.aborted) {
    if (step.type === "done") return step.value;
    if (step.type === "failed") throw errorOf({ ...step.value, cause }, attempts.list);
    cause = undefined;
    if (step.type === "wait") {
      const ms = step.value;
      attempts.waiting(ms);
      await limited(ms, (limit) => limit.end);
      step = tell((now) => sending.go(now));
    } else if (step.type === "token") {
      const refresh = step.value;
      const token = await limited(left(), (limit) =>
        limit.race(askToken(accessToken, refresh, limit.end)).catch((error) => {
          cause = error;
          return undefined;
        }),
      );
      step = tell((now) => (token === LATE ? sending.late(now) : sending.token(token, now)));
    } else {
      const { maxBytes, value: limitMs } = step;
      attempts.started();
      // Whoever heard of it may have aborted the call.
      if (signal?.aborted) break;
      const heard = await limited(limitMs, (limit) =>
        attempt(
          (signal) => own(() => sending.fetch(job, fetch ?? globalThis.fetch, signal)),
          maxBytes,
          limit,
        ),
      );
      if ("timedOut" in heard) {
        cause = heard.cause;
        step = tell((now) => sending.unheard(heard.timedOut, codeOf(cause), now));
        attempts.ended(undefined, step.fault);
      } else {
        const { response, body, end } = heard;
        step = tell((now) => sending.heard(job, response, body, end, now));
        attempts.ended(response.status || undefined, step.fault);
      }
    }
  }
  throw new Error("over");
}

/** Node's name for why a request failed; other engines have none. */
function codeOf(error: unknown): string {
  try {
    const cause = error instanceof Error ? error.cause : undefined;
    return cause instanceof Error && "code" in cause ? String(cause.code) : "";
  } catch {
    // Where fetch is the caller's, what it rejects with may be anything.
    return "";
  }
}
