/**
 * Stores the job of a host and account in IndexedDB, so that it can continue after a reload or a crash. The trackers
 * are written once; after that, only the results are written, which are small.
 */
import type { DBSchema } from "idb";
import { Connection, within } from "../state/journal/database.js";
import type { JobRow } from "./run.js";

/** What is known about a job besides its rows. */
export interface JobInfo {
  /** The name of the file, or what was pasted. */
  title: string;
  /** Milliseconds since 1970. */
  startedAt: number;
}

type Scoped<T> = T & { scope: string };
type RowContent = Pick<JobRow, "index" | "row" | "name" | "tracker" | "bytes">;
type RowProgress = Pick<JobRow, "index" | "result" | "wasSent">;

interface Schema extends DBSchema {
  jobs: { key: string; value: Scoped<JobInfo> };
  rows: { key: [string, number]; value: Scoped<RowContent> };
  results: { key: [string, number]; value: Scoped<RowProgress> };
}

const STORES = ["jobs", "rows", "results"] as const;

/** How long to wait for a read or write in milliseconds. A job can have many megabytes. */
const PATIENCE_MS = 15_000;

/** Methods reject if the storage fails; the next call then opens the database again. */
export class JobStore {
  readonly #connection = new Connection<Schema>("symbl-tracker-bulk", (database) => {
    database.createObjectStore("jobs", { keyPath: "scope" });
    database.createObjectStore("rows", { keyPath: ["scope", "index"] });
    database.createObjectStore("results", { keyPath: ["scope", "index"] });
  });

  /** @param scope identifies host and account */
  constructor(private readonly scope: string) {}

  /** All keys of this scope. In IndexedDB, arrays sort after numbers. */
  get #range(): IDBKeyRange {
    return IDBKeyRange.bound([this.scope], [this.scope, []]);
  }

  async load(): Promise<{ info: JobInfo; rows: JobRow[] } | undefined> {
    const database = await this.#connection.open();
    const transaction = database.transaction(STORES);
    const [job, rows, results] = await within(
      Promise.all([
        transaction.objectStore("jobs").get(this.scope),
        transaction.objectStore("rows").getAll(this.#range),
        transaction.objectStore("results").getAll(this.#range),
      ]),
      PATIENCE_MS,
    );
    if (!job) return undefined;
    const { title, startedAt } = job;
    return {
      info: { title, startedAt },
      // Rows and results are sorted by index, and each row has a result.
      rows: rows.map(({ scope: _, ...row }, index) => {
        const { result, wasSent } = results[index] as RowProgress;
        return { ...row, result, wasSent };
      }),
    };
  }

  /** Stores a new job in place of the last one. */
  async create(info: JobInfo, rows: readonly JobRow[]): Promise<void> {
    const { scope } = this;
    const database = await this.#connection.open();
    const transaction = database.transaction(STORES, "readwrite");
    void transaction.objectStore("rows").delete(this.#range);
    void transaction.objectStore("results").delete(this.#range);
    void transaction.objectStore("jobs").put({ scope, ...info });
    for (const { result, wasSent, ...content } of rows) {
      void transaction.objectStore("rows").put({ scope, ...content });
      void transaction.objectStore("results").put({ scope, index: content.index, result, wasSent });
    }
    await within(transaction.done, PATIENCE_MS);
  }

  async update(rows: readonly JobRow[]): Promise<void> {
    const { scope } = this;
    const database = await this.#connection.open();
    const transaction = database.transaction("results", "readwrite");
    for (const { index, result, wasSent } of rows)
      void transaction.store.put({ scope, index, result, wasSent });
    await within(transaction.done);
  }

  async discard(): Promise<void> {
    const database = await this.#connection.open();
    const transaction = database.transaction(STORES, "readwrite");
    void transaction.objectStore("jobs").delete(this.scope);
    void transaction.objectStore("rows").delete(this.#range);
    void transaction.objectStore("results").delete(this.#range);
    await within(transaction.done, PATIENCE_MS);
  }
}
