/** Which columns of a table have the names and the phrases. It is guessed from the table, and people can change it. */

/** What separates phrases within a cell. */
export type Separator = "" | ";" | "," | "|" | "\n";

/** How the rows of a table become trackers. */
export interface Columns {
  /** Whether the first row has the titles of the columns. */
  hasHeader: boolean;
  /** The index of the column with the names of the trackers. */
  name: number;
  /** The indices of the columns with phrases, ascending. */
  phrases: readonly number[];
  /** `tracker`: each row is a tracker. `phrase`: rows with the same name are one tracker. */
  each: "tracker" | "phrase";
  separator: Separator;
}

/** A tracker in the file, before it is validated. */
export interface Entry {
  /** The number of its row or, in JSON, of the entry; from 1. */
  row: number;
  value: unknown;
}

const NAME = /^(tracker[ _-]?)?(name|title|label)$|^tracker$/i;
const PHRASES =
  /^(phrase|vocabulary|keyword|key ?phrase|utterance|term|word|synonym|example|variant)s?[ _-]?\d*$/i;
const IGNORED = /^((tracker)?[ _-]?id|#|no\.?|row|result|reason|notes?|comments?)$/i;
/**
 * In order of preference, with the share of cells that must contain it. A comma may be part of a phrase, so it needs a
 * larger share than the others.
 */
const SEPARATORS: [separator: Separator, share: number][] = [
  ["\n", 0.1],
  [";", 0.1],
  ["|", 0.1],
  [",", 0.5],
];

/** The number of columns. */
export function widthOf(rows: readonly string[][]): number {
  return rows.reduce((most, cells) => Math.max(most, cells.length), 1);
}

export function detectColumns(rows: readonly string[][]): Columns {
  const header = rows[0] ?? [];
  const hasHeader = header.some((cell) => NAME.test(cell) || PHRASES.test(cell));
  const isIgnored = (column: number) => hasHeader && IGNORED.test(header[column] ?? "");
  const columns = Array.from({ length: widthOf(rows) }, (_, column) => column);
  const titled = (pattern: RegExp) =>
    hasHeader ? columns.filter((column) => pattern.test(header[column] ?? "")) : [];
  const phrasesByTitle = titled(PHRASES);
  const name =
    titled(NAME)[0] ?? columns.find((column) => !isIgnored(column) && !phrasesByTitle.includes(column)) ?? 0;
  const phrases =
    phrasesByTitle.length > 0
      ? withUntitled(phrasesByTitle, header, columns, name)
      : columns.filter((column) => column !== name && !isIgnored(column));
  const body = hasHeader ? rows.slice(1) : rows;
  const each = isOnePhraseEach(body, name) ? "phrase" : "tracker";
  return {
    hasHeader,
    name,
    phrases,
    each,
    separator: each === "phrase" ? "" : detectSeparator(body, phrases),
  };
}

/** Adds the untitled columns after the first titled one: several columns of phrases often share one title. */
function withUntitled(
  titled: readonly number[],
  header: readonly string[],
  columns: readonly number[],
  name: number,
): number[] {
  const first = titled[0] as number;
  return columns.filter(
    (column) =>
      titled.includes(column) || (column > first && column !== name && (header[column] ?? "") === ""),
  );
}

/**
 * Whether rows with the same name are one tracker: at least a third of the rows have no name, or the name of an earlier
 * row. If there are fewer, they are mistakes.
 */
function isOnePhraseEach(body: readonly string[][], name: number): boolean {
  const names = body.filter((cells) => cells.some((cell) => cell !== "")).map((cells) => cells[name] ?? "");
  const distinct = new Set(names.filter((text) => text !== ""));
  return names.length > 1 && (names.length - distinct.size) * 3 >= names.length;
}

function detectSeparator(body: readonly string[][], phrases: readonly number[]): Separator {
  const cells = body
    .flatMap((row) => phrases.map((column) => row[column] ?? ""))
    .filter((cell) => cell !== "");
  const found = SEPARATORS.find(([separator, share]) => {
    // If there are several columns of phrases, a comma is part of a phrase.
    if (separator === "," && phrases.length > 1) return false;
    const count = cells.filter((cell) => cell.includes(separator)).length;
    return count > 0 && count >= share * cells.length;
  });
  return found?.[0] ?? "";
}

/** The trackers that a table describes. */
export function entriesOfTable(rows: readonly string[][], columns: Columns): Entry[] {
  const { hasHeader, name, phrases, each, separator } = columns;
  const entries: { row: number; value: { name: string; vocabulary: string[] } }[] = [];
  const byName = new Map<string, string[]>();
  let last = "";
  for (const [index, cells] of rows.entries()) {
    if ((hasHeader && index === 0) || cells.every((cell) => cell === "")) continue;
    const found = phrases
      .flatMap((column) => split(cells[column] ?? "", separator))
      .filter((phrase) => phrase !== "");
    // In a spreadsheet, only the first row of a tracker may have its name.
    const title = cells[name] || (each === "phrase" ? last : "");
    last = title;
    const vocabulary = each === "phrase" ? byName.get(title) : undefined;
    if (vocabulary) {
      for (const phrase of found) vocabulary.push(phrase);
      continue;
    }
    entries.push({ row: index + 1, value: { name: title, vocabulary: found } });
    byName.set(title, found);
  }
  return entries;
}

function split(cell: string, separator: Separator): string[] {
  if (separator === "") return [cell];
  return cell.split(separator === "\n" ? /\r?\n|\r/ : separator).map((phrase) => phrase.trim());
}
