/** The state of the application: creates its parts and connects them. */
import { effect } from "@preact/signals";
import type { NewTracker } from "symbl-tracker";
import { BulkCreation } from "../bulk/creation.js";
import type { Config } from "../config.js";
import { Account, keyOf } from "./account/account.js";
import { Deletions } from "./account/deletion.js";
import { Names } from "./account/names.js";
import { Reader } from "./account/reader.js";
import { Renaming } from "./account/renaming.js";
import { TrackerList } from "./account/tracker-list.js";
import { Edit } from "./edit.js";
import { Safekeeping } from "./journal/safekeeping.js";
import { go, route } from "./route.js";
import { HostBehaviour } from "./sending/host-behaviour.js";
import { Queue } from "./sending/queue.js";
import { Recreations } from "./sending/recreation.js";
import { Sending } from "./sending/sending.js";
import { Simulation } from "./sending/simulation.js";
import { Service } from "./service.js";

export class App {
  readonly service: Service;
  readonly account = new Account();
  readonly queue = new Queue();
  readonly names = new Names(this.account);
  readonly list = new TrackerList(this.account);
  readonly behaviour: HostBehaviour;
  readonly sending: Sending;
  readonly safekeeping: Safekeeping;
  readonly recreations: Recreations;
  readonly simulation: Simulation | undefined;
  readonly reader: Reader;
  readonly deletions: Deletions;
  readonly renaming: Renaming;
  #bulk: BulkCreation | undefined;

  /** Creating many trackers. It continues while another page is shown. */
  get bulk(): BulkCreation {
    this.#bulk ??= new BulkCreation(this.service, this.account, this.queue);
    return this.#bulk;
  }

  constructor(readonly config: Config) {
    this.service = new Service(config);
    this.behaviour = new HostBehaviour(this.service.scope);
    this.sending = new Sending(this.service, this.account, this.queue, this.behaviour);
    this.reader = new Reader(this.service, this.account, this.queue);
    this.deletions = new Deletions(this.service, this.account, this.queue);
    this.renaming = new Renaming(this.account, this.names, this.queue, this.sending, (key) =>
      this.safekeeping.isElsewhere(key),
    );
    this.safekeeping = new Safekeeping(
      this.service.scope,
      this.account,
      this.queue,
      () => this.open,
      this.renaming.key,
    );
    const goOn = (edit: Edit, next: Edit) => {
      if (this.open === edit) go({ page: "tracker", id: next.id as string }, { replace: true });
      this.account.drop(edit.key);
    };
    this.sending.created = goOn;
    const { service, account, names, queue } = this;
    this.recreations = new Recreations(service.client, account, names, queue, (edit, next, tracker) => {
      goOn(edit, next);
      this.sending.tell({ kind: "recreated", tracker });
    });
    if (config.sandbox) this.simulation = new Simulation(config, queue, this.behaviour);
  }

  /** The edit that the editor shows, if any. */
  get open(): Edit | undefined {
    const { value } = route;
    if (value.page === "tracker") return this.account.edits.value.get(keyOf(value.id));
    return value.page === "new" ? this.account.edits.value.get(value.key) : undefined;
  }

  async start(): Promise<void> {
    const refreshed = this.refresh();
    // Edits have to be restored before the tracker in the address is opened: opening it would start a new edit.
    await this.safekeeping.start();
    const { value } = route;
    // A new tracker in which nothing was typed is not in the journal, so it starts again after a reload.
    const isNew = value.page === "new" && value.key.startsWith("new:");
    if (isNew && !this.account.edits.value.has(value.key)) this.account.keep(new Edit(value.key));
    // Starts the edit of the tracker in the address as soon as the tracker has been read.
    effect(() => {
      const { value } = route;
      if (value.page === "tracker") this.account.editOf(value.id);
    });
    await refreshed;
  }

  /** Reads the account's trackers again. */
  refresh(): Promise<void> {
    return this.reader.read();
  }

  /** Starts a new tracker, empty or with this content, and opens it. */
  startNew(tracker?: NewTracker): void {
    go({ page: "new", key: this.account.begin(tracker).key });
  }
}
