/** How a text is read as phrases. */

/** How a text is read: one phrase a line, a table with tabs or commas, or a JSON array. */
export type Format = "lines" | "tsv" | "csv" | "json";

export const FORMATS: readonly Format[] = ["lines", "tsv", "csv", "json"];

/** Options of `importText`. */
export interface ImportOptions {
  /** @default detected from the text */
  format?: Format | undefined;
  /**
   * Whether the first row of a table is a heading.
   * @default whether it looks like one
   */
  heading?: boolean | undefined;
  /**
   * The column of a table that has the phrases, from 0.
   * @default the one with the most letters
   */
  column?: number | undefined;
  /**
   * Whether commas also separate phrases.
   * @default false
   */
  commas?: boolean | undefined;
  /**
   * Where the phrases go: below the current phrase, to the end, or in place of all.
   * @default "end"
   */
  place?: Place | undefined;
  /**
   * Whether to leave out phrases that differ from another only in case, spacing or Unicode form.
   * @default false
   */
  leaveOutNear?: boolean | undefined;
  /** Cancels the import. */
  signal?: AbortSignal | undefined;
}

/** Below the current phrase, at the end, or in place of all. */
export type Place = "here" | "end" | "replace";

/** How many lines are looked at to detect something. */
const SAMPLE_LINES = 50;

/** The first lines that are not empty. A text of a megabyte is not split for that. */
function sample(text: string): string[] {
  return text
    .slice(0, 20_000)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, SAMPLE_LINES);
}

/**
 * What a text most likely is.
 *
 * @param name of the file, if it came from one
 */
export function detectFormat(text: string, name = ""): Format {
  if (/^\s*(\[|\{)/.test(text) && /[\]}]\s*$/.test(text)) return "json";
  const lines = sample(text);
  if (/\.csv$/i.test(name)) return lines.some((line) => line.includes("\t")) ? "tsv" : "csv";
  if (lines.length > 0 && lines.filter((line) => line.includes("\t")).length * 2 > lines.length) return "tsv";
  if (lines.some((line) => /^\s*"([^"]|"")*"\s*([,;|]|$)/.test(line))) return "csv";
  // As many commas in every line: a phrase has one now and then.
  const commas = (line: string) => line.replaceAll(/[^,;]/g, "").length;
  const [first = ""] = lines;
  const isRegular = lines.length > 2 && lines.every((line) => commas(line) === commas(first));
  return isRegular && commas(first) > 0 ? "csv" : "lines";
}

/** The column of a table that most likely has the phrases: the one with the most letters. */
export function detectColumn(rows: string[][]): number {
  const letters: number[] = [];
  for (const row of rows.slice(0, SAMPLE_LINES)) {
    for (const [column, cell] of row.entries())
      letters[column] = (letters[column] ?? 0) + (cell.match(/\p{L}/gu)?.length ?? 0);
  }
  return Math.max(0, letters.indexOf(Math.max(...letters)));
}

/** Whether the first row looks like a heading: a word for phrases, or a text above numbers. */
export function detectHeading(rows: string[][], column: number): boolean {
  const [first, second] = rows;
  if (!first) return false;
  if (
    /^(phrases?|keywords?|key phrases?|vocabulary|terms?|texts?|words?|utterances?)$/i.test(
      first[column]?.trim() ?? "",
    )
  )
    return true;
  return first.some(
    (cell, index) => /\p{L}/u.test(cell) && /^[\d.,%-]+$/.test(second?.[index]?.trim() ?? ""),
  );
}
