/** The report: the result of each row, as CSV for a spreadsheet. */
import type { JobRow } from "./run.js";

/** The names of the results, in the report and on the screen. */
export const RESULTS: Record<JobRow["result"]["state"], string> = {
  waiting: "Not sent yet",
  sent: "Unknown",
  created: "Created",
  refused: "Refused",
  skipped: "Skipped",
};

export function reportOf(rows: readonly JobRow[]): string {
  const lines = rows.map(({ row, name, result }) => [
    String(row),
    name,
    RESULTS[result.state],
    "id" in result ? result.id : "",
    "reason" in result ? result.reason : "",
  ]);
  const table = [["row", "name", "result", "id", "reason"], ...lines];
  // Without a byte order mark, spreadsheet programs do not recognise UTF-8.
  return `\ufeff${table.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("")}`;
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
