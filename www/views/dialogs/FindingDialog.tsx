/** The dialog that shows how the service's version differs from what was sent. */
import type { Difference } from "../../state/sending/report.js";
import { Dialog } from "./Dialog.js";

/** The most phrases that are listed. */
const SHORT = 200;

export function FindingDialog({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const { name, missing, additional } = difference;
  return (
    <Dialog title="The service and what you sent" onClose={onClose}>
      {name !== undefined && <p>On the service, the tracker is named “{name}”.</p>}
      <Phrases title="You sent, and the service does not have" phrases={missing} />
      <Phrases title="The service has, and you did not send" phrases={additional} />
      <div class="buttons">
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Phrases({ title, phrases }: { title: string; phrases: readonly string[] }) {
  if (phrases.length === 0) return null;
  const more = phrases.length - SHORT;
  return (
    <>
      <h3>
        {title}: {phrases.length.toLocaleString("en")}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <ul class="phrases" tabIndex={0} aria-label={title}>
        {phrases.slice(0, SHORT).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
        {more > 0 && <li class="help">and {more.toLocaleString("en")} more</li>}
      </ul>
    </>
  );
}
