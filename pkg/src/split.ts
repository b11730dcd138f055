import type { TrackerDraft } from "./draft/TrackerDraft.js";
import { InvalidTrackerError } from "./errors/InvalidTrackerError.js";
import { reading } from "./failure.js";
import { readRules } from "./options.js";
import type { NewTracker, ReadonlyNewTracker, ReadonlyTracker, RuleOptions, Tracker } from "./types.js";
import { tooLarge, validate, validatedBytes } from "./validate.js";
import { merger } from "./wasm/merger.js";
import { jsonAt } from "./wasm/output.js";

/** Options of {@link splitTracker}. */
export type SplitOptions = Omit<RuleOptions, "trackerId">;

/** The longest body that is split: 32 MiB. */
const MOST_BYTES = 2 ** 25;

/**
 * Splits a tracker that is over the limit into several within it. Together they have every phrase once, in order.
 *
 * The first keeps the id and the name and is for an update. The others are for creation and named after it:
 * `Sale (2)`, `Sale (3)`. A tracker within the limit is returned alone.
 *
 * @throws {InvalidTrackerError} if something other than the size is wrong, or a single phrase is over the limit
 * @throws {TrackerError} if an option cannot be used
 *
 * @example
 * const [first, ...others] = splitTracker(tracker);
 * await client.update(first.id, first);
 * for (const other of others) await client.create(other);
 */
export function splitTracker(
  tracker: ReadonlyTracker | TrackerDraft,
  options?: SplitOptions & { for?: "update" },
): [Tracker, ...NewTracker[]];
export function splitTracker(
  tracker: ReadonlyNewTracker | TrackerDraft,
  options: SplitOptions & { for: "create" },
): NewTracker[];
export function splitTracker(tracker: ReadonlyTracker | TrackerDraft, options?: SplitOptions): NewTracker[];
export function splitTracker(
  tracker: ReadonlyNewTracker | TrackerDraft,
  options?: SplitOptions,
): NewTracker[] {
  const { maxBodyBytes: limit, ...rules } = reading(() => readRules(options));
  const result = validate(tracker, { ...rules, maxBodyBytes: Math.max(limit, MOST_BYTES) });
  if (!result.ok) throw new InvalidTrackerError(result);
  const { bytes } = result;
  const parts = merger.run((wasm) => {
    merger.inputRoom(bytes).set(validatedBytes(bytes));
    return jsonAt<NewTracker[] | number>(wasm, wasm.split_body(bytes, limit));
  });
  if (typeof parts !== "number") return parts;
  const path = parts < 0 ? ["name"] : ["vocabulary", parts];
  const { issues } = tooLarge(bytes, limit);
  throw new InvalidTrackerError({
    issues: issues.map((issue) => ({ ...issue, path, pointer: `/${path.join("/")}` })),
    issueCount: 1,
  });
}
