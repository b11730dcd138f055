/** What a race comes to where the time is up, or nobody waits for the call any more. */
export const LATE = Symbol("late");

/** A length of time that promises can be raced against, and that ends early when the call is over. */
export class Limit {
  /** Resolves when the time is up. */
  readonly end: Promise<typeof LATE>;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number, over: Promise<typeof LATE>) {
    const time = new Promise<typeof LATE>((resolve) => {
      this.timer = setTimeout(resolve, ms, LATE);
    });
    this.end = Promise.race([time, over]);
  }

  race<T>(promise: Promise<T>): Promise<T | typeof LATE> {
    return Promise.race([promise, this.end]);
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}
