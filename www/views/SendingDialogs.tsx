/** The dialogs about sending. At most one of them is open. */
import { Recreate } from "./Recreate.js";
import { Removals } from "./Removals.js";
import { Stale } from "./Stale.js";

export function SendingDialogs() {
  return (
    <>
      <Stale />
      <Removals />
      <Recreate />
    </>
  );
}
