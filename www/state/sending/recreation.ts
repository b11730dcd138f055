/**
 * Replaces a tracker with a new one that has a new id, on a host that never removes phrases.
 *
 * Names are unique, so there are three steps: create the new tracker under a temporary name, delete the old one, and
 * rename the new one. In this order, the service has all phrases at any time, and until the second step the old tracker
 * is unchanged. If the outcome of a step is unknown, the next attempt first reads what the service has.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { isTrackerError, type Tracker, type TrackerClient } from "symbl-tracker";
import type { Account } from "../account/account.js";
import type { Names } from "../account/names.js";
import type { Edit, Snapshot } from "../edit.js";
import { create, hasSamePhrases } from "./check.js";
import type { Call, CallContext, CallOptions, Ending, Queue } from "./queue.js";

/** @param next the edit of the new tracker, which replaces `edit` */
type Finished = (edit: Edit, next: Edit, created: Tracker) => void;

/** The last step that is done. */
export type Progress = "nothing" | "created" | "deleted" | "renamed";

export class Recreation {
  readonly #progress = signal<Progress>("nothing");
  readonly #call = signal<Call | undefined>(undefined);
  readonly #problem = signal<Exclude<Ending<unknown>, { outcome: "applied" }> | undefined>(undefined);
  readonly #sent: Snapshot;
  readonly #base: Tracker;
  /** Whether the last attempt at a step failed, so that it may have been applied all the same. */
  #isRepeated = false;
  #created: Tracker | undefined;

  readonly progress: ReadonlySignal<Progress> = this.#progress;
  /** The call of the step that is running. */
  readonly call: ReadonlySignal<Call | undefined> = this.#call;
  /** Why the last step failed. */
  readonly problem: ReadonlySignal<Exclude<Ending<unknown>, { outcome: "applied" }> | undefined> =
    this.#problem;
  readonly name: string;

  /**
   * @param temporaryName a name that no tracker has
   * @param finished called after the last step
   */
  constructor(
    readonly edit: Edit,
    readonly temporaryName: string,
    private readonly client: TrackerClient,
    private readonly account: Account,
    private readonly queue: Queue,
    private readonly finished: Finished,
  ) {
    if (!edit.base) throw new Error("unreachable: only what was created is created again");
    this.#base = edit.base;
    this.#sent = edit.snapshot();
    this.name = this.#sent.tracker.name;
  }

  /** The id of the new tracker, once there is one. */
  get newId(): string | undefined {
    return this.#created?.id;
  }

  /** Runs the steps that are not done, until one fails. */
  async run(): Promise<void> {
    this.#problem.value = undefined;
    if (this.#progress.value === "nothing" && !(await this.#create())) return;
    if (this.#progress.value === "created" && !(await this.#delete())) return;
    if (this.#progress.value === "deleted" && !(await this.#rename())) return;
    this.#finish();
  }

  #create(): Promise<boolean> {
    const tracker = { name: this.temporaryName, vocabulary: this.#sent.tracker.vocabulary };
    const isRepeated = this.#isRepeated;
    return this.#step("created", "create", `Create “${this.temporaryName}”`, async (context, following) => {
      const found = isRepeated ? await this.client.findByName(tracker.name, following()) : undefined;
      this.#created = found ?? (await create(tracker, this.client, context, following));
      if (!hasSamePhrases(tracker, this.#created))
        throw new Error(`The service has other phrases in “${tracker.name}” than were sent.`);
      this.account.store(this.#created);
    });
  }

  #delete(): Promise<boolean> {
    const { id, name } = this.#base;
    return this.#step("deleted", "delete", `Delete the former “${name}”`, async (context, following) => {
      const current = await this.#get(id, following());
      if (current) {
        if (!hasSamePhrases(this.#base, current) || current.name !== name)
          throw new Error("Someone else changed the former tracker in the meantime, so it was not deleted.");
        await this.client.delete(id, context);
      }
      this.account.forget(id);
    });
  }

  #rename(): Promise<boolean> {
    const created = this.#created as Tracker;
    return this.#step("renamed", "update", `Name the new one “${this.name}”`, async (context) => {
      const result = await this.client.update(created.id, { ...created, name: this.name }, context);
      this.#created = result.tracker;
      this.account.store(result.tracker);
      return result;
    });
  }

  /** @returns whether it succeeded */
  async #step(
    done: Progress,
    kind: "create" | "update" | "delete",
    title: string,
    run: CallOptions<unknown>["run"],
  ): Promise<boolean> {
    const call = this.queue.add({ kind, title, isPart: true, run });
    this.#call.value = call as Call<unknown>;
    const ending = await call.done;
    this.#call.value = undefined;
    this.#isRepeated = ending.outcome !== "applied";
    if (ending.outcome === "applied") this.#progress.value = done;
    else this.#problem.value = ending;
    return ending.outcome === "applied";
  }

  async #get(id: string, context: CallContext): Promise<Tracker | undefined> {
    try {
      return await this.client.get(id, context);
    } catch (error) {
      if (isTrackerError(error) && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Stops before the last step. If the old tracker is deleted, the edit of the new one replaces its edit. */
  stop(): void {
    if (this.#progress.value === "deleted") this.#finish();
  }

  #finish(): void {
    const created = this.#created as Tracker;
    const { edit } = this;
    if (this.account.edits.value.get(edit.key) !== edit) return;
    const next = this.account.goOn(edit, created, this.#sent);
    if (!next) return;
    // Without the last step, the new name is an unsent change.
    if (created.name !== this.name && !next.isModified.value) next.load({ ...created, name: this.name });
    this.finished(edit, next, created);
  }
}

/** The recreation that is in progress. There is at most one. */
export class Recreations {
  readonly #current = signal<Recreation | undefined>(undefined);
  readonly current: ReadonlySignal<Recreation | undefined> = this.#current;

  constructor(
    private readonly client: TrackerClient,
    private readonly account: Account,
    private readonly names: Names,
    private readonly queue: Queue,
    private readonly finished: Finished,
  ) {}

  /** Prepares a recreation, unless there is one already. Nothing is sent before {@link Recreation.run}. */
  start(edit: Edit): void {
    if (this.#current.value) return;
    const temporary = this.names.free(`${edit.snapshot().tracker.name} (replacement)`);
    const { client, account, queue, finished } = this;
    this.#current.value = new Recreation(edit, temporary, client, account, queue, finished);
  }

  close(): void {
    const { value: current } = this.#current;
    this.#current.value = undefined;
    current?.stop();
  }
}
