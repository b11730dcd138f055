/** Which rows of a list of thousands are on the page. Pure. */

/** Rows beyond each edge, so that a quick scroll does not meet a gap. */
const MARGIN = 6;

/** From `start` up to, not including, `end`. */
export interface Span {
  start: number;
  end: number;
}

/** The rows to mount for a list that is scrolled by `top` and shows `height`, all in pixels. */
export function rowsInView(top: number, height: number, rowHeight: number, count: number): Span {
  const start = Math.max(0, Math.floor(top / rowHeight) - MARGIN);
  const end = Math.min(count, Math.ceil((top + height) / rowHeight) + MARGIN);
  return { start: Math.min(start, end), end };
}

/** The nearest scroll position that shows the whole row, and where there is room the one below, which it may cover. */
export function scrollTo(index: number, top: number, height: number, rowHeight: number): number {
  const first = index * rowHeight;
  return Math.max(Math.min(top, first), first - Math.max(0, height - 2 * rowHeight));
}
