/**
 * The queue of all calls to the service. They run one at a time and in order, because the service accepts one call at a
 * time per account. People see which calls are waiting, and can cancel them.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type AttemptEvent, isTrackerError, type Outcome } from "symbl-tracker";
import { type Exchange, recordingFetch } from "./exchange.js";

/** The options of the client that a call passes on. */
export interface CallContext {
  signal: AbortSignal;
  onAttempt: (event: AttemptEvent) => void;
  fetch: typeof fetch;
}

/** An event with the time when it was reported, in milliseconds since 1970. */
export type TimedEvent = AttemptEvent & { at: number };

/** What a call does, and how it is shown. */
export interface CallOptions<T> {
  kind: "update" | "create" | "delete" | "read" | "list";
  /** What the call does, for people: `Update “Sale”`. */
  title: string;
  /** The key of the edit that the call is about. */
  subject?: string;
  /** Whether the call is a part of something larger, which reports the outcome itself. */
  isPart?: boolean;
  /** Called before the call runs. Returns why it must not run any more, as a sentence, or undefined. */
  obstacle?: () => string | undefined;
  /** @param following makes the context for reads that find out whether the change was applied */
  run: (context: CallContext, following: () => CallContext) => Promise<T>;
  /** Handles the ending. Called before the next call runs. */
  settle?: (ending: Ending<T>, call: Call<T>) => void;
}

/**
 * How a call ended. `not_sent`: it left the queue before its first request. `unknown` includes a change that was
 * applied, but whose answer could not be read; the error's own outcome is then `applied`.
 */
export type Ending<T> =
  | { outcome: "applied"; value: T }
  | { outcome: "not_applied" | "unknown"; error: unknown; isCancelled: boolean }
  | { outcome: "not_sent"; reason: string };

export class Call<T = unknown> {
  readonly #state = signal<"waiting" | "running" | "done">("waiting");
  readonly #events = signal<readonly TimedEvent[]>([]);
  readonly #exchanges = signal<readonly Exchange[]>([]);
  readonly #ending = signal<Ending<T> | undefined>(undefined);
  readonly #controller = new AbortController();
  readonly #ended: (call: Call<T>) => void;
  #resolve!: (ending: Ending<T>) => void;
  /** Never rejects: a failure is an ending. */
  readonly done = new Promise<Ending<T>>((resolve) => {
    this.#resolve = resolve;
  });
  /** Milliseconds since 1970. */
  readonly addedAt = Date.now();

  /** @param ended called once the call is done */
  constructor(
    readonly options: CallOptions<T>,
    ended: (call: Call<T>) => void = () => {},
  ) {
    this.#ended = ended;
  }

  get state(): "waiting" | "running" | "done" {
    return this.#state.value;
  }

  /** The attempts and waits so far, as the client reported them. */
  get events(): readonly TimedEvent[] {
    return this.#events.value;
  }

  /** The requests so far, in order. */
  get exchanges(): readonly Exchange[] {
    return this.#exchanges.value;
  }

  /** Undefined until the call is done. */
  get ending(): Ending<T> | undefined {
    return this.#ending.value;
  }

  /** Whether the call was cancelled. If it was running, it ends a moment later. */
  get isCancelled(): boolean {
    return this.#controller.signal.aborted;
  }

