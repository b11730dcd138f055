/**
 * The journal: what was typed and not sent, in IndexedDB, so that a reload, a crash or a closed tab loses nothing. It
 * has one entry for each edit of a host and account. Methods reject if the storage fails; the next call then opens the
 * database again.
 */
import type { DBSchema } from "idb";
import type { NewTracker, Tracker } from "symbl-tracker";
import { Connection, within } from "./database.js";

export interface JournalEntry {
  /** Identifies host and account. */
  scope: string;
  /** The key of the edit. */
  key: string;
  /** Different each time the entry is written. */
  stamp: string;
  /**
   * The edit's base as JSON; undefined for a tracker that was not created yet. It is a text because that is faster to
   * store: copying a megabyte takes less than a millisecond, cloning 33,000 phrases takes three.
   */
  base: string | undefined;
  draft: Tracker | NewTracker;
  /** The text, if the tracker was edited as JSON. */
  jsonText: string | undefined;
  /** The text that was typed but is not in the draft. */
  looseText: string | undefined;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** What is written for one edit. */
export interface JournalChange {
  key: string;
  /** Undefined to remove the entry. */
  entry: Omit<JournalEntry, "scope" | "key"> | undefined;
  /**
   * The stamp that the stored entry must have, so that a newer entry of another tab is not overwritten; {@link NONE} if
   * there must be no entry. Undefined if no other tab can have written one.
   */
  expected: string | undefined;
}

/** The `expected` stamp if there must be no entry. */
export const NONE = "none";

interface Schema extends DBSchema {
  edits: {
    key: [string, string];
    value: JournalEntry;
    indexes: { scope: string; stamp: [string, string, string] };
  };
}

export class Journal {
  readonly #connection: Connection<Schema>;

  /** @param closed called when the browser closes the database, which may then have been deleted */
  constructor(
    readonly scope: string,
    closed?: () => void,
  ) {
    this.#connection = new Connection<Schema>(
      "symbl-tracker-dashboard",
      (database) => {
        const store = database.createObjectStore("edits", { keyPath: ["scope", "key"] });
        store.createIndex("scope", "scope");
        store.createIndex("stamp", ["scope", "key", "stamp"]);
      },
      closed,
    );
  }

  async entries(): Promise<JournalEntry[]> {
    const database = await this.#connection.open();
    return within(database.getAllFromIndex("edits", "scope", this.scope));
  }

  async entry(key: string): Promise<JournalEntry | undefined> {
    const database = await this.#connection.open();
    return within(database.get("edits", [this.scope, key]));
  }

  /**
   * Writes all changes or none.
   *
   * @returns the keys of the entries that were not written, because the stored entry is not the expected one
   */
  async write(changes: readonly JournalChange[]): Promise<string[]> {
    // If it is open, writing starts at once: the page may be closing.
    const database = this.#connection.database ?? (await this.#connection.open());
    const transaction = database.transaction("edits", "readwrite", { durability: "relaxed" });
    const { store, done } = transaction;
    // An error of a request aborts the transaction, and so rejects `done`, which is awaited below.
    const ignored = () => {};
    done.catch(ignored);
    const apply = ({ key, entry }: JournalChange) => {
      const request = entry
        ? store.put({ ...entry, key, scope: this.scope })
        : store.delete([this.scope, key]);
      (request as Promise<unknown>).catch(ignored);
    };
    const conflicts: string[] = [];
    for (const change of changes.filter(({ expected }) => expected === undefined)) apply(change);
    const conditional = changes.filter(({ expected }) => expected !== undefined);
    for (const change of conditional) {
      const { key, expected } = change;
      const found =
        expected === NONE
          ? (await store.getKey([this.scope, key])) === undefined
          : (await store.index("stamp").getKey([this.scope, key, expected as string])) !== undefined;
      if (found) apply(change);
      else conflicts.push(key);
    }
    // Otherwise the browser waits for further requests, and the page may be closing.
    transaction.commit();
    await within(done);
    return conflicts;
  }
}
