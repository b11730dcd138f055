/**
 * Drives a call: waits, asks for tokens and sends as the state machine in wasm says, and reports what came of it. An
 * abort ends the call at once, whatever it is doing.
 */

import { isTrackerError, type TrackerError } from "../errors/TrackerError.js";
import { requireGlobals } from "../errors/unsupported.js";
import { errorOf } from "../failure.js";
import type { SendSettings } from "../options.js";
import type { Attempt } from "../types.js";
import { caller } from "../wasm/caller.js";
import type { CallMachine, CallResult, DriverEvent, Exports, Job, Step } from "../wasm/generated/call.js";
import { onAbort } from "./abort.js";
import { Attempts } from "./attempts.js";
import { Deadline, TIMED_OUT } from "./deadline.js";
import { exchange } from "./exchange.js";
import { OriginLock } from "./lock.js";
import { askToken } from "./token.js";

/** What to ask the service for. */
export type Call = Pick<Job, "endpoint" | "subject" | "body" | "base">;

export interface SendResult extends CallResult {
  attempts: Attempt[];
}

export async function send(call: Call, settings: SendSettings): Promise<SendResult> {
  if (settings.signal?.aborted) throw settings.signal.reason;
  requireGlobals("AbortController", "URL", "TextEncoder", "TextDecoder", "setTimeout", "clearTimeout");
  if (!settings.fetch) requireGlobals("fetch");
  return new CallDriver(call, settings).run();
}

type StepOf<Type extends Step["type"]> = Step & { type: Type };

class CallDriver {
  readonly #settings: SendSettings;
  readonly #job: Job;
  readonly #attempts: Attempts;
  /** Ends the call: its waits, its request and its hold on the origin lock. */
  readonly #controller = new AbortController();
  /** The instance of the module that has the machine. If another call traps, both are gone. */
  #instance: Exports;
  #machine: CallMachine;
  /** What the last attempt, or the token function, threw. */
  #cause: unknown;

  constructor(call: Call, settings: SendSettings) {
    const { accessToken, onAttempt } = settings;
    this.#settings = settings;
    this.#job = { ...call, ...settings, token: typeof accessToken === "string" ? accessToken : undefined };
    this.#attempts = new Attempts(onAttempt);
    [this.#machine, this.#instance] = this.#begin(Date.now());
  }

  async run(): Promise<SendResult> {
    const { signal } = this.#settings;
    const stopListening =
      signal &&
      onAbort(signal, () => {
        this.#attempts.ended(undefined, "aborted");
        this.#controller.abort(signal.reason);
      });
    try {
      let step = await this.#acquireLock();
      for (;;) {
        this.#controller.signal.throwIfAborted();
        if (step.type === "done") return { ...step.result, attempts: this.#attempts.list };
        if (step.type === "failed") throw errorOf(step.failure, this.#attempts.list, this.#cause);
        this.#cause = undefined;
        step = await this.#follow(step);
      }
    } finally {
      stopListening?.();
      this.#controller.abort();
      this.#free();
    }
  }

  #follow(step: StepOf<"token" | "wait" | "send">): Promise<Step> {
    if (step.type === "token") return this.#askToken(step);
    return step.type === "wait" ? this.#wait(step) : this.#send(step);
  }

  async #acquireLock(): Promise<Step> {
    const begunAt = Date.now();
    const lock = new OriginLock(
      this.#own(() => this.#machine.origin),
      this.#controller.signal,
    );
    const came = await this.#within(this.#remaining(), (deadline) => deadline.race(lock.granted));
    // The trap of another call does not concern this one, as nothing was sent yet.
    if (this.#instance !== caller.instance) [this.#machine, this.#instance] = this.#begin(begunAt);
    return this.#tell(
      came === TIMED_OUT ? { type: "noTurn", isHeldElsewhere: lock.isHeldElsewhere } : { type: "ready" },
    );
  }

  async #askToken({ refresh }: StepOf<"token">): Promise<Step> {
    const token = await this.#within(this.#remaining(), (deadline) =>
      deadline.race(askToken(this.#settings.accessToken, refresh, deadline.expired)).catch((error) => {
        this.#cause = error;
        return undefined;
      }),
    );
    return this.#tell(token === TIMED_OUT ? { type: "deadlineExceeded" } : { type: "token", token });
  }

  async #wait({ waitMs }: StepOf<"wait">): Promise<Step> {
    this.#attempts.waiting(waitMs);
    await this.#within(waitMs, (deadline) => deadline.expired);
    return this.#tell({ type: "ready" });
  }

  async #send({ timeoutMs, maxBytes, purpose }: StepOf<"send">): Promise<Step> {
    this.#attempts.started(purpose);
    // The listener may have aborted the call.
    this.#controller.signal.throwIfAborted();
    const fetch = this.#settings.fetch ?? globalThis.fetch;
    const came = await this.#within(timeoutMs, (deadline) =>
      exchange((signal) => this.#own(() => this.#machine.send(this.#job, fetch, signal)), maxBytes, deadline),
    );
    if (came.type === "failed") this.#cause = came.cause;
    const step = this.#tell(came);
    const status = came.type === "response" ? came.status : 0;
    this.#attempts.ended(status || undefined, step.fault);
    return step;
  }

  /** @throws {TrackerError} if an option cannot be used */
  #begin(begunAt: number): [CallMachine, Exports] {
    const machine = this.#ask((wasm) => wasm.begin(this.#job, begunAt));
    if ("class" in machine) throw errorOf(machine, []);
    return [machine, caller.instance];
  }

  /** Reports an event to the machine, and returns its next step. */
  #tell(event: DriverEvent): Step {
    this.#controller.signal.throwIfAborted();
    return this.#own(() => this.#machine.next(event, Date.now()));
  }

  #remaining(): number {
    return this.#own(() => this.#machine.remaining_ms(Date.now()));
  }

  /** Runs code that uses the machine, unless that is gone. */
  #own<T>(work: () => T): T {
    if (this.#instance !== caller.instance) throw this.#crashed();
    return this.#ask(work);
  }

  #ask<T>(work: (wasm: Exports) => T): T {
    try {
      return caller.run(work);
    } catch (trap) {
      throw isTrackerError(trap) ? trap : this.#crashed(trap);
    }
  }

  #crashed(trap?: unknown): TrackerError {
    const failure = caller.run((wasm) => wasm.crash(this.#job, this.#attempts.sent));
    return errorOf(failure, this.#attempts.list, trap);
  }

  async #within<T>(ms: number, work: (deadline: Deadline) => Promise<T>): Promise<T> {
    const deadline = new Deadline(ms, this.#controller.signal);
    try {
      return await work(deadline);
    } finally {
      deadline.clear();
    }
  }

  /** Returns the machine's memory now: the garbage collector would do it whenever it likes. */
  #free(): void {
    if (this.#instance === caller.instance) this.#machine.free();
  }
}
