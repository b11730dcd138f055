/** A text as a table of rows, in slices of work that do not block the page. */
import { ceilingOf } from "../../wasm/input.js";
import { scan } from "../scan.js";
import type { Format } from "./options.js";

/** Rows of cells. A list has one cell in each row. */
export interface Source {
  rows: string[][];
  /** Whether the texts are meant as they are, with the spaces at their ends. */
  isExact: boolean;
  /** Why nothing could be read. */
  problem?: { key: "import.bad_json" | "import.too_many" } | { key: "import.bad_csv"; row: number };
}

/** @param limit of the tracker in bytes */
export async function read(
  text: string,
  format: Format,
  limit: number,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<Source> {
  if (format === "json") return readJson(text, limit);
  if (format === "lines") return { rows: await readLines(text, signal, onProgress), isExact: false };
  const { readTable } = await import("./csv.js");
  const { rows, unclosed } = await readTable(text, format === "tsv", signal, onProgress);
  // Papa Parse reads the end of the file as one more, empty row.
  if (rows.at(-1)?.join("") === "") rows.pop();
  if (unclosed === undefined) return { rows, isExact: false };
  return { rows, isExact: false, problem: { key: "import.bad_csv", row: unclosed + 1 } };
}

function readJson(text: string, limit: number): Source {
  // It would be over the ceiling, and reading it would block the page.
  if (text.length > ceilingOf(limit)) return { rows: [], isExact: true, problem: { key: "import.too_many" } };
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    const list = Array.isArray(value) ? value : (value as { vocabulary?: unknown }).vocabulary;
    if (Array.isArray(list) && list.every((each) => typeof each === "string"))
      return { rows: list.map((each) => [each]), isExact: true };
  } catch {
    // Said below.
  }
  return { rows: [], isExact: true, problem: { key: "import.bad_json" } };
}

async function readLines(
  text: string,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<string[][]> {
  const rows: string[][] = [];
  const ends = /\r\n|[\n\r\u2028\u2029]|$/g;
  let from = 0;
  await scan(
    () => Infinity,
    () => {
      ends.lastIndex = from;
      const end = ends.exec(text);
      if (!end) return false;
      // Not the nothing behind the last line's end.
      if (end[0] !== "" || from < text.length) rows.push([text.slice(from, end.index)]);
      from = end.index + end[0].length;
      return end[0] !== "";
    },
    signal,
    () => onProgress(from / text.length),
  );
  return rows;
}
