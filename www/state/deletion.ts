/**
 * Deletes trackers: after a countdown that can be taken back, and never together with another call about the same
 * tracker. What was deleted can be created again for a while.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { isTrackerError, type NewTracker } from "symbl-tracker";
import type { Account } from "./account.js";
import type { Edit } from "./edit.js";
import type { Call, Ending, Queue } from "./queue.js";
import { addressOf, go, route } from "./route.js";
import { contentOf, nameOf, type Row, routeOfRow } from "./row.js";
import type { Service } from "./service.js";

/** In seconds. */
const COUNTDOWN = 5;
/** How long creating it again is offered, in milliseconds. */
const OFFER_MS = 2 * 60_000;

export type Phase =
  | { step: "counting"; seconds: number }
  /** In the queue, or being sent. */
  | { step: "deleting"; call: Call<void> }
  /** @property wasGone whether someone else had deleted it */
  | { step: "deleted"; wasGone: boolean }
  /** It was taken back because of this. */
  | { step: "kept"; reason: string }
  | { step: "failed"; ending: Failure };

type Failure = Exclude<Ending<void>, { outcome: "applied" }>;

export class Deletion {
  readonly key: string;
  readonly id: string | undefined;
  readonly name: string;
  /** Whether the service does not have it, so that only the edit is discarded. */
  readonly isLocal: boolean;
  readonly #phase = signal<Phase>({ step: "counting", seconds: COUNTDOWN });
  readonly phase: ReadonlySignal<Phase> = this.#phase;
  /** What was deleted. */
  content: NewTracker | undefined;

  constructor(readonly row: Row) {
    this.key = row.key;
    this.id = row.id;
    this.name = nameOf(row);
    this.isLocal = row.tracker === undefined;
  }

  go(phase: Phase): void {
    this.#phase.value = phase;
  }
}

export class Deletions {
  readonly #all = signal<readonly Deletion[]>([]);
  readonly #stops = new Map<Deletion, () => void>();

  constructor(
    private readonly service: Service,
    private readonly account: Account,
    private readonly queue: Queue,
  ) {}

  /** Those that were asked for last, oldest first. */
  readonly all: ReadonlySignal<readonly Deletion[]> = this.#all;

  /** The deletion of this tracker that has not ended. */
  underWay(key: string): Deletion | undefined {
    return this.#all.value.find(({ key: other, phase }) => {
      const { step } = phase.value;
      return other === key && (step === "counting" || step === "deleting");
    });
  }

  /** Why a tracker cannot be deleted now. */
  obstacle(key: string): string | undefined {
    return this.queue.about(key).some(({ options }) => options.kind !== "delete" && options.kind !== "read")
      ? "It is being sent."
      : undefined;
  }

  /** Starts the countdown. */
  start(row: Row): void {
    if (this.underWay(row.key) || this.obstacle(row.key) !== undefined) return;
    const deletion = new Deletion(row);
    this.#all.value = [...this.#all.value.filter(({ key }) => key !== row.key), deletion];
    this.#count(deletion);
  }

  /** Takes a deletion back that has not begun, and closes the notice of one that has ended. */
  dismiss(deletion: Deletion): void {
    this.#stop(deletion);
    const { value } = deletion.phase;
    // It is in the queue: it can be cancelled, but its end is to be seen.
    if (value.step === "deleting") value.call.cancel();
    else this.#all.value = this.#all.value.filter((other) => other !== deletion);
  }

  #count(deletion: Deletion): void {
    const { key } = deletion;
    const timer = setInterval(() => {
      const { value } = deletion.phase;
      if (value.step !== "counting") return;
      if (value.seconds > 1) deletion.go({ step: "counting", seconds: value.seconds - 1 });
      else this.#delete(deletion);
    }, 1000);
    let seen: { edit: Edit; revision: number } | undefined;
    // Whoever goes on with the tracker wants to keep it.
    const stopWatching = effect(() => {
      const edit = this.account.edits.value.get(key);
      if (this.obstacle(key) !== undefined) this.#keep(deletion, "it is being sent");
      else if (edit && seen?.edit === edit && seen.revision !== edit.revision)
        this.#keep(deletion, "it was edited");
      else if (edit) seen = { edit, revision: edit.revision };
    });
    this.#stops.set(deletion, () => {
      clearInterval(timer);
      stopWatching();
    });
  }

  #stop(deletion: Deletion): void {
    this.#stops.get(deletion)?.();
    this.#stops.delete(deletion);
  }

  #keep(deletion: Deletion, reason: string): void {
    deletion.go({ step: "kept", reason });
    // Not now: the effect that calls this is one of the things that are stopped.
    queueMicrotask(() => this.#stop(deletion));
  }

  #delete(deletion: Deletion): void {
    this.#stop(deletion);
    const { key, id, row } = deletion;
    const edit = this.account.edits.value.get(key);
    const tracker = id === undefined ? undefined : this.account.trackers.value.get(id);
    deletion.content = contentOf({ ...row, edit, tracker });
    if (id === undefined || !tracker) {
      this.#end(deletion, false);
      return;
    }
    const call = this.queue.add({
      kind: "delete",
      title: `Delete “${deletion.name}”`,
      subject: key,
      obstacle: () => this.obstacle(key),
      run: (context) => this.service.client.delete(id, context),
      // Before the next call begins: it may be about the same tracker.
      settle: (ending) => {
        if (ending.outcome === "applied") this.#end(deletion, false);
        else if (isNotFound(ending)) this.#end(deletion, true);
        else this.#fail(deletion, id, ending);
      },
    });
    deletion.go({ step: "deleting", call });
  }

  /** Follows a deletion that may have been made: the list can still show that it was. */
  #fail(deletion: Deletion, id: string, ending: Failure): void {
    deletion.go({ step: "failed", ending });
    if (ending.outcome !== "unknown") return;
    const stopWatching = effect(() => {
      if (!this.account.trackers.value.has(id)) queueMicrotask(() => this.#end(deletion, false));
    });
    this.#stops.set(deletion, stopWatching);
  }

  /** What was being edited is only let go now that the tracker is gone. */
  #end(deletion: Deletion, wasGone: boolean): void {
    this.#stop(deletion);
    const { key, id } = deletion;
    if (addressOf(route.value) === addressOf(routeOfRow(deletion.row)))
      go({ page: "trackers" }, { replace: true });
    if (id !== undefined) this.account.forget(id);
    if (this.account.edits.value.has(key)) this.account.drop(key);
    deletion.go({ step: "deleted", wasGone });
    setTimeout(() => this.dismiss(deletion), OFFER_MS);
  }
}

function isNotFound(ending: Ending<void>): boolean {
  return "error" in ending && isTrackerError(ending.error) && ending.error.status === 404;
}
