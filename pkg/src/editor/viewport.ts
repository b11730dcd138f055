/** Which rows of a long list are mounted, and where. Pure. */

/** Rows beyond each edge, so that a quick scroll does not show a gap. */
const MARGIN_ROWS = 6;

/** The tallest canvas, in pixels. Firefox stops at 17.9 million, Chromium at 33.5 million. */
export const MAX_CANVAS_PX = 8_000_000;

export interface Geometry {
  /** How many rows there are. */
  count: number;
  /** The height of a row in pixels. */
  rowHeight: number;
  /** The height of what is in view, in pixels. */
  viewHeight: number;
}

/** The height of the scrolled canvas in pixels. Beyond the browsers' maximum, one pixel of scrolling is several of the list. */
export function canvasHeight({ count, rowHeight, viewHeight }: Geometry): number {
  return Math.min(count * rowHeight, Math.max(MAX_CANVAS_PX, viewHeight));
}

/** How many pixels of the list one pixel of scrolling is. */
function scale(geometry: Geometry): number {
  const total = geometry.count * geometry.rowHeight;
  const canvas = canvasHeight(geometry);
  if (total <= canvas) return 1;
  return (total - geometry.viewHeight) / (canvas - geometry.viewHeight);
}

/** The rows from `start` up to, not including, `end`, and the position in pixels of row 0 in the canvas. */
export function rowsInView(geometry: Geometry, scrollTop: number) {
  const { count, rowHeight, viewHeight } = geometry;
  const offset = scrollTop * scale(geometry);
  const end = Math.min(count, Math.ceil((offset + viewHeight) / rowHeight) + MARGIN_ROWS);
  const start = Math.min(end, Math.max(0, Math.floor(offset / rowHeight) - MARGIN_ROWS));
  return { start, end, origin: scrollTop - offset };
}

/** The nearest scroll position that shows the whole row, with the next one below it if there is room. */
export function scrollTo(geometry: Geometry, index: number, scrollTop: number): number {
  const { rowHeight, viewHeight } = geometry;
  const factor = scale(geometry);
  const offset = scrollTop * factor;
  const first = index * rowHeight;
  const lowest = first - Math.max(0, viewHeight - 2 * rowHeight);
  const wanted = Math.max(Math.min(offset, first), lowest);
  return wanted === offset ? scrollTop : wanted / factor;
}
