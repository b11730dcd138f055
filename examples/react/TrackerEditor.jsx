import { useSyncExternalStore } from "react";
import { useDraft } from "./useDraft.js";

export function TrackerEditor({ tracker }) {
  const draft = useDraft(tracker);
  return draft && <Phrases draft={draft} />;
}

function Phrases({ draft }) {
  useSyncExternalStore(draft.subscribe, () => draft.revision);
  return draft.vocabulary.map((phrase, index) => (
    <label key={draft.keyAt(index)}>
      <input value={phrase} onChange={(event) => draft.setPhrase(index, event.target.value)} />
      {draft.issuesAt(index)[0]?.message}
    </label>
  ));
}
