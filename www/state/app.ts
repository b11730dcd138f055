/** Everything that the screens show and do, put together. */
import { effect } from "@preact/signals";
import { BulkCreation } from "../bulk/creation.js";
import type { Config } from "../config.js";
import { Account, keyOf } from "./account.js";
import type { Edit } from "./edit.js";
import { Queue } from "./queue.js";
import { go, route } from "./route.js";
import { Sending } from "./sending.js";
import { Service } from "./service.js";

export class App {
  readonly service: Service;
  readonly account = new Account();
  readonly queue = new Queue();
  readonly sending: Sending;
  #bulk: BulkCreation | undefined;

  /** Creating many trackers; it goes on while another screen is shown. */
  get bulk(): BulkCreation {
    this.#bulk ??= new BulkCreation(this.service, this.account, this.queue);
    return this.#bulk;
  }

  constructor(readonly config: Config) {
    this.service = new Service(config);
    this.sending = new Sending(this.service, this.account, this.queue);
    this.sending.created = (edit, next) => {
      const { value } = route;
      if (value.page === "new" && value.key === edit.key)
        go({ page: "tracker", id: next.id as string }, { replace: true });
      this.account.drop(edit.key);
    };
  }

  /** The edit that is shown, if one is. */
  get open(): Edit | undefined {
    const { value } = route;
    if (value.page === "tracker") return this.account.edits.value.get(keyOf(value.id));
    return value.page === "new" ? this.account.edits.value.get(value.key) : undefined;
  }

  async start(): Promise<void> {
    await this.refresh();
    // The tracker that the address names begins to be edited when it is first shown.
    effect(() => {
      const { value } = route;
      if (value.page === "tracker") this.account.editOf(value.id);
    });
  }

  /** Reads the account's trackers again. */
  async refresh(): Promise<void> {
    const call = this.queue.add({
      kind: "list",
      title: "Read the trackers",
      run: (context) => this.service.client.list(context),
    });
    const ending = await call.done;
    if (ending.outcome === "applied") this.account.fill(ending.value);
  }

  /** Begins a new tracker and shows it. */
  startNew(): void {
    go({ page: "new", key: this.account.begin().key });
  }
}
