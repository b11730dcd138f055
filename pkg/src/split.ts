import type { TrackerDraft } from "./draft.js";
import { reading } from "./errors/failure.js";
import { InvalidTrackerError } from "./errors/InvalidTrackerError.js";
import { run } from "./module.js";
import { readRules } from "./options.js";
import type { NewTracker, RuleOptions, Tracker } from "./types.js";
import { judge } from "./validate.js";

/** Options of {@link splitTracker}. */
export type SplitOptions = Omit<RuleOptions, "trackerId">;

/** The most JSON that is split: 32 MiB. */
const MOST_BYTES = 2 ** 25;

/**
 * Spreads a vocabulary that is over the limit over several trackers, each within it. In order, they have every
 * phrase once.
 *
 * The first keeps the id and the name, to update it. The others are to create, named after it: `Sale (2)`,
 * `Sale (3)`. A tracker within the limit comes back alone.
 *
 * @throws {InvalidTrackerError} where something other than the size is wrong, or a phrase by itself is over the limit
 * @throws {TrackerError} where an option cannot be used
 *
 * @example
 * const [first, ...others] = splitTracker(tracker);
 * await client.update(first.id, first);
 * for (const other of others) await client.create(other);
 */
export function splitTracker(
  tracker: Tracker | TrackerDraft,
  options?: SplitOptions & { for?: "update" },
): [Tracker, ...NewTracker[]];
export function splitTracker(
  tracker: NewTracker | TrackerDraft,
  options: SplitOptions & { for: "create" },
): NewTracker[];
export function splitTracker(tracker: Tracker | TrackerDraft, options?: SplitOptions): NewTracker[];
export function splitTracker(tracker: NewTracker | TrackerDraft, options?: SplitOptions): NewTracker[] {
  const { maxBodyBytes: limit, ...rules } = reading(() => readRules(options));
  const verdict = judge(tracker, { ...rules, maxBodyBytes: Math.max(limit, MOST_BYTES) });
  if (!verdict.ok) throw new InvalidTrackerError(verdict);
  const parts = run((wasm) => wasm.split_body(verdict.bytes, limit));
  if (typeof parts !== "number") return parts;
  const path = parts < 0 ? ["name"] : ["vocabulary", parts];
  const issues = run((wasm) => wasm.too_large(verdict.bytes, limit));
  throw new InvalidTrackerError({
    issues: issues.map((issue) => ({ ...issue, path, pointer: `/${path.join("/")}` })),
    issueCount: 1,
  });
}
