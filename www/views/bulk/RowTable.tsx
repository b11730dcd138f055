/** A table of rows of the file. A long one is shown in parts. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

const PART = 500;

interface RowTableProps<T> {
  label: string;
  titles: readonly string[];
  rows: readonly T[];
  /** Renders the cells after the one with the number of the row. */
  cells: (row: T) => ComponentChildren;
}

export function RowTable<T extends { row: number }>({ label, titles, rows, cells }: RowTableProps<T>) {
  const [limit, setLimit] = useState(PART);
  const hidden = rows.length - limit;
  return (
    <>
      <table class="rows" aria-label={label}>
        <thead>
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map((row) => (
            <tr key={row.row}>
              <th scope="row">{row.row.toLocaleString("en")}</th>
              {cells(row)}
            </tr>
          ))}
        </tbody>
      </table>
      {hidden > 0 && (
        <button type="button" onClick={() => setLimit(limit + PART)}>
          Show {Math.min(hidden, PART).toLocaleString("en")} more of {hidden.toLocaleString("en")}
        </button>
      )}
    </>
  );
}
