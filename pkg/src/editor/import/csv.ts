/**
 * Reads CSV and TSV with Papa Parse, which is the only part of the editor that is not its own. The build puts the library
 * into this module, and the editor loads the module when a table is pasted.
 */
import Papa, { type ParseResult, type Parser } from "papaparse";

/** How many characters are read at a time: a few milliseconds' work. */
const CHUNK_LENGTH = 50_000;

export interface Table {
  rows: string[][];
  /** The row, from 0, where a quote is opened that is never closed. */
  unclosed: number | undefined;
}

/**
 * @param tabs whether tabs separate the columns; otherwise commas, semicolons or bars, whichever fits
 * @param onProgress told how much has been read, from 0 to 1
 */
export function readTable(
  text: string,
  tabs: boolean,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Table> {
  return new Promise((resolve) => {
    const table: Table = { rows: [], unclosed: undefined };
    const options = {
      delimiter: tabs ? "\t" : "",
      delimitersToGuess: [",", ";", "|"],
      chunkSize: CHUNK_LENGTH,
      chunk({ data, errors, meta }: ParseResult<string[]>, parser: Parser) {
        const error = errors.find(({ code }) => code === "MissingQuotes");
        if (error) table.unclosed ??= table.rows.length + (error.row ?? 0);
        for (const row of data) table.rows.push(row);
        if (signal.aborted) return parser.abort();
        onProgress(meta.cursor / text.length);
        parser.pause();
        setTimeout(() => (signal.aborted ? parser.abort() : parser.resume()));
      },
      complete: () => resolve(table),
    };
    // Its types allow chunks of files only. Files are cut within characters; texts are not.
    // An empty line at the end would keep it from finding the delimiter of a short text.
    Papa.parse(text.replace(/^\ufeff/, "").replace(/[\r\n]+$/, ""), options as object);
  });
}
