/** The field in a row of the table that renames its tracker. */
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { nameOf, type Row } from "../../state/account/tracker-row.js";
import { useApp } from "../context.js";

export function Rename({ row }: { row: Row }) {
  const { renaming } = useApp();
  const { value: name } = renaming.name;
  const [isTried, setTried] = useState(false);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  // A layout effect, so that the next key is already typed into the field.
  useLayoutEffect(() => {
    // A search can hide the row and show it again while the focus is in the search.
    if (document.activeElement?.matches("input, tracker-editor")) return;
    field.current?.focus();
    if (name === nameOf(row)) field.current?.select();
  }, []);

  const problem = renaming.obstacle(row, name);
  // An empty field is only marked as wrong after an attempt to save it.
  const isShown = problem !== undefined && (isTried || name.trim() !== "");
  const save = () => {
    if (problem === undefined) renaming.save(row, name);
    else setTried(true);
  };
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        renaming.end();
      }}
    >
      <input
        ref={field}
        aria-label={`New name of ${nameOf(row) || "the tracker without a name"}`}
        aria-invalid={isShown}
        aria-describedby={isShown ? id : undefined}
        dir="auto"
        autocomplete="off"
        enterkeyhint="done"
        value={name}
        onInput={(event) => {
          renaming.name.value = event.currentTarget.value;
        }}
      />
      {isShown && (
        <p id={id} class="issue" aria-live="polite">
          {problem}
        </p>
      )}
      <p class="buttons">
        <button type="submit">Save name</button>
        <button type="button" onClick={() => renaming.end()}>
          Cancel
        </button>
      </p>
    </form>
  );
}
