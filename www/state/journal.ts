/**
 * What was typed and not sent, in IndexedDB, so that a reload, a crash or a closed tab loses nothing. One entry for each
 * edit of a host and account.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Tracker } from "symbl-tracker";

export interface JournalEntry {
  /** Host and account. */
  scope: string;
  /** The key of the edit. */
  key: string;
  /** Undefined for a tracker that was not created yet. */
  id: string | undefined;
  /** The tracker as it was loaded. */
  base: Tracker | undefined;
  name: string;
  vocabulary: string[];
  /** The text, if it was edited as JSON. */
  jsonText: string | undefined;
  /** Milliseconds since 1970. */
  savedAt: number;
}

interface Schema extends DBSchema {
  edits: { key: [string, string]; value: JournalEntry; indexes: { scope: string } };
}

export class Journal {
  private constructor(
    readonly scope: string,
    private readonly db: IDBPDatabase<Schema>,
  ) {}

  static async open(scope: string): Promise<Journal> {
    const db = await openDB<Schema>("symbl-tracker-dashboard", 1, {
      upgrade(database) {
        database.createObjectStore("edits", { keyPath: ["scope", "key"] }).createIndex("scope", "scope");
      },
    });
    return new Journal(scope, db);
  }

  entries(): Promise<JournalEntry[]> {
    return this.db.getAllFromIndex("edits", "scope", this.scope);
  }

  async write(entry: Omit<JournalEntry, "scope">): Promise<void> {
    await this.db.put("edits", { ...entry, scope: this.scope });
  }

  async remove(key: string): Promise<void> {
    await this.db.delete("edits", [this.scope, key]);
  }
}
