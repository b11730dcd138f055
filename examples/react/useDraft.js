import { useEffect, useState } from "react";
import { TrackerDraft } from "symbl-tracker";

/** Returns a draft of the tracker, or undefined while none is open. */
export function useDraft(tracker) {
  const [open, setOpen] = useState({});
  useEffect(() => {
    const draft = new TrackerDraft(tracker);
    setOpen({ tracker, draft });
    return () => {
      setOpen({});
      draft.dispose();
    };
  }, [tracker]);
  // Before the effect has run for another tracker, the open draft is that of the previous one.
  return open.tracker === tracker ? open.draft : undefined;
}
