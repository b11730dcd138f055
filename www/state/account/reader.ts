/** Reads the list of trackers: at the start, on request, and when the page becomes visible and the list is old. */
import { computed, signal } from "@preact/signals";
import type { Tracker } from "symbl-tracker";
import type { Call, Queue } from "../sending/queue.js";
import type { Service } from "../service.js";
import type { Account } from "./account.js";

/** The age at which the list is old, in milliseconds. */
const OLD_MS = 5 * 60_000;

export class Reader {
  readonly #call = signal<Call<Tracker[]> | undefined>(undefined);
  readonly #problem = signal<unknown>(undefined);
  readonly #unreadable = signal(0);

  constructor(
    private readonly service: Service,
    private readonly account: Account,
    private readonly queue: Queue,
  ) {}

  readonly isReading = computed(() => this.#call.value !== undefined);
  /** Why the list could not be read; undefined if the last read succeeded. */
  readonly problem = computed(() => this.#problem.value);
  /** How many entries of the service's list are not trackers. */
  readonly unreadable = computed(() => this.#unreadable.value);

  /** Reads the list. If it is being read already, waits for that. */
  async read(): Promise<void> {
    const under = this.#call.value;
    if (under) return void (await under.done);
    let unreadable = 0;
    const call = this.queue.add({
      kind: "list",
      title: "Read the trackers",
      run: (context) =>
        this.service.client.list({
          ...context,
          onMalformed: () => {
            unreadable++;
          },
        }),
    });
    this.#call.value = call;
    const ending = await call.done;
    this.#call.value = undefined;
    if (ending.outcome === "applied") {
      this.#problem.value = undefined;
      this.#unreadable.value = unreadable;
      this.account.fill(ending.value);
    } else if (ending.outcome === "not_sent" || ending.isCancelled) {
      this.#problem.value = new Error("You cancelled it.");
    } else {
      this.#problem.value = ending.error;
    }
  }

  /** Reads the list if it is old and no call is in the queue. */
  async readIfOld(): Promise<void> {
    const { value: loadedAt } = this.account.loadedAt;
    const isOld = loadedAt !== undefined && Date.now() - loadedAt >= OLD_MS;
    if (isOld && this.queue.calls.value.length === 0) await this.read();
  }
}
