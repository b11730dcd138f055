/** The phrases as a file. */
import { download } from "./dom.js";

export type ExportFormat = "text" | "csv" | "json";

export function exportPhrases(format: ExportFormat, name: string, vocabulary: string[]): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: file names must not have them
  const file = name.trim().replace(/[\\/:*?"<>|\0-\x1f]+/g, "-") || "phrases";
  if (format === "json")
    download(`${file}.json`, "application/json", `${JSON.stringify(vocabulary, null, 2)}\n`);
  else if (format === "csv") download(`${file}.csv`, "text/csv", asCsv(vocabulary));
  else download(`${file}.txt`, "text/plain", vocabulary.map((phrase) => `${phrase}\n`).join(""));
}

/** With a byte order mark, without which Excel reads it as Windows-1252, and line ends as in RFC 4180. */
function asCsv(vocabulary: string[]): string {
  const cells = vocabulary.map((phrase) =>
    /[",;\r\n\t]|^\s|\s$/.test(phrase) ? `"${phrase.replaceAll('"', '""')}"` : phrase,
  );
  return `\ufeff${["phrase", ...cells].join("\r\n")}\r\n`;
}
