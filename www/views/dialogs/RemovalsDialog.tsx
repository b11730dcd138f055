/** The dialog that asks before removals are sent to a host that only adds phrases. */
import { useState } from "preact/hooks";
import { without } from "../../state/sending/host-behaviour.js";
import { counted } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { Dialog } from "./Dialog.js";

/** How many phrases are listed at first. */
const SHORT = 20;

export function RemovalsDialog() {
  const { sending, recreations } = useApp();
  const [isLong, setLong] = useState(false);
  const { value: removals } = sending.removals;
  if (!removals) return null;
  const { edit, phrases } = removals;
  const { tracker } = edit.snapshot();
  const isMore =
    edit.base?.name !== tracker.name || without(tracker.vocabulary, edit.base?.vocabulary ?? []).length > 0;
  const count = counted(phrases.length, "removal");
  const shown = isLong ? phrases : phrases.slice(0, SHORT);
  return (
    <Dialog title={`${count} will not take effect here`} onClose={() => sending.closeRemovals()}>
      <p>
        This service adds phrases to a tracker and never removes any: it ignored an earlier removal. It would
        keep {phrases.length === 1 ? "this phrase" : "these phrases"}, and still look for{" "}
        {phrases.length === 1 ? "it" : "them"}:
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul class="phrases" tabIndex={0} aria-label="Removals">
        {shown.map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
      </ul>
      {shown.length < phrases.length && (
        <button type="button" onClick={() => setLong(true)}>
          Show all {phrases.length.toLocaleString("en")}
        </button>
      )}
      <p>
        To get rid of {phrases.length === 1 ? "it" : "them"}, the tracker can be created again under a new id,
        and the old one deleted.
      </p>
      <div class="buttons">
        <button
          type="button"
          class="primary"
          onClick={() => {
            sending.closeRemovals();
            sending.send(edit, { insists: true });
          }}
        >
          {isMore ? "Send the additions" : "Send anyway"}
        </button>
        <button
          type="button"
          onClick={() => {
            sending.closeRemovals();
            recreations.start(edit);
          }}
        >
          Recreate under a new id…
        </button>
        <button type="button" onClick={() => sending.closeRemovals()}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}
