/** The buttons and links in the bar that follow from a report, such as "Send again". */
import { useState } from "preact/hooks";
import { isTrackerError, type Tracker } from "symbl-tracker";
import { routeOfRow } from "../../state/account/tracker-row.js";
import type { App } from "../../state/app.js";
import type { Edit } from "../../state/edit.js";
import { addressOf } from "../../state/route.js";
import type { Call } from "../../state/sending/queue.js";
import { type Difference, differsStill, type Report, updateResultOf } from "../../state/sending/report.js";
import type { Stale } from "../../state/sending/sending.js";
import { titleOf } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { FindingDialog } from "../dialogs/FindingDialog.js";
import { SplitDialog } from "../dialogs/SplitDialog.js";
import { focusFirstIssue } from "../editor/first-issue.js";

/** @property edit what the action sends or changes: it has to be open, and not locked by another tab */
type Remedy = { label: string; act: () => void; edit?: Edit } | { label: string; href: string };

export function Remedies({ report }: { report: Report }) {
  const app = useApp();
  const [splitting, setSplitting] = useState<Edit>();
  const [unlike, setUnlike] = useState<Difference>();
  const remedies = withinReach(remediesOf(report, app, setSplitting), app);
  const difference = report.kind === "checked" && "difference" in report.finding && report.finding.difference;
  if (difference) remedies.push({ label: "Show the difference…", act: () => setUnlike(difference) });
  if (remedies.length === 0) return null;
  return (
    <div class="remedies">
      {remedies.map((remedy) =>
        "href" in remedy ? (
          <a key={remedy.label} href={remedy.href}>
            {remedy.label}
          </a>
        ) : (
          <button key={remedy.label} type="button" onClick={remedy.act}>
            {remedy.label}
          </button>
        ),
      )}
      {unlike && <FindingDialog difference={unlike} onClose={() => setUnlike(undefined)} />}
      {splitting && <SplitDialog edit={splitting} onClose={() => setSplitting(undefined)} />}
    </div>
  );
}

type Split = (edit: Edit) => void;

/** Replaces what acts on a tracker that is not open with a link that opens it. */
function withinReach(remedies: Remedy[], { open, safekeeping }: App): Remedy[] {
  const links = new Map<Edit, Remedy>();
  for (const remedy of remedies)
    if ("edit" in remedy && remedy.edit !== open) links.set(remedy.edit, linkToEdit(remedy.edit));
  const others = remedies.filter(
    (remedy) => !("edit" in remedy) || (remedy.edit === open && safekeeping.canEdit(remedy.edit)),
  );
  return [...links.values(), ...others];
}

function remediesOf(report: Report, app: App, onSplit: Split): Remedy[] {
  const { sending, account } = app;
  // The edit was dropped or replaced.
  if ("edit" in report && account.edits.value.get(report.edit.key) !== report.edit) return [];
  switch (report.kind) {
    case "issues": {
      const { edit } = report;
      if (edit.validation.value.issueCount === 0) return [];
      return [{ label: "Go to the first issue", act: focusFirstIssue, edit }, ...split(edit, onSplit)];
    }
    case "unchanged": {
      const { edit } = report;
      if (edit.isModified.value) return [];
      return [{ label: "Send anyway", act: () => sending.send(edit, { insists: true }), edit }];
    }
    case "blocked":
    case "recreated":
      return [];
    case "differs":
      return comparison(report, app);
    case "ended":
      return remediesOfEnding(report.call, app, onSplit);
    case "checked": {
      const { call, finding } = report;
      const check = { label: "Check again", act: () => sending.check(call) };
      if (finding.state === "applied") return [];
      if (finding.state === "name_taken") return [linkTo(finding.other)];
      if (finding.state === "gone") return createAgain(call, app);
      return finding.state === "unread" ? [check] : [check, ...sendAgain(call, app)];
    }
  }
}

function remediesOfEnding(call: Call, app: App, onSplit: Split): Remedy[] {
  const { ending } = call;
  const { sending, account } = app;
  if (ending?.outcome === "unknown")
    return sending.changeOf(call) ? [{ label: "Check now", act: () => sending.check(call) }] : [];
  if (ending?.outcome === "applied") return removalRemedies(call, app);
  if (ending?.outcome !== "not_applied") return [];
  if (call.options.kind === "list") return [{ label: "Try again", act: () => void app.refresh() }];
  const code = isTrackerError(ending.error) ? ending.error.code : "";
  const edit = editOf(call, app);
  switch (code) {
    case "stale_tracker": {
      const current = isTrackerError(ending.error) ? ending.error.current : undefined;
      return edit && current ? comparison({ edit, current }, app) : [];
    }
    case "conflict": {
      const id = account.idsByName.value.get(edit?.name.value ?? "");
      const other = id === undefined ? undefined : account.trackers.value.get(id);
      return other && id !== edit?.id
        ? [linkTo(other)]
        : [{ label: "Read the list again", act: () => void app.refresh() }];
    }
    case "not_found":
      return createAgain(call, app);
    case "too_large":
      return edit ? split(edit, onSplit) : [];
    case "bad_request":
      return [];
    default:
      return sendAgain(call, app);
  }
}

function comparison(stale: Stale, { sending }: App): Remedy[] {
  const { edit } = stale;
  return differsStill(stale) ? [{ label: "Compare…", act: () => sending.showStale(stale), edit }] : [];
}

function linkToEdit(edit: Edit): Remedy {
  const { key, id } = edit;
  return {
    label: `Open ${titleOf(edit)}`,
    href: addressOf(routeOfRow({ key, id, tracker: undefined, edit })),
  };
}

function linkTo({ id, name }: Tracker): Remedy {
  return { label: `Open “${name}”`, href: addressOf({ page: "tracker", id }) };
}

/** Sends what is being edited now, which may be more than was sent before. */
function sendAgain(call: Call, app: App): Remedy[] {
  const edit = editOf(call, app);
  const isSend = call.options.kind === "update" || call.options.kind === "create";
  return edit && isSend
    ? [{ label: "Send again", act: () => app.sending.send(edit, { insists: true }), edit }]
    : [];
}

function createAgain(call: Call, app: App): Remedy[] {
  const edit = editOf(call, app);
  return edit && call.options.kind === "update"
    ? [{ label: "Create again", act: () => app.sending.send(edit, { insists: true, isNew: true }), edit }]
    : [];
}

/** After an update on a host that kept removed phrases. */
function removalRemedies(call: Call, app: App): Remedy[] {
  const edit = editOf(call, app);
  const { kept = [] } = updateResultOf(call) ?? {};
  if (!edit || kept.length === 0) return [];
  const recreate = () => {
    edit.sync();
    if (edit.validation.value.ok) app.recreations.start(edit);
    else app.sending.tell({ kind: "issues", edit });
  };
  return [{ label: "Recreate under a new id…", act: recreate, edit }];
}

function split(edit: Edit, onSplit: Split): Remedy[] {
  const { bytes, limit } = edit.validation.value;
  return bytes > limit ? [{ label: "Split…", act: () => onSplit(edit), edit }] : [];
}

function editOf(call: Call, { account }: App): Edit | undefined {
  return account.edits.value.get(call.options.subject ?? "");
}
