/** The notices about deletions, which stay in view while the list is hidden. */
import { useEffect, useRef } from "preact/hooks";
import type { Deletion, Phase } from "../../state/account/deletion.js";
import { reason } from "../../words/errors.js";
import { useApp } from "../context.js";

export function DeletionNotices() {
  const { deletions } = useApp();
  return (
    <section class="deletions" aria-label="Deletions">
      {deletions.all.value.map((deletion) => (
        <Notice key={deletion.key} deletion={deletion} />
      ))}
    </section>
  );
}

function Notice({ deletion }: { deletion: Deletion }) {
  const app = useApp();
  const { deletions, reader } = app;
  const { value: phase } = deletion.phase;
  const place = useRef<HTMLFieldSetElement>(null);
  const { step } = phase;

  // With the focus in the notice, Enter or Escape undoes the deletion. It starts in the row, which may be removed. Later,
  // the focus is only taken if it was lost with a button of the notice or with the row, never from a field.
  const isNew = useRef(true);
  useEffect(() => {
    const { activeElement } = document;
    const isInRow =
      isNew.current && activeElement?.closest(".trackers tr") && !activeElement.matches("input");
    isNew.current = false;
    const isFree = activeElement === document.body || isInRow || place.current?.contains(activeElement);
    if (isFree) place.current?.querySelector("button")?.focus();
  }, [step]);

  const dismiss = () => {
    const hadFocus = place.current?.contains(document.activeElement);
    deletions.dismiss(deletion);
    if (!hadFocus) return;
    // The focus goes back to the row of the tracker, or to another one if it is gone.
    setTimeout(() => {
      if (document.activeElement !== document.body) return;
      const { key } = deletion;
      const link =
        document.querySelector<HTMLElement>(`.trackers [data-key="${CSS.escape(key)}"]`) ??
        document.querySelector<HTMLElement>(".trackers [data-key][tabindex='0']");
      link?.focus();
    });
  };
  return (
    <fieldset
      class={`deletion ${step}`}
      aria-label={`Deletion of ${deletion.name || "the tracker without a name"}`}
      ref={place}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        dismiss();
      }}
    >
      <p>
        <span aria-live="polite">{words(deletion, phase)}</span>
        {phase.step === "counting" && <span aria-hidden="true"> in {phase.seconds} s</span>}
      </p>
      <p class="buttons">
        {step === "counting" && (
          <button type="button" onClick={dismiss}>
            Keep it
          </button>
        )}
        {step === "deleting" && (
          <button type="button" onClick={dismiss}>
            Cancel
          </button>
        )}
        {step === "deleted" && deletion.content && (
          <button
            type="button"
            onClick={() => {
              app.startNew(deletion.content);
              deletions.dismiss(deletion);
            }}
          >
            Create again
          </button>
        )}
        {step === "failed" && (
          <>
            <button type="button" onClick={() => deletions.start(deletion.row)}>
              Try again
            </button>
            <button type="button" onClick={() => reader.read()}>
              Refresh
            </button>
          </>
        )}
        {(step === "deleted" || step === "failed" || step === "kept") && (
          <button type="button" onClick={dismiss}>
            Dismiss
          </button>
        )}
      </p>
    </fieldset>
  );
}

function words({ isLocal, name }: Deletion, phase: Phase): string {
  const title = `“${name.trim() === "" ? "No name" : name}”`;
  switch (phase.step) {
    case "counting":
      return `${isLocal ? "Discarding" : "Deleting"} ${title}`;
    case "deleting":
      return `Deleting ${title}…`;
    case "deleted":
      if (isLocal) return `Discarded ${title}.`;
      return [
        phase.wasGone ? `Someone else had deleted ${title} already.` : `Deleted ${title}.`,
        ...(phase.isEditKept ? ["What you typed in the meantime is kept."] : []),
      ].join(" ");
    case "kept":
      return `${title} was not deleted, because ${phase.reason}.`;
    case "failed":
      if (phase.ending.outcome === "not_sent") return `${title} was not deleted. ${phase.ending.reason}`;
      return phase.ending.outcome === "unknown"
        ? `It is unknown whether ${title} was deleted. ${reason(phase.ending.error)}`
        : `${title} was not deleted. ${reason(phase.ending.error)}`;
  }
}
