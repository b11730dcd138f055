/** Creating many trackers: the file that was chosen, its dry run, and the job that creates them. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Tracker } from "symbl-tracker";
import type { Account } from "../state/account/account.js";
import { reasonOf } from "../state/journal/database.js";
import { storedText } from "../state/journal/stored-text.js";
import type { CallOptions, Ending, Queue } from "../state/sending/queue.js";
import type { Service } from "../state/service.js";
import { counted } from "../words/outcomes.js";
import { type Columns, detectColumns, entriesOfTable } from "./columns.js";
import { type Plan, planOf } from "./plan.js";
import { readFile, readSource, type Source, UnreadableError } from "./read.js";
import { type BulkService, type JobRow, run } from "./run.js";
import { type JobInfo, JobStore } from "./store.js";

/** What the person chose. */
export interface Chosen {
  /** The name of the file, or what was pasted. */
  title: string;
  source: Source;
  isPasted: boolean;
}

/** The step that is shown. `loading` until it is known whether a job is stored. */
export type Stage = "loading" | "choose" | "check" | "running" | "stopped" | "done";

const ELSEWHERE = "Trackers are being created in another tab. Wait until it is done, or cancel it there.";
const INTERRUPTED = "The page was closed or reloaded before all trackers were created.";
const UNFINISHED =
  "In another tab, this file was begun and not completed. Continue with it or discard it first.";

/** Whether a job is unfinished: some rows are not sent, or their outcome is unknown. */
const isOpen = (rows: readonly JobRow[]) =>
  rows.some(({ result }) => result.state === "waiting" || result.state === "sent");

export class BulkCreation {
  readonly #stage = signal<Stage>("loading");
  readonly #chosen = signal<Chosen | undefined>(undefined);
  readonly #problem = signal("");
  readonly #info = signal<JobInfo | undefined>(undefined);
  readonly #rows = signal<readonly JobRow[]>([]);
  readonly #stopReason = signal("");
  readonly #isCancelling = signal(false);
  readonly #isStored = signal(true);
  readonly #store: JobStore;
  /** Undefined in pages that were loaded without https. */
  readonly #locks: LockManager | undefined = navigator.locks;
  #isWorking = false;
  #controller = new AbortController();

  readonly stage: ReadonlySignal<Stage> = this.#stage;
  readonly chosen: ReadonlySignal<Chosen | undefined> = this.#chosen;
  /** Why the last action was not possible, as a sentence; empty if it was. */
  readonly problem: ReadonlySignal<string> = this.#problem;
  readonly info: ReadonlySignal<JobInfo | undefined> = this.#info;
  /** The rows of the job. */
  readonly rows: ReadonlySignal<readonly JobRow[]> = this.#rows;
  /** Why the job stopped before its end, as a sentence. */
  readonly stopReason: ReadonlySignal<string> = this.#stopReason;
  readonly isCancelling: ReadonlySignal<boolean> = this.#isCancelling;
  /** Whether the job is stored. If not, a reload loses it. */
  readonly isStored: ReadonlySignal<boolean> = this.#isStored;
  /** The columns of a table; undefined for JSON. */
  readonly columns = signal<Columns | undefined>(undefined);
  /** Whether phrases that repeat an earlier one of the same tracker are left out. */
  readonly dropRepeats = signal(false);
  /** The text in the field for pasting. It stays until its trackers are created. */
  readonly pasted: Signal<string>;

  /** The dry run of what was chosen. */
  readonly plan = computed((): Plan | undefined => {
    const { value: chosen } = this.#chosen;
    if (!chosen) return undefined;
    const { source } = chosen;
    const entries =
      source.kind === "json"
        ? source.entries.map((value, index) => ({ row: index + 1, value }))
        : entriesOfTable(source.rows, this.columns.value ?? detectColumns(source.rows));
    const taken = new Set(this.account.idsByName.value.keys());
    const accountSize = this.account.trackers.value.size;
    return planOf(entries, { taken, accountSize, dropRepeats: this.dropRepeats.value });
  });

  constructor(
    private readonly service: Service,
    private readonly account: Account,
    private readonly queue: Queue,
  ) {
    this.pasted = storedText(() => localStorage, `symbl-tracker-dashboard:pasted:${service.scope}`);
    this.#store = new JobStore(service.scope);
    void this.#restore();
  }

  /** Reads a file that was chosen or dropped. */
  async chooseFile(file: File): Promise<void> {
    await this.#choose({ title: file.name, isPasted: false }, () => readFile(file));
  }

  /** Reads a text that was pasted. */
  async choosePasted(): Promise<void> {
    await this.#choose({ title: "the pasted text", isPasted: true }, async () => this.pasted.value);
  }

