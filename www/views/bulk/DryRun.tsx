/** The second step: whether each tracker can be created. Nothing has been sent yet. */
import { useEffect, useState } from "preact/hooks";
import type { Plan, PlannedRow, Verdict } from "../../bulk/plan.js";
import { VERDICTS, verdictWords } from "../../bulk/words.js";
import { counted } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { ColumnChoice } from "./ColumnChoice.js";
import { RowTable } from "./RowTable.js";

type Filter = "all" | "fine" | "problems";

export function DryRun() {
  const { bulk, account } = useApp();
  const { value: chosen } = bulk.chosen;
  const { value: columns } = bulk.columns;
  const { value: plan } = bulk.plan;
  const [filter, setFilter] = useState<Filter>("all");
  const { source } = chosen ?? {};
  // After a change of the columns or the file, the filter might match no rows.
  useEffect(() => setFilter("all"), [source, columns]);
  if (!chosen || !plan || !source) return null;
  const { fine } = plan.counts;
  const problems = plan.rows.length - fine;
  const shown = plan.rows.filter(
    ({ verdict }) => filter === "all" || (verdict === "fine") === (filter === "fine"),
  );
  return (
    <>
      <p>
        From <b>{chosen.title}</b>: {counted(plan.rows.length, "tracker")}. Nothing has been sent yet.
      </p>
      {source.kind === "table" && columns && <ColumnChoice rows={source.rows} columns={columns} />}
      {source.kind === "json" && source.hasIds && (
        <p class="notice">
          The ids in the file are not used: the service gives each new tracker an id of its own.
        </p>
      )}
      {account.loadedAt.value === undefined && (
        <p class="notice">
          The account’s trackers could not be read yet, so it is not known which names are taken and how many
          trackers there is room for.
        </p>
      )}
      {plan.withRepeats > 0 && (
        <label class="check">
          <input
            type="checkbox"
            checked={bulk.dropRepeats.value}
            onChange={({ currentTarget }) => {
              bulk.dropRepeats.value = currentTarget.checked;
            }}
          />
          Leave out phrases that repeat an earlier one of the same tracker (
          {counted(plan.withRepeats, "tracker")})
        </label>
      )}
      <Summary plan={plan} />
      <div class="actions">
        <button type="button" class="primary" disabled={fine === 0} onClick={() => void bulk.start()}>
          Create {counted(fine, "tracker")}
        </button>
        <button type="button" onClick={() => void bulk.startOver()}>
          Choose another file
        </button>
      </div>
      {problems > 0 && fine > 0 && (
        <div class="field show">
          <label for="bulk-show">Show</label>
          <select
            id="bulk-show"
            value={filter}
            onChange={({ currentTarget }) => setFilter(currentTarget.value as Filter)}
          >
            <option value="all">all {plan.rows.length.toLocaleString("en")}</option>
            <option value="problems">the {problems.toLocaleString("en")} that cannot be created</option>
            <option value="fine">the {fine.toLocaleString("en")} that can be created</option>
          </select>
        </div>
      )}
      <RowTable
        label="Dry run"
        titles={["Row", "Name", "Phrases", "Result"]}
        rows={shown}
        cells={(row) => <Cells row={row} />}
      />
    </>
  );
}

function Summary({ plan }: { plan: Plan }) {
  const verdicts = (Object.keys(plan.counts) as Verdict[]).filter(
    (verdict) => verdict === "fine" || plan.counts[verdict] > 0,
  );
  return (
    <ul class="summary" aria-label="Summary" aria-live="polite">
      {verdicts.map((verdict) => (
        <li key={verdict} class={verdict === "fine" && plan.counts.fine > 0 ? "good" : "bad"}>
          {verdictWords(verdict, plan.counts[verdict])}
        </li>
      ))}
    </ul>
  );
}

function Cells({ row: { name, phraseCount, sample, verdict, reason } }: { row: PlannedRow }) {
  return (
    <>
      <td class="name" dir="auto">
        {name || <span class="empty">no name</span>}
      </td>
      <td class="sample">
        <span class="count">{phraseCount.toLocaleString("en")}</span> <span dir="auto">{sample}</span>
      </td>
      <td class={`result ${verdict === "fine" ? "good" : "bad"}`}>
        <b>{VERDICTS[verdict]}</b> {reason}
      </td>
    </>
  );
}
