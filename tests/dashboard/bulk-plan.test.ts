// The pure parts of creating many trackers: columns, the dry run, batches and the report.

import { describe, expect, test } from "vitest";
import { type Columns, detectColumns, entriesOfTable } from "../../www/bulk/columns.js";
import { MAX_BODY_BYTES, planOf } from "../../www/bulk/plan.js";
import { readSource } from "../../www/bulk/read.js";
import { reportOf } from "../../www/bulk/report.js";
import { batchesOf, type JobRow } from "../../www/bulk/run.js";

/** The trackers of a CSV text, with the columns as detected. */
async function trackersOf(text: string, changes: Partial<Columns> = {}) {
  const source = await readSource(text);
  if (source.kind !== "table") throw new Error("expected a table");
  const columns = { ...detectColumns(source.rows), ...changes };
  return { columns, entries: entriesOfTable(source.rows, columns) };
}

const noAccount = { taken: new Set<string>(), accountSize: 0, dropRepeats: false };

describe("columns", () => {
  test.each([
    ["a separator", "name,phrases\nSale,on sale; half price\nChurn,cancel"],
    [
      "a separator, with tabs between the columns",
      "Name\tVocabulary\nSale\ton sale|half price\nChurn\tcancel",
    ],
    ["several columns", "name,phrase 1,phrase 2\nSale,on sale,half price\nChurn,cancel,"],
    ["several columns with one title", "name,phrases,\nSale,on sale,half price\nChurn,cancel,"],
    ["a row for each phrase", "tracker,phrase\nSale,on sale\nSale,half price\nChurn,cancel\nChurn,"],
    ["a name in the first of its rows only", "tracker,phrase\nSale,on sale\n,half price\nChurn,cancel\n,\n,"],
    ["line breaks in a cell", 'name,phrases\nSale,"on sale\r\nhalf price"\nChurn,cancel'],
    ["no titles", "Sale,on sale;half price\nChurn,cancel"],
    ["other columns", "id,name,vocabulary,notes\n1,Sale,on sale;half price,x\n2,Churn,cancel,y"],
    ["names in the second column", "phrases,name\non sale;half price,Sale\ncancel,Churn"],
    [
      "a byte order mark and semicolons",
      "\ufeffname;phrase;phrase\r\nSale;on sale;half price\r\nChurn;cancel;\r\n",
    ],
  ])("%s", async (_, text) => {
    const { entries } = await trackersOf(text);
    expect(entries.map(({ value }) => value)).toEqual([
      { name: "Sale", vocabulary: ["on sale", "half price"] },
      { name: "Churn", vocabulary: ["cancel"] },
    ]);
  });

  test("rows have the numbers of the spreadsheet, with empty rows and the titles counted", async () => {
    const { entries } = await trackersOf("name,phrases\n\nSale,on sale\n,\nChurn,cancel");
    expect(entries.map(({ row }) => row)).toEqual([3, 5]);
  });

  test("a name that is repeated by mistake does not make rows parts of a tracker", async () => {
    const { columns } = await trackersOf("name,phrases\nSale,a\nChurn,b\nSale,c\nHelp,d");
    expect(columns.each).toBe("tracker");
  });

  test("a comma in some phrases is no separator", async () => {
    const { columns } = await trackersOf('name,phrases\nSale,"yes, on sale"\nChurn,cancel\nHelp,help me');
    expect(columns.separator).toBe("");
  });
});

describe("reading", () => {
  test.each([
    ["", "There is nothing in it."],
    [" \n , \n", "There is nothing in it."],
    ['[{"name": "Sale"', "This is not valid JSON"],
    ['{"nme": "Sale"}', "The JSON must be a list of trackers"],
    ["[]", "The list has no trackers."],
    ['name,phrases\nSale,"on sale\nChurn,cancel', "Row 2 has a quotation mark that is never closed."],
  ])("%j", async (text, message) => {
    await expect(readSource(text)).rejects.toThrow(message);
  });

  test.each([
    ["a list", '[{"name": "Sale", "vocabulary": ["on sale"]}]'],
    [
      "the service's answer to a list",
      '{"trackers": [{"id": "1", "name": "Sale", "vocabulary": ["on sale"]}]}',
    ],
    ["the service's answer about one", '{"tracker": {"id": "1", "name": "Sale", "vocabulary": ["on sale"]}}'],
    ["one tracker", '{"name": "Sale", "vocabulary": ["on sale"]}'],
  ])("%s", async (_, text) => {
    const source = await readSource(text);
    expect(source).toMatchObject({ kind: "json", entries: [{ name: "Sale", vocabulary: ["on sale"] }] });
    expect(source.kind === "json" && source.hasIds).toBe(text.includes('"id"'));
    expect(JSON.stringify(source)).not.toContain('"id"');
  });
});

