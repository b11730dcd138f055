import type { TrackerDraft } from "../draft/TrackerDraft.js";
import { reading } from "../failure.js";
import { readSettings, readText, type SendSettings, wrong } from "../options.js";
import type {
  ListOptions,
  ReadonlyNewTracker,
  ReadonlyTracker,
  SendOptions,
  Tracker,
  UpdateOptions,
  UpdateResult,
} from "../types.js";
import { bodyOf, bodyOfMany } from "./body.js";
import { send } from "./driver.js";
import { updateTracker } from "./update.js";

/**
 * The trackers of one account. Every method takes options of its own, which override those of the client; an
 * undefined one counts as not given.
 *
 * What {@link updateTracker} says about waiting, retries and errors holds for all. A creation is only repeated if the
 * earlier attempt certainly was not applied. If its outcome is unknown, the tracker is looked up by its name.
 *
 * @example
 * const client = new TrackerClient({ accessToken: () => session.token() });
 * const tracker = await client.create({ name: "Sale", vocabulary: ["on sale"] });
 * await client.update(tracker.id, { ...tracker, name: "Sales" }, { signal });
 */
export class TrackerClient {
  readonly #options: SendOptions;

  /** @param options for every call, unless a call has its own; they are looked at when a call is made */
  constructor(options: SendOptions) {
    this.#options = { ...options };
  }

  /** Updates the tracker that has this id. */
  async update(
    trackerId: string,
    tracker: ReadonlyTracker | TrackerDraft,
    options?: Partial<UpdateOptions>,
  ): Promise<UpdateResult> {
    return updateTracker(
      trackerId,
      tracker,
      reading(() => this.#with(options)),
    );
  }

  /** Creates a tracker; the service assigns its id. */
  async create(tracker: ReadonlyNewTracker, options?: Partial<SendOptions>): Promise<Tracker>;
  /** Creates a tracker with the name and the phrases of a draft that has no id. */
  async create(draft: TrackerDraft, options?: Partial<SendOptions>): Promise<Tracker>;
  // Not one signature: a draft has an id, which then a new tracker could have as well.
  async create(tracker: ReadonlyNewTracker | TrackerDraft, options?: Partial<SendOptions>): Promise<Tracker> {
    const settings = this.#settings(options, "create");
    const { trackers } = await send({ endpoint: "create", body: bodyOf(tracker, settings.rules) }, settings);
    return trackers[0] as Tracker;
  }

  /** Creates several trackers with one request, or none of them. Their total size is limited as that of one. */
  async createMany(
    trackers: readonly (ReadonlyNewTracker | TrackerDraft)[],
    options?: Partial<SendOptions>,
  ): Promise<Tracker[]> {
    const settings = this.#settings(options, "create");
    const body = bodyOfMany(trackers, settings.rules);
    return (await send({ endpoint: "createMany", body }, settings)).trackers;
  }

  /** The tracker that has this id. */
  async get(trackerId: string, options?: Partial<SendOptions>): Promise<Tracker> {
    const settings = this.#settings(options);
    const subject = reading(() => readText("trackerId", trackerId));
    return (await send({ endpoint: "get", subject }, settings)).trackers[0] as Tracker;
  }

  /**
   * All trackers of the account.
   *
   * An entry of the service's list that is not a tracker is left out, and reported to `onMalformed`. If no entry is
   * one, the call fails with `wrong_shape`.
   *
   * @example
   * const trackers = await client.list({ onMalformed: ({ index }) => warn(`Entry ${index} cannot be shown.`) });
   */
  async list(options?: Partial<ListOptions>): Promise<Tracker[]> {
    const onMalformed = options?.onMalformed;
    const settings = this.#settings(options);
    reading(() => {
      if (onMalformed !== undefined && typeof onMalformed !== "function")
        throw wrong("onMalformed", "a function");
    });
    const { trackers, malformed } = await send({ endpoint: "list" }, settings);
    for (const { index, json } of malformed) onMalformed?.({ index, value: JSON.parse(json) });
    return trackers;
  }

  /** The tracker that has exactly this name, if there is one. */
  async findByName(name: string, options?: Partial<SendOptions>): Promise<Tracker | undefined> {
    const settings = this.#settings(options);
    const subject = reading(() => readText("name", name));
    return (await send({ endpoint: "findByName", subject }, settings)).trackers[0];
  }

  /** Deletes the tracker that has this id. */
  async delete(trackerId: string, options?: Partial<SendOptions>): Promise<void> {
    const settings = this.#settings(options);
    const subject = reading(() => readText("trackerId", trackerId));
    await send({ endpoint: "delete", subject }, settings);
  }

  #settings(options: Partial<SendOptions> | undefined, operation?: "create"): SendSettings {
    return reading(() => readSettings(this.#with(options), { for: operation }));
  }

  #with(options: Partial<UpdateOptions> | undefined): UpdateOptions {
    const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
    return { ...this.#options, ...Object.fromEntries(given) };
  }
}
