/** Renames a tracker in the table. The new name is sent at once, unless the tracker has other edits. */
import { batch, computed, signal } from "@preact/signals";
import { storedText } from "../journal/stored-text.js";
import type { Queue } from "../sending/queue.js";
import type { Sending } from "../sending/sending.js";
import type { Account } from "./account.js";
import type { Names } from "./names.js";
import { nameOf, type Row } from "./tracker-row.js";

export class Renaming {
  constructor(
    private readonly account: Account,
    private readonly names: Names,
    private readonly queue: Queue,
    private readonly sending: Sending,
    private readonly isElsewhere: (key: string) => boolean,
  ) {}

  readonly #storedKey = storedText(() => sessionStorage, "symbl-tracker-dashboard:renaming");
  /** The name that is being typed. A reload does not lose it, nor does a search that hides its row. */
  readonly name = storedText(() => sessionStorage, "symbl-tracker-dashboard:new-name");
  /** The key of the row whose name is being changed. */
  readonly key = computed(() => this.#storedKey.value || undefined);
  /** Why the last new name was not sent, as a sentence for people. */
  readonly note = signal<{ key: string; text: string } | undefined>(undefined);

  start(row: Row): void {
    this.note.value = undefined;
    this.name.value = nameOf(row);
    this.#storedKey.value = row.key;
  }

  end(): void {
    this.#storedKey.value = "";
    this.name.value = "";
  }

  /** Why a tracker cannot have this name, as a sentence for people. */
  obstacle(row: Row, name: string): string | undefined {
    if (this.isElsewhere(row.key)) return "It is being edited in another tab.";
    if (row.edit?.jsonText !== undefined) return "It is being edited as JSON. Change the name there.";
    if (name.trim() === "") return "A tracker needs a name.";
    return this.names.holder(name, row.key) && "Another tracker has this name.";
  }

  /** Changes the name, and sends it if possible. Otherwise {@link note} says why not. */
  save(row: Row, name: string): void {
    if (this.obstacle(row, name) !== undefined) return;
    // This tab keeps the lock of the tracker from the end of the renaming to the call.
    batch(() => {
      this.end();
      this.#rename(row, name);
    });
  }

  #rename(row: Row, name: string): void {
    if (name === nameOf(row)) return;
    const edit = row.edit ?? (row.id === undefined ? undefined : this.account.editOf(row.id));
    if (!edit) return;
    const reason = this.#reasonNotToSend(row);
    edit.draft.endStep();
    edit.draft.setName(name);
    if (reason === undefined && edit.validation.value.ok) this.sending.send(edit);
    else this.note.value = { key: row.key, text: `Not sent yet: ${reason ?? "it has issues."}` };
  }

  #reasonNotToSend(row: Row): string | undefined {
    const { key, id, tracker, edit } = row;
    if (id === undefined) return "the tracker is not created yet.";
    if (!tracker) return "someone else deleted the tracker.";
    if (edit?.isModified.value) return "the tracker has other edits, too.";
    return this.queue.about(key).length > 0 ? "another call for it is under way." : undefined;
  }
}
