import { createSignal, Index, onCleanup } from "solid-js";
import { TrackerDraft } from "symbl-tracker";

export function TrackerEditor(props) {
  const draft = new TrackerDraft(props.tracker);
  onCleanup(() => draft.dispose());
  const read = () => draft.vocabulary.map((phrase, index) => ({ phrase, issue: draft.issuesAt(index)[0] }));
  const [rows, setRows] = createSignal(read());
  draft.subscribe(() => setRows(read()));
  return (
    <Index each={rows()}>
      {(row, index) => (
        <label>
          <input value={row().phrase} onInput={(event) => draft.setPhrase(index, event.target.value)} />
          {row().issue?.message}
        </label>
      )}
    </Index>
  );
}
