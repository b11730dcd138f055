/** The dialog that shows how the service's version differs from what was sent. */
import type { Difference } from "../../state/sending/report.js";
import { PhraseList } from "../PhraseList.js";
import { Dialog } from "./Dialog.js";

/** The most phrases that are listed. */
const SHORT = 200;

export function FindingDialog({ difference, onClose }: { difference: Difference; onClose: () => void }) {
  const { name, missing, additional } = difference;
  return (
    <Dialog title="The service and what you sent" onClose={onClose}>
      {name !== undefined && <p>On the service, the tracker is named “{name}”.</p>}
      <PhraseList
        isScrollable
        most={SHORT}
        title="You sent, and the service does not have"
        phrases={missing}
      />
      <PhraseList
        isScrollable
        most={SHORT}
        title="The service has, and you did not send"
        phrases={additional}
      />
      <div class="buttons">
        <button type="button" class="primary" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
