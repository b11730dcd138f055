/** Which rows are selected, by key. Pure: every function returns another selection. */

export interface Selection {
  readonly keys: ReadonlySet<number>;
  /** The key of the row from which Shift extends the selection. */
  readonly anchor: number | undefined;
}

export const NONE: Selection = { keys: new Set(), anchor: undefined };

/** This row alone. */
export function only(key: number): Selection {
  return { keys: new Set([key]), anchor: key };
}

/** With this row, or without it if it was selected. */
export function toggled({ keys }: Selection, key: number): Selection {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return { keys: next, anchor: key };
}

/** From the anchor to this row, in the order of `keyAt`. */
export function extended(
  { anchor }: Selection,
  to: number,
  indexOf: (key: number) => number,
  keyAt: (index: number) => number,
): Selection {
  const end = indexOf(to);
  const start = anchor === undefined ? end : indexOf(anchor);
  if (start < 0 || end < 0) return only(to);
  const keys = new Set<number>();
  for (let index = Math.min(start, end); index <= Math.max(start, end); index++) keys.add(keyAt(index));
  return { keys, anchor: anchor ?? to };
}
