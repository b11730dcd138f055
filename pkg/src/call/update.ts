import type { TrackerDraft } from "../draft/TrackerDraft.js";
import { errorOf, reading } from "../errors/failure.js";
import { readSettings, readText, type SendSettings } from "../options.js";
import type { RequestType } from "../platform.js";
import type { ReadonlyTracker, RequestOptions, SendOptions, Tracker, UpdateResult } from "../types.js";
import { caller } from "../wasm/caller.js";
import { bodyOf } from "./body.js";
import { send } from "./driver.js";
import type { Call } from "./steps.js";

/**
 * Updates a tracker, once it is sure that the service would accept it.
 *
 * Waits for its turn (one call at a time for each origin, across tabs and workers), repeats what may be repeated,
 * and always says whether the update was applied: by resolving, or by the error's `outcome`.
 *
 * @param tracker as it is now: what is changed later is not in this call
 * @throws {InvalidTrackerError} where the service would refuse the tracker; nothing is sent
 * @throws {TrackerError} one of its subclasses, or itself where an option or the token cannot be used
 * @throws the reason of `options.signal`, once that is aborted
 *
 * @example
 * const { tracker, kept } = await updateTracker("42", draft, { accessToken: () => session.token() });
 * if (kept.length > 0) note(`The service kept ${kept.length} phrases that you had not listed.`);
 */
export async function updateTracker(
  trackerId: string,
  tracker: ReadonlyTracker | TrackerDraft,
  options: SendOptions,
): Promise<UpdateResult> {
  const [call, settings] = prepare(trackerId, tracker, options);
  const { trackers, ...reply } = await send(call, settings);
  return { tracker: trackers[0] as Tracker, ...reply };
}

/**
 * The request of {@link updateTracker}, for those who send it themselves. Its body has been checked.
 *
 * @throws {InvalidTrackerError} where the service would refuse the tracker
 * @throws {TrackerError} where an option cannot be used
 *
 * @example
 * const response = await fetch(buildUpdateRequest("42", tracker, { accessToken }));
 */
export function buildUpdateRequest(
  trackerId: string,
  tracker: ReadonlyTracker | TrackerDraft,
  options: RequestOptions & { accessToken: string },
): RequestType {
  const [call, settings] = prepare(trackerId, tracker, options);
  const { accessToken, baseUrl, apiKey, signal } = settings;
  const token = reading(() => readText("accessToken", accessToken));
  const request = caller.run((wasm) => wasm.request({ ...call, baseUrl, apiKey, token }, signal));
  if ("class" in request) throw errorOf(request, []);
  return request;
}

function prepare(
  trackerId: string,
  tracker: ReadonlyTracker | TrackerDraft,
  options: SendOptions,
): [Call, SendSettings] {
  const settings = reading(() => readSettings(options, { trackerId: readText("trackerId", trackerId) }));
  return [{ operation: "update", subject: trackerId, body: bodyOf(tracker, settings.rules) }, settings];
}
