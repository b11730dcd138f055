/** Notices about edits that were restored from the journal, with buttons to compare, discard or add them. */
import { useState } from "preact/hooks";
import { isSame } from "../../state/difference.js";
import type { Edit } from "../../state/edit.js";
import { useApp } from "../context.js";
import { ComparisonDialog } from "../dialogs/ComparisonDialog.js";

export function RestoredNotices({ edit }: { edit: Edit }) {
  if (!useApp().safekeeping.canEdit(edit)) return null;
  return (
    <>
      <RestoredEdits edit={edit} />
      <RestoredText edit={edit} />
    </>
  );
}

function RestoredEdits({ edit }: { edit: Edit }) {
  const { account } = useApp();
  const [isComparing, setComparing] = useState(false);
  const { restoredAt, base } = edit;
  if (!edit.isModified.value && edit.canBringBack)
    return (
      <div class="notice" role="status">
        <p>The edits are discarded.</p>
        <p class="buttons">
          <button type="button" onClick={() => edit.bringBack()}>
            Bring them back
          </button>
        </p>
      </div>
    );
  if (restoredAt === undefined || !edit.isModified.value) return null;
  const current = edit.id === undefined ? undefined : account.trackers.value.get(edit.id);
  const isOutdated = current !== undefined && !isSame(base, current);
  return (
    <div class="notice">
      <p>
        Restored edits from {momentWords(restoredAt)}.
        {isOutdated && " The tracker was changed on the service since; sending shows both versions."}
        {account.isGone(edit) && " The service no longer has this tracker."}
      </p>
      <p class="buttons">
        {base && (
          <button type="button" onClick={() => setComparing(true)}>
            Compare
          </button>
        )}
        <button type="button" onClick={() => edit.discard(current ?? base)}>
          Discard
        </button>
      </p>
      {isComparing && base && (
        <ComparisonDialog edit={edit} before={current ?? base} onClose={() => setComparing(false)} />
      )}
    </div>
  );
}

/** The most characters that are quoted of a text. */
const QUOTED = 80;

/** The notice about a text that was typed but is not in the draft; see `restoredText` of Edit. */
function RestoredText({ edit }: { edit: Edit }) {
  const text = edit.restoredText;
  const [problem, setProblem] = useState<string>();
  if (text === undefined) return null;
  const add = () =>
    edit
      .addRestoredText()
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : `${error}`));
  return (
    <div class="notice">
      <p>
        Restored a text that was not added yet: “
        <span dir="auto">{text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text}</span>”.
        {problem && ` It cannot be added: ${problem}`}
      </p>
      <p class="buttons">
        <button type="button" onClick={add}>
          Add its phrases
        </button>
        <button
          type="button"
          onClick={() => {
            edit.restoredText = undefined;
          }}
        >
          Discard the text
        </button>
      </p>
    </div>
  );
}

/** The time, and the date if it is not today's. */
function momentWords(milliseconds: number): string {
  const date = new Date(milliseconds);
  const isToday = date.toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ day: "numeric", month: "long" } as const);
  return date.toLocaleString("en-GB", { ...day, hour: "2-digit", minute: "2-digit" });
}
