/** The first step: a file, or a pasted text. */
import { useApp } from "../context.js";

const CSV = `name,phrases
Discount,on sale; price reduction; special offer
Churn,cancel my account; close my account`;

const JSON_LIST = `[
  { "name": "Discount", "vocabulary": ["on sale", "price reduction"] },
  { "name": "Churn", "vocabulary": ["cancel my account"] }
]`;

export function ChooseFile() {
  const { bulk } = useApp();
  const choose = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    const file = currentTarget.files?.[0];
    // Without this, choosing the same file again after correcting it would fire no event.
    if (file) void bulk.chooseFile(file).finally(() => (currentTarget.value = ""));
  };
  return (
    <>
      <p>You see what would be created before anything is sent.</p>
      <div class="drop">
        <label for="bulk-file">CSV or JSON file</label>
        <input
          id="bulk-file"
          type="file"
          accept=".csv,.tsv,.txt,.json,text/csv,application/json"
          aria-describedby="bulk-file-help"
          onChange={choose}
        />
        <p id="bulk-file-help" class="help">
          You can also drop it here. From a spreadsheet, save it as CSV.
        </p>
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void bulk.choosePasted();
        }}
      >
        <label for="bulk-text">Or paste rows or JSON</label>
        <textarea
          id="bulk-text"
          rows={6}
          spellcheck={false}
          value={bulk.pasted.value}
          onInput={({ currentTarget }) => {
            bulk.pasted.value = currentTarget.value;
          }}
        />
        <button type="submit">Check what I pasted</button>
      </form>
      <details>
        <summary>What the file can look like</summary>
        <p>
          A table with one row for each tracker, or with one row for each phrase and the name in each row:
        </p>
        <pre>{CSV}</pre>
        <p>A JSON list of trackers:</p>
        <pre>{JSON_LIST}</pre>
      </details>
    </>
  );
}
