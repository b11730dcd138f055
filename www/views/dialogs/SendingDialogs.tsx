/** The dialogs about sending. At most one of them is open. */

import { MergeDialog } from "./MergeDialog.js";
import { RecreateDialog } from "./RecreateDialog.js";
import { RemovalsDialog } from "./RemovalsDialog.js";

export function SendingDialogs() {
  return (
    <>
      <MergeDialog />
      <RemovalsDialog />
      <RecreateDialog />
    </>
  );
}
