import type { Attempt, AttemptEvent } from "../types.js";
import { ignoringErrors } from "./ignoringErrors.js";

/** The record of a call's attempts, which the caller may listen to. */
export class Attempts {
  readonly list: Attempt[] = [];
  #current: Pick<Attempt, "startedAt" | "purpose"> | undefined;
  readonly #listener: ((event: AttemptEvent) => void) | undefined;

  constructor(listener: ((event: AttemptEvent) => void) | undefined) {
    this.#listener = listener;
  }

  /** Whether the call's own request was sent, or is being sent. Reads do not count. */
  get sent(): boolean {
    return [...this.list, this.#current].some((attempt) => attempt && attempt.purpose === undefined);
  }

  started(purpose: Attempt["purpose"]): void {
    this.#current = { startedAt: Date.now(), ...(purpose && { purpose }) };
    this.#tell({ type: "start", attempt: this.list.length + 1, ...this.#current });
  }

  /** Does nothing if no attempt is in progress. */
  ended(status?: number, fault?: string): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    const { startedAt, ...rest } = current;
    const attempt: Attempt = { startedAt, durationMs: Math.max(0, Date.now() - startedAt), ...rest };
    if (status !== undefined) attempt.status = status;
    if (fault !== undefined) attempt.fault = fault;
    this.list.push(attempt);
    this.#tell({ type: "end", attempt: this.list.length, ...attempt });
  }

  waiting(waitMs: number): void {
    this.#tell({ type: "wait", attempt: this.list.length, waitMs });
  }

  #tell(event: AttemptEvent): void {
    ignoringErrors(() => this.#listener?.(event));
  }
}
