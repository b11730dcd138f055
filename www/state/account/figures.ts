/**
 * The size and the number of issues of each tracker in the table. They are computed once for each version of a tracker,
 * in slices of a few milliseconds, so that the page stays responsive.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Tracker, validateTracker } from "symbl-tracker";

export interface Figures {
  /** The length of the request body. */
  bytes: number;
  issueCount: number;
}

/** How long the page may be kept busy at a time, in milliseconds: half a frame. */
const SLICE_MS = 8;

const known = new WeakMap<Tracker, Signal<Figures | undefined>>();
const waiting = new Set<Tracker>();

/** The figures of a tracker; undefined until they have been computed. */
export function figuresOf(tracker: Tracker): ReadonlySignal<Figures | undefined> {
  const figures = known.get(tracker);
  if (figures) return figures;
  if (waiting.size === 0) setTimeout(computeSlice);
  waiting.add(tracker);
  const empty = signal<Figures | undefined>(undefined);
  known.set(tracker, empty);
  return empty;
}

function computeSlice(): void {
  const end = performance.now() + SLICE_MS;
  for (const tracker of waiting) {
    waiting.delete(tracker);
    const figures = known.get(tracker);
    if (figures) figures.value = compute(tracker);
    if (performance.now() > end) break;
  }
  if (waiting.size > 0) setTimeout(computeSlice);
}

function compute(tracker: Tracker): Figures {
  const result = validateTracker(tracker, { maxIssues: 1 });
  const { bytes = result.limit } = result;
  return { bytes, issueCount: result.ok ? 0 : result.issueCount };
}
