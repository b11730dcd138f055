/**
 * Deletes trackers after a countdown, during which the deletion can be undone, and never while another call about the
 * same tracker is pending. For a while, a deleted tracker can be created again.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import { isTrackerError, type NewTracker } from "symbl-tracker";
import type { Edit } from "../edit.js";
import { addressOf, go, route } from "../route.js";
import type { Call, Ending, Queue } from "../sending/queue.js";
import type { Service } from "../service.js";
import type { Account } from "./account.js";
import { contentOf, contentOfEdit, nameOf, type Row, routeOfRow } from "./tracker-row.js";

/** How long a deletion can be undone, in seconds. */
const COUNTDOWN = 5;
/** How long the notice offers to create a deleted tracker again, in milliseconds. */
const OFFER_MS = 2 * 60_000;

export type Phase =
  | { step: "counting"; seconds: number }
  /** In the queue, or being sent. */
  | { step: "deleting"; call: Call<void> }
  /**
   * @property wasGone whether someone else had already deleted it
   * @property isEditKept whether the edit was changed after the deletion began, so that it was not dropped
   */
  | { step: "deleted"; wasGone: boolean; isEditKept: boolean }
  /** The tracker is kept, for this reason. */
  | { step: "kept"; reason: string }
  | { step: "failed"; ending: Failure };

type Failure = Exclude<Ending<void>, { outcome: "applied" }>;

/** What an edit contained at some time, for comparison. */
interface Mark {
  edit: Edit;
  revision: number;
  jsonText: string | undefined;
  looseText: string | undefined;
}

const markOf = (edit: Edit): Mark => {
  const { revision, jsonText, looseText } = edit;
  return { edit, revision, jsonText, looseText };
};

/** Whether something was typed after the mark was made, if there was an edit then. */
const isChangedSince = (mark: Mark | undefined, edit: Edit): boolean =>
  mark?.edit !== edit ||
  mark.revision !== edit.revision ||
  mark.jsonText !== edit.jsonText ||
  mark.looseText !== edit.looseText;

export class Deletion {
  readonly key: string;
  readonly id: string | undefined;
  readonly name: string;
  /** Whether the service does not have the tracker, so that only the edit is discarded. */
  readonly isLocal: boolean;
  readonly #phase = signal<Phase>({ step: "counting", seconds: COUNTDOWN });
  readonly phase: ReadonlySignal<Phase> = this.#phase;
  /** The content at the end of the countdown, to create it again. */
  content: NewTracker | undefined;
  /** The edit at the end of the countdown; undefined if the tracker was not being edited. */
  mark: Mark | undefined;

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

  /** The deletions that have a notice, oldest first. */
  readonly all: ReadonlySignal<readonly Deletion[]> = this.#all;

  /** The deletion of this tracker that has not ended. */
  underWay(key: string): Deletion | undefined {
    return this.#all.value.find(({ key: other, phase }) => {
      const { step } = phase.value;
      return other === key && (step === "counting" || step === "deleting");
    });
  }

  /** Why a tracker cannot be deleted now, as a sentence; undefined if it can. */
  obstacle(key: string): string | undefined {
    return this.queue.about(key).some(({ options }) => options.kind !== "delete" && options.kind !== "read")
      ? "It is being sent."
      : undefined;
  }

  /** Starts the countdown. */
  start(row: Row): void {
    if (this.underWay(row.key) || this.obstacle(row.key) !== undefined) return;
    const deletion = new Deletion(row);
    // A former deletion that ended as unknown still watches the list.
    for (const former of this.#all.value) if (former.key === row.key) this.#stop(former);
    this.#all.value = [...this.#all.value.filter(({ key }) => key !== row.key), deletion];
    this.#count(deletion);
  }

  /** Undoes a deletion that counts down, cancels one that is being sent, or closes the notice of one that has ended. */
  dismiss(deletion: Deletion): void {
    this.#stop(deletion);
    const { value } = deletion.phase;
    // The notice stays until the call has ended, because it may have been applied.
    if (value.step === "deleting") value.call.cancel();
    else this.#all.value = this.#all.value.filter((other) => other !== deletion);
  }

  #count(deletion: Deletion): void {
    const { key } = deletion;
    const timer = setInterval(() => {
      const { value } = deletion.phase;
      if (value.step !== "counting") return;
      // This may stop the countdown, because a JSON text is read from its field with a delay.
      this.account.edits.value.get(key)?.sync();
      if (deletion.phase.value.step !== "counting") return;
      if (value.seconds > 1) deletion.go({ step: "counting", seconds: value.seconds - 1 });
      else this.#delete(deletion);
    }, 1000);
    let seen: Mark | undefined;
    // Someone who edits or sends the tracker during the countdown wants to keep it.
    const stopWatching = effect(() => {
      const edit = this.account.edits.value.get(key);
      const before = seen;
      seen = edit && markOf(edit);
      if (this.obstacle(key) !== undefined) this.#keep(deletion, "it is being sent");
      else if (edit && before?.edit === edit && isChangedSince(before, edit))
        this.#keep(deletion, "it was edited");
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
    // Later, because this is called by the effect that it disposes.
    queueMicrotask(() => this.#stop(deletion));
  }

  #delete(deletion: Deletion): void {
    this.#stop(deletion);
    const { key, id, row } = deletion;
    const edit = this.account.edits.value.get(key);
    const tracker = id === undefined ? undefined : this.account.trackers.value.get(id);
    deletion.content = contentOf({ ...row, edit, tracker });
    deletion.mark = edit && markOf(edit);
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
      // This has to happen before the next call starts, which may be about the same tracker.
      settle: (ending) => {
        if (ending.outcome === "applied") this.#end(deletion, false);
        else if (isNotFound(ending)) this.#end(deletion, true);
        else this.#fail(deletion, id, ending);
      },
    });
    deletion.go({ step: "deleting", call });
  }

  /** Ends as failed. If the outcome is unknown, it becomes `deleted` once a list without the tracker arrives. */
  #fail(deletion: Deletion, id: string, ending: Failure): void {
    deletion.go({ step: "failed", ending });
    if (ending.outcome !== "unknown") return;
    const stopWatching = effect(() => {
      if (!this.account.trackers.value.has(id)) queueMicrotask(() => this.#end(deletion, false));
    });
    this.#stops.set(deletion, stopWatching);
  }

  /**
   * Ends as deleted. The edit is dropped only now, so that nothing is lost if the deletion fails. It is kept if it was
   * changed after the countdown: the person did not know then that the tracker would be deleted, or changed their mind.
   */
  #end(deletion: Deletion, wasGone: boolean): void {
    this.#stop(deletion);
    const { key, id } = deletion;
    const edit = this.account.edits.value.get(key);
    edit?.sync();
    const isEditKept = edit?.hasUnsent.value === true && isChangedSince(deletion.mark, edit);
    if (isEditKept) deletion.content = undefined;
    else if (edit) deletion.content = contentOfEdit(edit);
    if (!isEditKept && addressOf(route.value) === addressOf(routeOfRow(deletion.row)))
      go({ page: "trackers" }, { replace: true });
    if (id !== undefined) this.account.forget(id);
    if (edit && !isEditKept) this.account.drop(key);
    deletion.go({ step: "deleted", wasGone, isEditKept });
    setTimeout(() => this.dismiss(deletion), OFFER_MS);
  }
}

function isNotFound(ending: Ending<void>): boolean {
  return "error" in ending && isTrackerError(ending.error) && ending.error.status === 404;
}
