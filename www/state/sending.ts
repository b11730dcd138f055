/** Sends what was edited, and takes over what the service made of it. */
import type { NewTracker, Tracker, UpdateResult } from "symbl-tracker";
import { type Account, keyOf } from "./account.js";
import { Edit } from "./edit.js";
import type { Call, Queue } from "./queue.js";
import type { Service } from "./service.js";

export class Sending {
  constructor(
    private readonly service: Service,
    private readonly account: Account,
    private readonly queue: Queue,
  ) {}

  /** Updates or creates the tracker. */
  send(edit: Edit): Call<UpdateResult> | Call<Tracker> {
    return edit.id === undefined ? this.create(edit) : this.update(edit, edit.id);
  }

  update(edit: Edit, id: string): Call<UpdateResult> {
    const sent = edit.snapshot();
    const { base } = edit;
    const call = this.queue.add({
      kind: "update",
      title: `Update “${sent.tracker.name}”`,
      subject: edit.key,
      sent: sent.tracker,
      run: (context) => this.service.client.update(id, sent.tracker as Tracker, { ...context, base }),
    });
    void call.done.then((ending) => {
      if (ending.outcome !== "applied") return;
      const { tracker, kept, dropped } = ending.value;
      this.account.store(tracker);
      edit.confirm(tracker, sent, kept.length + dropped.length === 0);
    });
    return call;
  }

  create(edit: Edit): Call<Tracker> {
    const sent = edit.snapshot();
    const call = this.queue.add({
      kind: "create",
      title: `Create “${sent.tracker.name}”`,
      subject: edit.key,
      sent: sent.tracker,
      run: (context) => this.service.client.create(sent.tracker as NewTracker, context),
    });
    void call.done.then((ending) => {
      if (ending.outcome !== "applied") return;
      const tracker = ending.value;
      this.account.store(tracker);
      const created = this.account.keep(new Edit(keyOf(tracker.id), tracker));
      const { tracker: current } = edit.snapshot();
      // What was typed while it was being created stays, and is unsent.
      if (JSON.stringify(current) !== JSON.stringify(sent.tracker))
        created.load({ ...current, id: tracker.id });
      this.created(edit, created);
    });
    return call;
  }

  /** Called after a tracker was created: its edit goes on as `next`. */
  created: (edit: Edit, next: Edit) => void = (edit) => this.account.drop(edit.key);
}