describe("the dry run", () => {
  const plan = (values: unknown[], options: Partial<typeof noAccount> = {}) =>
    planOf(
      values.map((value, index) => ({ row: index + 1, value })),
      { ...noAccount, ...options },
    );

  test("says what would become of each row", () => {
    const sale = { name: "Sale", vocabulary: ["on sale"] };
    const { rows, counts } = plan(
      [
        sale,
        sale,
        { name: "Taken", vocabulary: ["x"] },
        { name: "Doubled", vocabulary: ["a", "b", "a"] },
        { name: "Nulls", vocabulary: ["a", null, 3] },
        { name: " ", vocabulary: [] },
        { name: "Large", vocabulary: ["x".repeat(MAX_BODY_BYTES)] },
        "text",
        { name: "Fits", vocabulary: [] },
        { name: "Last", vocabulary: [] },
      ],
      { taken: new Set(["Taken"]), accountSize: 498 },
    );
    expect(rows.map(({ verdict }) => verdict)).toEqual([
      ...["fine", "repeated", "taken", "issue", "issue", "issue", "too_large", "issue", "fine", "no_room"],
    ]);
    expect(counts).toEqual({ fine: 2, repeated: 1, taken: 1, issue: 4, too_large: 1, no_room: 1 });
    expect(rows.map(({ reason }) => reason)).toEqual([
      "",
      "Row 1 has the same name.",
      "The account already has a tracker with this name.",
      "Phrase 3 repeats phrase 1.",
      "Phrase 2 must be text, but it is null. (and 1 more)",
      "The name is blank.",
      "It is larger than 1 MB. Split its phrases over several trackers.",
      "It must be an object with a name and a vocabulary, but it is text.",
      "",
      expect.stringContaining("500"),
    ]);
    expect(rows.filter(({ tracker }) => tracker).map(({ name }) => name)).toEqual(["Sale", "Fits"]);
  });

  test("leaves out repeated phrases on request", () => {
    const value = { name: "Doubled", vocabulary: ["a", "b", "a"] };
    expect(plan([value]).withRepeats).toBe(1);
    const [row] = plan([value], { dropRepeats: true }).rows;
    expect(row).toMatchObject({ verdict: "fine", tracker: { name: "Doubled", vocabulary: ["a", "b"] } });
  });

  test("a tracker that fits alone but not in a list is too large", () => {
    const sized = (bytes: number) => {
      const tracker = { name: "Large", vocabulary: [""] };
      tracker.vocabulary = ["x".repeat(bytes - JSON.stringify(tracker).length)];
      return tracker;
    };
    expect(
      plan([sized(MAX_BODY_BYTES - 2), sized(MAX_BODY_BYTES - 1)]).rows.map(({ verdict }) => verdict),
    ).toEqual(["fine", "too_large"]);
  });
});

describe("batches", () => {
  const rowOf = (index: number, bytes: number): JobRow => ({
    ...{ index, row: index + 1, name: `${index}`, tracker: undefined, bytes, wasSent: false },
    result: { state: "waiting" },
  });

  test("have 25 trackers at most", () => {
    const batches = batchesOf(Array.from({ length: 60 }, (_, index) => rowOf(index, 100)));
    expect(batches.map(({ length }) => length)).toEqual([25, 25, 10]);
  });

  test("are 1 MB at most, with brackets and commas", () => {
    // Two fit exactly: [a,b] has three bytes besides.
    const half = (MAX_BODY_BYTES - 3) / 2;
    const sizes = [Math.floor(half), Math.ceil(half), MAX_BODY_BYTES - 2, 10, MAX_BODY_BYTES - 13, 1];
    const batches = batchesOf(sizes.map((bytes, index) => rowOf(index, bytes)));
    expect(batches.map((batch) => batch.map(({ index }) => index))).toEqual([[0, 1], [2], [3, 4], [5]]);
  });
});

test("the report has a line for each row, and quotes what has to be quoted", () => {
  const base = { tracker: undefined, bytes: 0, wasSent: false };
  const rows: JobRow[] = [
    { ...base, index: 0, row: 2, name: "Sale", result: { state: "created", id: "17" } },
    { ...base, index: 1, row: 3, name: 'The "big", one', result: { state: "refused", reason: "Taken." } },
    { ...base, index: 2, row: 5, name: "", result: { state: "skipped", reason: "Blank." } },
    { ...base, index: 3, row: 6, name: "Late", result: { state: "sent" } },
  ];
  expect(reportOf(rows)).toBe(
    '\ufeffrow,name,result,id,reason\r\n2,Sale,Created,17,\r\n3,"The ""big"", one",Refused,,Taken.\r\n5,,Skipped,,Blank.\r\n6,Late,Unknown,,\r\n',
  );
});
