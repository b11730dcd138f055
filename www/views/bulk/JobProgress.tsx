/** The third step: the progress of the job, and the result of each row. */
import { useState } from "preact/hooks";
import { RESULTS, reportOf } from "../../bulk/report.js";
import type { JobRow } from "../../bulk/run.js";
import { countStates } from "../../bulk/words.js";
import { addressOf } from "../../state/route.js";
import { counted } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { RowTable } from "./RowTable.js";

export function JobProgress() {
  const { bulk } = useApp();
  const { value: stage } = bulk.stage;
  const { value: info } = bulk.info;
  const { value: rows } = bulk.rows;
  const counts = countStates(rows);
  const total = rows.length - counts.skipped;
  const open = counts.waiting + counts.sent;
  const [isFiltered, setFiltered] = useState(false);
  const shown = isFiltered ? rows.filter(({ result }) => result.state !== "created") : rows;
  return (
    <>
      <p>
        From <b>{info?.title}</b>
        {info &&
          `, started ${new Date(info.startedAt).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}`}
      </p>
      {!bulk.isStored.value && (
        <p class="notice">
          This browser cannot store the progress. Keep the page open until all trackers are created.
        </p>
      )}
      <progress aria-label="Trackers created" max={Math.max(total, 1)} value={total - open} />
      <p class="counts" aria-live="polite">
        <b>
          {counts.created.toLocaleString("en")} of {counted(total, "tracker")} created
        </b>
        {counts.refused > 0 && `, ${counts.refused.toLocaleString("en")} refused`}
        {counts.skipped > 0 && `, ${counts.skipped.toLocaleString("en")} skipped`}
        {stage !== "running" && counts.waiting > 0 && `, ${counts.waiting.toLocaleString("en")} not sent yet`}
        {stage !== "running" && counts.sent > 0 && `, ${counts.sent.toLocaleString("en")} unknown`}
        {bulk.isCancelling.value ? ". Cancelling…" : "."}
      </p>
      {stage === "stopped" && (
        <div class="stopped" role="alert">
          <p>{bulk.stopReason.value}</p>
          <p>
            If you continue, the {counted(open, "tracker")} that remain {open === 1 ? "is" : "are"} created.
            {counts.sent > 0 &&
              " First, the account is searched for those whose result is unknown, so that none is created twice."}
          </p>
        </div>
      )}
      <div class="actions">
        {stage === "running" && (
          <button type="button" aria-disabled={bulk.isCancelling.value} onClick={() => bulk.cancel()}>
            Cancel creation
          </button>
        )}
        {stage === "stopped" && (
          <button type="button" class="primary" onClick={() => void bulk.resume()}>
            Continue
          </button>
        )}
        {stage !== "running" && (
          <>
            <button type="button" onClick={() => download("trackers-report.csv", reportOf(rows))}>
              Download report
            </button>
            <button type="button" onClick={() => void bulk.startOver()}>
              {stage === "stopped" ? "Discard the rest" : "Create from another file"}
            </button>
          </>
        )}
      </div>
      {stage !== "running" && counts.created > 0 && counts.created < rows.length && (
        <label class="check">
          <input
            type="checkbox"
            checked={isFiltered}
            onChange={({ currentTarget }) => setFiltered(currentTarget.checked)}
          />
          Show only the {(rows.length - counts.created).toLocaleString("en")} that were not created
        </label>
      )}
      <RowTable
        label="Results"
        titles={["Row", "Name", "Result"]}
        rows={shown}
        cells={(row) => <Cells row={row} />}
      />
    </>
  );
}

function Cells({ row: { name, result } }: { row: JobRow }) {
  return (
    <>
      <td class="name" dir="auto">
        {result.state === "created" ? (
          <a href={addressOf({ page: "tracker", id: result.id })}>{name}</a>
        ) : (
          name
        )}
      </td>
      <td class={`result ${CLASSES[result.state]}`}>
        <b>{RESULTS[result.state]}</b> {"reason" in result && result.reason}
      </td>
    </>
  );
}

const CLASSES: Record<JobRow["result"]["state"], string> = {
  waiting: "soft",
  sent: "warn",
  created: "good",
  refused: "bad",
  skipped: "bad",
};

function download(name: string, csv: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  // The browser has started the download after the event.
  setTimeout(() => URL.revokeObjectURL(link.href));
}
