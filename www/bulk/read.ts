/** Reads a file or a pasted text: a table from CSV, or trackers from JSON. */

/** The content of a file, before its trackers are known. */
export type Source =
  | { kind: "table"; rows: string[][] }
  /** The entries of the array, not validated. */
  | { kind: "json"; entries: unknown[]; hasIds: boolean };

/** More than 500 trackers are likely to need, and little enough to be read into memory. */
const MAX_FILE_BYTES = 100 * 1024 * 1024;

/** Why a text cannot be read, for the person who chose it. */
export class UnreadableError extends Error {
  override name = "UnreadableError";
}

/**
 * Reads a file as text. Spreadsheet programs write UTF-16 with a byte order mark, and older ones Windows-1252.
 *
 * @throws {UnreadableError} if it is not a text file
 */
export async function readFile(file: File): Promise<string> {
  if (file.size > MAX_FILE_BYTES)
    throw new UnreadableError(`“${file.name}” is larger than 100 MB. Split it into several files.`);
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new UnreadableError(
      `“${file.name}” could not be read. It may have been moved or changed; choose it again.`,
    );
  }
  const [first, second] = bytes;
  // The first bytes of a zip archive; workbooks are zip archives.
  if (first === 0x50 && second === 0x4b)
    throw new UnreadableError(
      `“${file.name}” is a workbook. Save it as CSV in your spreadsheet program, then choose that file.`,
    );
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder("windows-1252").decode(bytes);
  }
  if (text.includes("\0"))
    throw new UnreadableError(`“${file.name}” is not a text file. Choose a CSV or JSON file.`);
  return text;
}

/**
 * Reads JSON if the text looks like it, and CSV otherwise.
 *
 * @throws {UnreadableError} whose message is what is wrong, and where
 */
export async function readSource(text: string): Promise<Source> {
  const content = text.replace(/^\ufeff/, "");
  if (content.trim() === "")
    throw new UnreadableError("There is nothing in it. Choose a file that has trackers.");
  return /^\s*[[{]/.test(content) ? readJson(content) : readTable(content);
}

function readJson(text: string): Source {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UnreadableError(`This is not valid JSON: ${(error as Error).message}.`);
  }
  const entries = entriesOf(data);
  if (!entries) {
    throw new UnreadableError(
      'The JSON must be a list of trackers: [{ "name": "…", "vocabulary": ["…", "…"] }, …].',
    );
  }
  if (entries.length === 0) throw new UnreadableError("The list has no trackers.");
  const hasIds = entries.some((entry) => isObject(entry) && "id" in entry);
  return { kind: "json", entries: entries.map(withoutId), hasIds };
}

/** The entries of a list of trackers, of an answer of the service, or of a single tracker. */
function entriesOf(data: unknown): unknown[] | undefined {
  if (Array.isArray(data)) return data;
  if (!isObject(data)) return undefined;
  if (Array.isArray(data.trackers)) return data.trackers;
  if (isObject(data.tracker)) return [data.tracker];
  return "name" in data ? [data] : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Exported trackers have ids, but the service gives each new tracker an id of its own. */
function withoutId(entry: unknown): unknown {
  if (!isObject(entry) || !("id" in entry)) return entry;
  const { id: _, ...rest } = entry;
  return rest;
}

async function readTable(text: string): Promise<Source> {
  const { default: Papa } = await import("papaparse");
  const { data, errors } = Papa.parse<string[]>(text.replace(/[\r\n]+$/, ""), {
    delimitersToGuess: [",", "\t", ";", "|"],
  });
  const unclosed = errors.find(({ code }) => code === "MissingQuotes");
  if (unclosed) {
    throw new UnreadableError(
      `Row ${(unclosed.row ?? 0) + 1} has a quotation mark that is never closed. Close it, or double it if it belongs to the text.`,
    );
  }
  const rows = data.map((cells) => cells.map((cell) => cell.trim()));
  if (rows.every((cells) => cells.every((cell) => cell === "")))
    throw new UnreadableError("There is nothing in it. Choose a file that has trackers.");
  return { kind: "table", rows };
}
