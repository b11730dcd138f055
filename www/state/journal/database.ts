/**
 * A connection to a database in IndexedDB. It is opened with the first use, and opened again after the browser has
 * closed it. Browsers sometimes never respond, so nothing waits for the storage without a limit.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** How long to wait for the storage, in milliseconds. */
const PATIENCE_MS = 3000;

const SILENT = "The browser’s storage does not respond.";

export class Connection<S extends DBSchema> {
  #opening: Promise<IDBPDatabase<S>> | undefined;
  #database: IDBPDatabase<S> | undefined;

  /**
   * @param create creates the object stores; there is only one version
   * @param closed called when the browser closes the database, which may then have been deleted
   */
  constructor(
    private readonly name: string,
    private readonly create: (database: IDBPDatabase<S>) => void,
    private readonly closed: () => void = () => {},
  ) {}

  /** The database while it is open. */
  get database(): IDBPDatabase<S> | undefined {
    return this.#database;
  }

  /** Opens the database. If that fails, the next call tries again. */
  open(): Promise<IDBPDatabase<S>> {
    this.#opening ??= this.#open().then(
      (database) => {
        this.#database = database;
        return database;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }

  #open(): Promise<IDBPDatabase<S>> {
    let isOver = false;
    const database = within(
      new Promise<IDBPDatabase<S>>((resolve, reject) => {
        openDB<S>(this.name, 1, {
          upgrade: (database) => this.create(database),
          blocked: () =>
            reject(new Error("Another tab with an older version of this page is open. Close it.")),
          blocking: (_version, _newer, event) => {
            (event.target as IDBDatabase).close();
            this.#drop();
          },
          terminated: () => this.#drop(),
        }).then((opened) => {
          if (isOver) opened.close();
          else resolve(opened);
        }, reject);
      }),
    );
    database.catch(() => {
      isOver = true;
    });
    return database;
  }

  /** Forgets a database that was closed because it is being deleted or upgraded, or is broken. */
  #drop(): void {
    this.#opening = undefined;
    this.#database = undefined;
    this.closed();
  }
}

/** Rejects if the storage does not respond in this time, in milliseconds. */
export function within<T>(work: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(SILENT)), patienceMs);
  });
  return Promise.race([work, silence]).finally(() => clearTimeout(timer));
}

/** Why the storage failed, as a sentence for people. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Partial<DOMException>;
  switch (name) {
    case "QuotaExceededError":
      return "The space that the browser has for this page is used up.";
    case "VersionError":
      return "A newer version of this page was opened in another tab. Reload this page.";
    case "SecurityError":
    case "InvalidStateError":
    case "NotAllowedError":
      return "The browser does not allow this page to store anything, as in some private windows.";
    default:
      return message ? `${message}${/[.!?]$/.test(message) ? "" : "."}` : "The browser does not say why.";
  }
}
