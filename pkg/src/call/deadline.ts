/** What a race resolves to if the time is up or the call has ended. */
export const TIMED_OUT = Symbol("timed out");

/** A length of time that promises can be raced against. It ends early when the call ends. */
export class Deadline {
  /** Resolves when the time is up or the call has ended. Never rejects. */
  readonly expired: Promise<typeof TIMED_OUT>;
  readonly #call: AbortSignal;
  readonly #timer: ReturnType<typeof setTimeout>;
  #expire!: () => void;

  /** @param call the signal that ends the call */
  constructor(ms: number, call: AbortSignal) {
    this.expired = new Promise((resolve) => {
      this.#expire = () => resolve(TIMED_OUT);
    });
    this.#timer = setTimeout(this.#expire, ms);
    this.#call = call;
    if (call.aborted) this.#expire();
    else call.addEventListener("abort", this.#expire);
  }

  race<T>(promise: Promise<T>): Promise<T | typeof TIMED_OUT> {
    return Promise.race([promise, this.expired]);
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#call.removeEventListener("abort", this.#expire);
  }
}
