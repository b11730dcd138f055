/** Calculates which rows of a long list to mount. Pure functions. */

/** Rows to mount beyond each edge of the view, so that fast scrolling shows no gap. */
const MARGIN = 6;

/** Indices from `start` to `end`, without `end`. */
export interface Span {
  start: number;
  end: number;
}

/** The rows to mount if the list is scrolled to `top` and `height` is visible. All lengths are in pixels. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number): Span {
  const start = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN);
  return { start: Math.min(start, end), end };
}

/**
 * The nearest scroll position at which the whole row is visible, and the row below it if there is room: the row's issue
 * may cover that one.
 */
export function scrollTo(index: number, top: number, height: number, rowHeight: number): number {
  const first = index * rowHeight;
  return Math.max(Math.min(top, first), first - Math.max(0, height - 2 * rowHeight));
}
