/** The bar: the progress of a call or the outcome of the last action, its remedies, and the button that sends. */
import { useEffect } from "preact/hooks";
import { type Report, subjectOf } from "../../state/sending/report.js";
import { progressWords, reportWords, titleOf } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { focusFirstIssue } from "../editor/first-issue.js";
import { Countdown } from "./Countdown.js";
import { Remedies } from "./Remedies.js";
import { WaitingCalls } from "./WaitingCalls.js";

const ICONS = { good: "✓", warn: "!", bad: "✕", plain: "" };

/** What a report is about: a call, or a tracker that was not sent. */
function aboutWords(report: Report): string {
  if ("call" in report) return report.call.options.title;
  return "edit" in report ? titleOf(report.edit) : "";
}

export function Bar() {
  const { account, open, queue, safekeeping, sending } = useApp();
  const { value: running } = queue.running;
  const { value: report } = sending.report;
  // Read so that the bar changes when the report's edit is dropped.
  void account.edits.value;
  const { tone, text } = report ? reportWords(report) : { tone: "plain" as const, text: "" };
  // A failure stays in the bar while another tracker is open, so the text says what it is about.
  const isAboutOpen = !report || subjectOf(report) === open?.key;
  const about = isAboutOpen || tone === "good" ? "" : aboutWords(report);

  const canSend = open !== undefined && safekeeping.canEdit(open);
  const send = () => {
    if (!open || !canSend) return;
    // The shortcut can be pressed while something is being typed.
    open.sync();
    sending.send(open);
    if (sending.report.value?.kind === "issues") focusFirstIssue();
  };
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isSend = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey;
      const isInEditor = event.target instanceof Element && event.target.closest(".editor") !== null;
      if (!isSend || !isInEditor) return;
      event.preventDefault();
      send();
    };
    // While capturing, so that the editor does not insert a phrase.
    addEventListener("keydown", onKey, { capture: true });
    return () => removeEventListener("keydown", onKey, { capture: true });
  });

  return (
    <footer class={`bar ${running ? "running" : tone}`}>
      <p class="outcome">
        {!running && text !== "" && tone !== "plain" && (
          <span class="icon" aria-hidden="true">
            {ICONS[tone]}
          </span>
        )}
        <span role="status">
          {running ? progressWords(running) : about && text ? `${text} (${about})` : text}
        </span>
        {running && <Countdown call={running} />}
      </p>
      {!running && report && <Remedies report={report} />}
      <WaitingCalls />
      {running && (
        <button type="button" aria-disabled={running.isCancelled} onClick={() => running.cancel()}>
          Cancel
        </button>
      )}
      {open && (
        <button
          type="button"
          class="primary"
          aria-disabled={!canSend}
          aria-keyshortcuts="Control+Enter"
          onClick={send}
        >
          {open.id === undefined ? "Create tracker" : "Update tracker"}
        </button>
      )}
    </footer>
  );
}
