/**
 * All calls to the service, one at a time and in order. The service accepts one call at a time per account, and people
 * see what is waiting and can cancel it.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type AttemptEvent, isTrackerError, type Outcome } from "symbl-tracker";

/** What a call may use while it runs. */
export interface CallContext {
  signal: AbortSignal;
  onAttempt: (event: AttemptEvent) => void;
}

/** What to call, and how it is shown. */
export interface CallOptions<T> {
  kind: "update" | "create" | "delete" | "read" | "list";
  /** What it does, as a person would say it: `Update “Sale”`. */
  title: string;
  /** The key of the edit that it is about. */
  subject?: string;
  /** What is sent, for the details. */
  sent?: unknown;
  /** Called when it is the call's turn: why it must not be sent any more, or undefined. */
  obstacle?: () => string | undefined;
  run: (context: CallContext) => Promise<T>;
}

/** How a call ended. `not_sent`: it left the queue before its first request. */
export type Ending<T> =
  | { outcome: "applied"; value: T }
  | { outcome: "not_applied" | "unknown"; error: unknown; isCancelled: boolean }
  | { outcome: "not_sent"; reason: string };

export class Call<T = unknown> {
  readonly #state = signal<"waiting" | "running" | "done">("waiting");
  readonly #events = signal<readonly AttemptEvent[]>([]);
  readonly #ending = signal<Ending<T> | undefined>(undefined);
  readonly #controller = new AbortController();
  #resolve!: (ending: Ending<T>) => void;
  /** Never rejects: a failure is an ending. */
  readonly done = new Promise<Ending<T>>((resolve) => {
    this.#resolve = resolve;
  });
  /** Milliseconds since 1970. */
  readonly addedAt = Date.now();

  constructor(readonly options: CallOptions<T>) {}

  get state(): "waiting" | "running" | "done" {
    return this.#state.value;
  }

  /** The requests so far, as the client reported them. */
  get events(): readonly AttemptEvent[] {
    return this.#events.value;
  }

  /** Undefined until the call is done. */
  get ending(): Ending<T> | undefined {
    return this.#ending.value;
  }

  /** @param reason for the person, if it never gets its turn */
  cancel(reason = "You cancelled it."): void {
    if (this.#state.value === "waiting") this.end({ outcome: "not_sent", reason });
    else this.#controller.abort();
  }

  async start(): Promise<void> {
    const obstacle = this.options.obstacle?.();
    if (obstacle !== undefined) return this.end({ outcome: "not_sent", reason: obstacle });
    this.#state.value = "running";
    const onAttempt = (event: AttemptEvent) => {
      this.#events.value = [...this.#events.value, event];
    };
    try {
      const value = await this.options.run({ signal: this.#controller.signal, onAttempt });
      this.end({ outcome: "applied", value });
    } catch (error) {
      const isCancelled = this.#controller.signal.aborted && !isTrackerError(error);
      const outcome = isTrackerError(error) ? error.outcome : this.#outcomeOfRequests();
      if (outcome === "applied") throw new Error("unreachable: an applied change is not an error");
      this.end({ outcome, error, isCancelled });
    }
  }

  end(ending: Ending<T>): void {
    if (this.#state.value === "done") return;
    this.#ending.value = ending;
    this.#state.value = "done";
    this.#resolve(ending);
  }

  /** Whether a change that was cancelled may have been made: only if a request that makes it went out and was not refused. */
  #outcomeOfRequests(): Exclude<Outcome, "applied"> {
    const { kind } = this.options;
    if (kind === "read" || kind === "list") return "not_applied";
    const refused = new Set(
      this.events.flatMap((event) =>
        event.type === "end" && isRefusal(event.status) ? [event.attempt] : [],
      ),
    );
    const isOpen = this.events.some(
      (event) => event.type === "start" && event.purpose === undefined && !refused.has(event.attempt),
    );
    return isOpen ? "unknown" : "not_applied";
  }
}

/** Whether a response with this status says that nothing was changed. */
function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && status !== 408;
}

export class Queue {
  readonly #calls = signal<readonly Call[]>([]);
  readonly #last = signal<Call | undefined>(undefined);
  /** Called before a call is sent; what it returns is called after the call. The sandbox arranges its faults here. */
  prepare: ((call: Call) => Promise<() => Promise<void>>) | undefined;

  /** The call that is running, and those that wait for it, in order. */
  readonly calls: ReadonlySignal<readonly Call[]> = this.#calls;
  /** The change or read that a person asked for and that ended last. */
  readonly last: ReadonlySignal<Call | undefined> = this.#last;
  readonly running = computed(() => this.#calls.value.find(({ state }) => state === "running"));

  add<T>(options: CallOptions<T>): Call<T> {
    const call = new Call(options);
    this.#calls.value = [...this.#calls.value, call as Call<unknown>];
    void call.done.then(() => {
      this.#calls.value = this.#calls.value.filter((other) => other !== call);
      this.#last.value = call as Call<unknown>;
      void this.#next();
    });
    void this.#next();
    return call;
  }

  /** The calls about an edit that have not ended. */
  about(subject: string): Call[] {
    return this.#calls.value.filter(({ options }) => options.subject === subject);
  }

  async #next(): Promise<void> {
    const [first] = this.#calls.value;
    if (first?.state !== "waiting" || this.#isStarting) return;
    this.#isStarting = true;
    const finish = await this.prepare?.(first).catch(() => undefined);
    this.#isStarting = false;
    if (first.state === "waiting") await first.start();
    await finish?.();
  }

  #isStarting = false;
}
