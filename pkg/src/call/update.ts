import type { TrackerDraft } from "../draft/TrackerDraft.js";
import { requireGlobals } from "../errors/unsupported.js";
import { errorOf, reading } from "../failure.js";
import { readBase, readSettings, readText, type SendSettings } from "../options.js";
import type { RequestType } from "../platform.js";
import type { ReadonlyTracker, RequestOptions, Tracker, UpdateOptions, UpdateResult } from "../types.js";
import { caller } from "../wasm/caller.js";
import { bodyOf } from "./body.js";
import { type Call, send } from "./driver.js";

/**
 * Updates a tracker, if it is valid.
 *
 * Waits until no other call to the service is in progress (one at a time for each origin, across tabs and workers),
 * repeats what may be repeated, and always says whether the update was applied: by resolving, or by the error's
 * `outcome`. If that would be `unknown`, it reads the tracker to find out.
 *
 * @param tracker as it is now: later changes are not sent
 * @throws {InvalidTrackerError} if the service would refuse the tracker; nothing is sent
 * @throws {StaleTrackerError} if the tracker is no longer `options.base`; nothing is written
 * @throws {TrackerError} one of its subclasses, or itself if an option or the token cannot be used
 * @throws the reason of `options.signal`, once that is aborted
 *
 * @example
 * const { tracker, kept } = await updateTracker("42", draft, { accessToken: () => session.token() });
 * if (kept.length > 0) note(`The service kept ${kept.length} phrases that you had not listed.`);
 */
export async function updateTracker(
  trackerId: string,
  tracker: ReadonlyTracker | TrackerDraft,
  options: UpdateOptions,
): Promise<UpdateResult> {
  const [call, settings] = prepare(trackerId, tracker, options);
  const { trackers, kept, dropped, attempts } = await send(call, settings);
  return { tracker: trackers[0] as Tracker, kept, dropped, attempts };
}

/**
 * The request of {@link updateTracker}, for those who send it themselves. Its body was validated.
 *
 * @throws {InvalidTrackerError} if the service would refuse the tracker
 * @throws {TrackerError} if an option cannot be used
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
  const token = reading(() => readText("accessToken", settings.accessToken));
  requireGlobals("Request", "URL");
  const request = caller.run((wasm) => wasm.request({ ...call, ...settings, token }, settings.signal));
  if ("class" in request) throw errorOf(request, []);
  return request;
}

function prepare(
  trackerId: string,
  tracker: ReadonlyTracker | TrackerDraft,
  options: UpdateOptions,
): [Call, SendSettings] {
  const settings = reading(() => readSettings(options, { trackerId: readText("trackerId", trackerId) }));
  const base = reading(() => readBase(options.base));
  const body = bodyOf(tracker, settings.rules);
  return [{ endpoint: "update", subject: trackerId, body, base }, settings];
}
