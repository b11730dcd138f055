/** Warns that edits will be lost when the page is closed, because the browser cannot store them. */
import { useState } from "preact/hooks";
import { useApp } from "../context.js";

export function StorageWarning() {
  const { problem } = useApp().safekeeping.recorder;
  const [isHidden, setHidden] = useState(false);
  if (problem.value === undefined || isHidden) return null;
  return (
    <div class="notice bad" role="alert">
      <p>Your edits cannot be kept in this browser: {problem.value} Send them before you close this page.</p>
      <p class="buttons">
        <button type="button" onClick={() => setHidden(true)}>
          Hide this
        </button>
      </p>
    </div>
  );
}