  async #choose(origin: Omit<Chosen, "source">, read: () => Promise<string>): Promise<void> {
    this.#problem.value = "";
    try {
      const source = await readSource(await read());
      this.columns.value = source.kind === "table" ? detectColumns(source.rows) : undefined;
      this.dropRepeats.value = false;
      this.#chosen.value = { ...origin, source };
      this.#stage.value = "check";
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error;
      this.#problem.value = error.message;
    }
  }

  /** Starts a job that creates the trackers that can be created. */
  async start(): Promise<void> {
    const { value: chosen } = this.#chosen;
    const { value: plan } = this.plan;
    if (!chosen || !plan || this.#stage.value !== "check") return;
    const info = { title: chosen.title, startedAt: Date.now() };
    const rows = plan.rows.map(
      ({ row, name, tracker, bytes, reason }, index): JobRow => ({
        ...{ index, row, name, tracker, bytes, wasSent: false },
        result: tracker ? { state: "waiting" } : { state: "skipped", reason },
      }),
    );
    await this.#alone(async () => {
      this.#isStored.value = true;
      const stored = await this.#kept(this.#store.load());
      if (stored && isOpen(stored.rows)) {
        this.#chosen.value = undefined;
        this.#stop(stored, UNFINISHED);
        return;
      }
      // What cannot be read is not overwritten: it may be an unfinished job.
      if (this.#isStored.value) await this.#kept(this.#store.create(info, rows));
      this.#chosen.value = undefined;
      if (chosen.isPasted) this.pasted.value = "";
      this.#show(info, rows);
      await this.#run();
    });
  }

  /** Continues a job that was stopped. */
  async resume(): Promise<void> {
    await this.#alone(async () => {
      // Another tab may have continued the job.
      const stored = this.#isStored.value ? await this.#kept(this.#store.load()) : undefined;
      if (stored) this.#show(stored.info, stored.rows);
      await this.#run();
    });
  }

  /** Cancels the running request, and stops. The rows that were not sent can be sent later. */
  cancel(): void {
    if (this.#stage.value !== "running") return;
    this.#isCancelling.value = true;
    this.#controller.abort();
  }

  /** Discards the file or the job, so that another file can be chosen. */
  async startOver(): Promise<void> {
    if (this.#stage.value === "check") {
      this.#chosen.value = undefined;
      this.#problem.value = "";
      this.#stage.value = "choose";
      return;
    }
    await this.#alone(async () => {
      await this.#kept(this.#store.discard());
      this.#info.value = undefined;
      this.#rows.value = [];
      this.#stage.value = "choose";
    });
  }

  /** The name of the Web Lock that a tab holds while it works on the stored job. */
  get #lock(): string {
    return `bulk ${this.service.scope}`;
  }

  async #restore(): Promise<void> {
    const stored = await this.#kept(this.#store.load());
    if (!stored) {
      this.#stage.value = "choose";
      return;
    }
    const { held = [] } = (await this.#locks?.query()) ?? {};
    const isElsewhere = held.some(({ name }) => name === this.#lock);
    if (isOpen(stored.rows)) return this.#stop(stored, isElsewhere ? ELSEWHERE : INTERRUPTED);
    this.#show(stored.info, stored.rows);
    this.#stage.value = "done";
  }

  /** Shows a job that was not completed. */
  #stop({ info, rows }: { info: JobInfo; rows: readonly JobRow[] }, reason: string): void {
    this.#show(info, rows);
    this.#stopReason.value = reason;
    this.#stage.value = "stopped";
  }

  #show(info: JobInfo, rows: readonly JobRow[]): void {
    this.#info.value = info;
    this.#rows.value = rows;
  }

  async #run(): Promise<void> {
    this.#controller = new AbortController();
    this.#isCancelling.value = false;
    this.#stopReason.value = "";
    this.#stage.value = "running";
    const { value: isKept } = this.#isStored;
    const job = {
      rows: () => this.#rows.value,
      update: async (changed: readonly JobRow[]) => {
        const rows = [...this.#rows.value];
        for (const row of changed) rows[row.index] = row;
        this.#rows.value = rows;
        if (isKept) await this.#kept(this.#store.update(changed));
      },
    };
    const stop = await run(job, this.#calls(), this.#controller.signal);
    this.#isCancelling.value = false;
    this.#stopReason.value = stop ?? "";
    this.#stage.value = stop === undefined ? "done" : "stopped";
  }

  /** Makes the calls through the queue of the dashboard, and updates its list of trackers with the results. */
  #calls(): BulkService {
    const { client } = this.service;
    return {
      createMany: (trackers, signal) =>
        this.#through<Tracker[]>(
          {
            kind: "create",
            title: `Create ${counted(trackers.length, "tracker")}`,
            run: (context) => client.createMany(trackers, context),
            settle: (ending) =>
              batch(() => {
                if (ending.outcome !== "applied") return;
                for (const tracker of ending.value) this.account.store(tracker);
              }),
          },
          signal,
        ),
      list: (signal) =>
        this.#through<Tracker[]>(
          {
            kind: "list",
            title: "Look for the trackers",
            run: (context) => client.list(context),
            settle: (ending) => {
              if (ending.outcome === "applied") this.account.fill(ending.value);
            },
          },
          signal,
        ),
    };
  }

  async #through<T>(options: CallOptions<T>, signal: AbortSignal): Promise<Ending<T>> {
    const call = this.queue.add({ ...options, isPart: true });
    const cancel = () => call.cancel();
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel);
    try {
      return await call.done;
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  }

  /** Waits for the storage. If that fails, the result is undefined, and the person is told that a reload loses the job. */
  async #kept<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch {
      this.#isStored.value = false;
      return undefined;
    }
  }

  /** Runs something while no other tab works on the stored job. A second click in the meantime does nothing. */
  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    this.#problem.value = "";
    try {
      if (!this.#locks) await work();
      else
        await this.#locks.request(this.#lock, { ifAvailable: true }, async (lock) => {
          if (lock) return work();
          this.#problem.value = ELSEWHERE;
        });
    } catch (error) {
      this.#problem.value = reasonOf(error);
    } finally {
      this.#isWorking = false;
    }
  }
}
