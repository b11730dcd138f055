import type { TrackerDraft } from "../draft/TrackerDraft.js";
import { reading } from "../errors/failure.js";
import { readSettings, readText, type SendSettings } from "../options.js";
import type { ReadonlyNewTracker, ReadonlyTracker, SendOptions, Tracker, UpdateResult } from "../types.js";
import { bodyOf, bodyOfMany } from "./body.js";
import { send } from "./driver.js";
import { updateTracker } from "./update.js";

/**
 * The trackers of one account. Every method takes options of its own, which go before those of the client; one
 * that is undefined counts as not given.
 *
 * What {@link updateTracker} says of turns, retries and errors holds for all; a creation is repeated only where the
 * one before certainly was not applied.
 *
 * @example
 * const client = new TrackerClient({ accessToken: () => session.token() });
 * const tracker = await client.create({ name: "Sale", vocabulary: ["on sale"] });
 * await client.update(tracker.id, { ...tracker, name: "Sales" }, { signal });
 */
export class TrackerClient {
  readonly #options: SendOptions;

  constructor(options: SendOptions) {
    this.#options = { ...options };
  }

  /** Updates the tracker that has this id. */
  async update(
    trackerId: string,
    tracker: ReadonlyTracker | TrackerDraft,
    options?: Partial<SendOptions>,
  ): Promise<UpdateResult> {
    return updateTracker(
      trackerId,
      tracker,
      reading(() => this.#with(options)),
    );
  }

  /** Creates a tracker; the service assigns its id. */
  async create(tracker: ReadonlyNewTracker, options?: Partial<SendOptions>): Promise<Tracker>;
  async create(draft: TrackerDraft, options?: Partial<SendOptions>): Promise<Tracker>;
  // Not one signature: a draft has an id, which then a new tracker could have as well.
  async create(tracker: ReadonlyNewTracker | TrackerDraft, options?: Partial<SendOptions>): Promise<Tracker> {
    const settings = this.#settings(options, "create");
    const { trackers } = await send({ operation: "create", body: bodyOf(tracker, settings.rules) }, settings);
    return trackers[0] as Tracker;
  }

  /** Creates several trackers with one request, or none of them. Their size together is limited like one's. */
  async createMany(
    trackers: readonly (ReadonlyNewTracker | TrackerDraft)[],
    options?: Partial<SendOptions>,
  ): Promise<Tracker[]> {
    const settings = this.#settings(options, "create");
    const body = bodyOfMany(trackers, settings.rules);
    return (await send({ operation: "createMany", body }, settings)).trackers;
  }

  /** The tracker that has this id. */
  async get(trackerId: string, options?: Partial<SendOptions>): Promise<Tracker> {
    const settings = this.#settings(options);
    const subject = reading(() => readText("trackerId", trackerId));
    return (await send({ operation: "get", subject }, settings)).trackers[0] as Tracker;
  }

  /** All trackers of the account. */
  async list(options?: Partial<SendOptions>): Promise<Tracker[]> {
    return (await send({ operation: "list" }, this.#settings(options))).trackers;
  }

  /** The tracker that has exactly this name, if there is one. */
  async findByName(name: string, options?: Partial<SendOptions>): Promise<Tracker | undefined> {
    const settings = this.#settings(options);
    const subject = reading(() => readText("name", name));
    return (await send({ operation: "findByName", subject }, settings)).trackers[0];
  }

  /** Deletes the tracker that has this id. */
  async delete(trackerId: string, options?: Partial<SendOptions>): Promise<void> {
    const settings = this.#settings(options);
    const subject = reading(() => readText("trackerId", trackerId));
    await send({ operation: "delete", subject }, settings);
  }

  #settings(options: Partial<SendOptions> | undefined, operation?: "create"): SendSettings {
    return reading(() => readSettings(this.#with(options), { for: operation }));
  }

  #with(options: Partial<SendOptions> | undefined): SendOptions {
    const given = Object.entries(options ?? {}).filter(([, value]) => value !== undefined);
    return { ...this.#options, ...Object.fromEntries(given) };
  }
}
