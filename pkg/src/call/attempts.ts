import type { Attempt, AttemptEvent } from "../types.js";

/** The record of a call's attempts, which the caller may listen to. */
export class Attempts {
  readonly list: Attempt[] = [];
  private startedAt: number | undefined;
  private readonly listener: ((event: AttemptEvent) => void) | undefined;

  constructor(listener: ((event: AttemptEvent) => void) | undefined) {
    this.listener = listener;
  }

  /** Whether there was any, or is. */
  get any(): boolean {
    return this.list.length > 0 || this.startedAt !== undefined;
  }

  started(): void {
    this.startedAt = Date.now();
    this.tell({ type: "start", attempt: this.list.length + 1, startedAt: this.startedAt });
  }

  /** Nothing where no attempt is under way. */
  ended(status?: number, fault?: string): void {
    const startedAt = this.startedAt;
    if (startedAt === undefined) return;
    this.startedAt = undefined;
    const attempt: Attempt = { startedAt, durationMs: Math.max(0, Date.now() - startedAt) };
    if (status !== undefined) attempt.status = status;
    if (fault !== undefined) attempt.fault = fault;
    this.list.push(attempt);
    this.tell({ type: "end", attempt: this.list.length, ...attempt });
  }

  waiting(waitMs: number): void {
    this.tell({ type: "wait", attempt: this.list.length, waitMs });
  }

  private tell(event: AttemptEvent): void {
    try {
      // An async function fits the type as well.
      Promise.resolve(this.listener?.(event)).catch(() => {});
    } catch {
      // The listener's trouble is not the call's.
    }
  }
}
