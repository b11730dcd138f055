import type { TrackerDraft } from "./draft/TrackerDraft.js";
import type { DraftedTracker, Merged, TrackerVersion } from "./draft/types.js";
import { DEFAULTS } from "./options.js";
import { validateTracker } from "./validate.js";
import { writeValue } from "./wasm/input.js";
import { merger } from "./wasm/merger.js";
import { jsonAt } from "./wasm/output.js";

const VERSIONS = ["base", "mine", "theirs"] as const;

/**
 * Merges two versions of a tracker that were both made from `base`.
 *
 * A phrase is in the result if both versions have it, or if one of them added it: whatever only one version changed is
 * kept, and a phrase that one of them removed is removed. The name is the one that was changed. `conflicts` lists where
 * both versions changed the same thing. The result then has the name of `mine`, and both spellings of a phrase.
 *
 * The phrases are in the order of `mine`, unless only `theirs` moved phrases. What the other version added comes behind
 * the phrase that it follows there. A phrase that is repeated within a version counts once.
 *
 * The id is that of the versions that have one. Drafts are read, and not changed.
 *
 * @throws {TypeError} if a version is not a tracker with a name and a vocabulary of texts, or has more than 8 MiB
 * @throws {RangeError} if two versions have different ids
 *
 * @example
 * const { tracker, conflicts } = mergeTrackers(
 *   { id: "42", name: "Sale", vocabulary: ["on sale", "half price"] }, // as it was loaded
 *   { id: "42", name: "Sale", vocabulary: ["on sale", "half price", "flash sale"] }, // as it was edited here
 *   { id: "42", name: "Sales", vocabulary: ["on sale"] }, // as the service has it now
 * );
 * console.log(tracker); // { id: "42", name: "Sales", vocabulary: ["on sale", "flash sale"] }
 * console.log(conflicts); // []
 */
export function mergeTrackers(
  base: TrackerVersion & { id: string },
  mine: TrackerVersion | TrackerDraft,
  theirs: TrackerVersion | TrackerDraft,
): Merged<DraftedTracker & { id: string }>;
export function mergeTrackers(
  base: TrackerVersion | TrackerDraft,
  mine: TrackerVersion | TrackerDraft,
  theirs: TrackerVersion | TrackerDraft,
): Merged<DraftedTracker>;
export function mergeTrackers(
  ...versions: [TrackerVersion | TrackerDraft, TrackerVersion | TrackerDraft, TrackerVersion | TrackerDraft]
): Merged<DraftedTracker> {
  const bodies = VERSIONS.map((_, index) => bodyOf(versions[index], index));
  const merged = merger.run((wasm) => {
    const lengths = bodies.map(({ length }) => length);
    const room = merger.inputRoom(lengths.reduce((sum, length) => sum + length));
    let start = 0;
    for (const body of bodies) {
      room.set(body, start);
      start += body.length;
    }
    const [base = 0, mine = 0, theirs = 0] = lengths;
    return jsonAt<Merged<DraftedTracker> | number>(wasm, wasm.merge_bodies(base, mine, theirs));
  });
  if (typeof merged !== "number") return merged;
  if (merged === VERSIONS.length)
    throw new RangeError("the versions have different ids: they are not the same tracker");
  throw notATracker(versions[merged], merged);
}

/** A copy of the version's JSON, because the input is written from its start. */
function bodyOf(version: unknown, index: number): Uint8Array {
  const input = merger.run(() => {
    const written = writeValue(merger, version, DEFAULTS.maxBodyBytes);
    return "length" in written ? merger.inputRoom(written.length).slice(0, written.length) : written;
  });
  if (input instanceof Uint8Array) return input;
  throw "atLeast" in input
    ? new TypeError(`${VERSIONS[index]} has at least ${input.atLeast} bytes, far over the limit`)
    : new TypeError(`${VERSIONS[index]} cannot be read: ${input.unreadable}`);
}

function notATracker(version: unknown, index: number): TypeError {
  const result = validateTracker(version, { maxBodyBytes: 2 ** 30, maxIssues: Infinity });
  const issue = (result.ok ? [] : result.issues).find(
    ({ code, params }) =>
      code === "type" ||
      code === "unknown_key" ||
      (code === "missing" && "key" in params && params.key !== "id"),
  );
  const place = issue?.pointer ? `${VERSIONS[index]}${issue.pointer}` : VERSIONS[index];
  return new TypeError(`${place} cannot be merged: ${issue?.message ?? "it changes while it is read"}`);
}