  /** @param reason why it was not sent, as a sentence; used if the call has not run yet */
  cancel(reason = "You cancelled it."): void {
    if (this.#state.value === "waiting") this.#end({ outcome: "not_sent", reason });
    this.#controller.abort();
  }

  async start(): Promise<void> {
    const obstacle = this.options.obstacle?.();
    if (obstacle !== undefined) return this.#end({ outcome: "not_sent", reason: obstacle });
    this.#state.value = "running";
    try {
      const value = await this.options.run(this.#context(), () => this.#context("verify"));
      this.#end({ outcome: "applied", value });
    } catch (error) {
      const isCancelled = this.#controller.signal.aborted && !isTrackerError(error);
      const outcome = isTrackerError(error) ? error.outcome : outcomeOfEvents(this.options.kind, this.events);
      this.#end({ outcome: outcome === "applied" ? "unknown" : outcome, error, isCancelled });
    }
  }

  /** @param purpose what the requests are for. Default: the purpose that the client reports */
  #context(purpose?: "verify"): CallContext {
    // The client counts the attempts of each of its calls from 1.
    const before = this.events.filter(({ type }) => type === "start").length;
    return {
      signal: this.#controller.signal,
      onAttempt: (event) => {
        const isRequest = event.type !== "wait";
        const why = purpose && isRequest ? { purpose } : {};
        const timed = { ...event, ...why, attempt: event.attempt + before, at: Date.now() };
        this.#events.value = [...this.#events.value, timed];
      },
      fetch: recordingFetch((exchange) => {
        const known = this.#exchanges.value;
        const isNew = !known.some(({ key }) => key === exchange.key);
        this.#exchanges.value = isNew
          ? [...known, exchange]
          : known.map((other) => (other.key === exchange.key ? exchange : other));
      }),
    };
  }

  #end(ending: Ending<T>): void {
    if (this.#state.value === "done") return;
    this.#ending.value = ending;
    this.#state.value = "done";
    try {
      this.options.settle?.(ending, this);
    } finally {
      this.#ended(this);
      this.#resolve(ending);
    }
  }
}

/**
 * The outcome of a change that was cancelled. It is `unknown` if a request that makes the change was sent and not
 * refused.
 */
export function outcomeOfEvents(
  kind: CallOptions<unknown>["kind"],
  events: readonly AttemptEvent[],
): Exclude<Outcome, "applied"> {
  if (kind === "read" || kind === "list") return "not_applied";
  const refused = new Set(
    events.flatMap((event) => (event.type === "end" && isRefusal(event) ? [event.attempt] : [])),
  );
  const isOpen = events.some(
    (event) => event.type === "start" && event.purpose === undefined && !refused.has(event.attempt),
  );
  return isOpen ? "unknown" : "not_applied";
}

/** Faults that mean that the request did not arrive. */
const NOT_SENT = ["connection_refused", "insecure_connection", "blocked_port"];

/**
 * Whether an attempt certainly changed nothing. As in the package, a status from 400 to 499 is a refusal, except 408,
 * which does not say how much of the request arrived.
 */
function isRefusal({ status, fault }: { status?: number; fault?: string }): boolean {
  if (status === undefined) return fault !== undefined && NOT_SENT.includes(fault);
  return status >= 400 && status < 500 && status !== 408;
}

/** How many calls are kept after they ended, for the details. */
const HISTORY = 20;

export class Queue {
  readonly #calls = signal<readonly Call[]>([]);
  readonly #history = signal<readonly Call[]>([]);
  #isWorking = false;
  /** Called before each call. The function that it returns is called after the call. Used to simulate faults. */
  prepare: ((call: Call) => Promise<() => Promise<void>>) | undefined;

  /** The call that is running, and those that wait for it, in order. */
  readonly calls: ReadonlySignal<readonly Call[]> = this.#calls;
  /** The calls that ended, the last one first. */
  readonly history: ReadonlySignal<readonly Call[]> = this.#history;
  /** The call that ended last. */
  readonly last = computed(() => this.#history.value[0]);
  readonly running = computed(() => this.#calls.value.find(({ state }) => state === "running"));

  add<T>(options: CallOptions<T>): Call<T> {
    const call = new Call(options, (ended) => {
      this.#calls.value = this.#calls.value.filter((other) => other !== ended);
      this.#history.value = [ended as Call<unknown>, ...this.#history.value].slice(0, HISTORY);
    });
    this.#calls.value = [...this.#calls.value, call as Call<unknown>];
    void this.#work();
    return call;
  }

  /** The calls about an edit that have not ended. */
  about(subject: string): Call[] {
    return this.#calls.value.filter(({ options }) => options.subject === subject);
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let [call] = this.#calls.value; call; [call] = this.#calls.value) {
      const finish = await this.prepare?.(call).catch(() => undefined);
      // It may have been cancelled in the meantime.
      if (call.state === "waiting") await call.start();
      await finish?.().catch(() => {});
    }
    this.#isWorking = false;
  }
}
