/** The fields in which people say which columns have the names and the phrases. */
import { type Columns, type Separator, widthOf } from "../../bulk/columns.js";
import { letterOf } from "../../bulk/words.js";
import { useApp } from "../context.js";

const SEPARATORS: [Separator, string][] = [
  ["", "Nothing: a cell is one phrase"],
  [";", "Semicolons"],
  [",", "Commas"],
  ["|", "Vertical bars"],
  ["\n", "Line breaks"],
];

export function ColumnChoice({ rows, columns }: { rows: readonly string[][]; columns: Columns }) {
  const { bulk } = useApp();
  const { hasHeader, name, phrases, each, separator } = columns;
  const change = (changes: Partial<Columns>) => {
    bulk.columns.value = { ...columns, ...changes };
  };
  const titles = Array.from({ length: widthOf(rows) }, (_, column) => titleOf(rows, column, hasHeader));
  const setName = (column: number) =>
    // If the new column had phrases, the two columns change places.
    change({ name: column, phrases: ascending(phrases.map((other) => (other === column ? name : other))) });
  const setPhrases = (column: number, isChecked: boolean) =>
    change({
      phrases: ascending(isChecked ? [...phrases, column] : phrases.filter((other) => other !== column)),
    });

  return (
    <fieldset class="columns">
      <legend>Columns</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={hasHeader}
          onChange={({ currentTarget }) => change({ hasHeader: currentTarget.checked })}
        />
        The first row has the titles of the columns
      </label>
      <div class="field">
        <label for="bulk-each">Each row is</label>
        <select
          id="bulk-each"
          value={each}
          onChange={({ currentTarget }) => change({ each: currentTarget.value as Columns["each"] })}
        >
          <option value="tracker">a tracker</option>
          <option value="phrase">a part of a tracker: rows with the same name belong together</option>
        </select>
      </div>
      <div class="field">
        <label for="bulk-name">Names are in</label>
        <select
          id="bulk-name"
          value={String(name)}
          onChange={({ currentTarget }) => setName(Number(currentTarget.value))}
        >
          {titles.map((title, column) => (
            <option key={title} value={String(column)}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="bulk-separator">Between the phrases in a cell are</label>
        <select
          id="bulk-separator"
          value={separator}
          onChange={({ currentTarget }) => change({ separator: currentTarget.value as Separator })}
        >
          {SEPARATORS.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      <fieldset class="phrase-columns">
        <legend>Phrases are in</legend>
        {titles.map(
          (title, column) =>
            column !== name && (
              <label key={title} class="check">
                <input
                  type="checkbox"
                  checked={phrases.includes(column)}
                  onChange={({ currentTarget }) => setPhrases(column, currentTarget.checked)}
                />
                {title}
              </label>
            ),
        )}
      </fieldset>
    </fieldset>
  );
}

const ascending = (columns: readonly number[]) => [...columns].sort((a, b) => a - b);

/** The letter of a column with its title or first cell, so that people recognise it. */
function titleOf(rows: readonly string[][], column: number, hasHeader: boolean): string {
  const first = hasHeader ? rows[0]?.[column] : rows.find((cells) => cells[column])?.[column];
  const text = first && first.length > 30 ? `${first.slice(0, 30)}…` : first;
  return text ? `${letterOf(column)}: ${text}` : letterOf(column);
}
