/** What the last call came to, and the buttons that send. */
import { outcomeWords } from "../words.js";
import { useApp } from "./context.js";

export function Bar() {
  const app = useApp();
  const { open, queue, sending } = app;
  const { value: running } = queue.running;
  const { value: last } = queue.last;
  return (
    <footer class="bar">
      <p role="status">{running ? `${running.options.title}…` : last ? outcomeWords(last) : ""}</p>
      {running && (
        <button type="button" onClick={() => running.cancel()}>
          Cancel
        </button>
      )}
      {open && (
        <button
          type="button"
          class="primary"
          aria-disabled={!open.validation.value.ok}
          onClick={() => open.validation.value.ok && sending.send(open)}
        >
          {open.id === undefined ? "Create tracker" : "Update tracker"}
        </button>
      )}
    </footer>
  );
}
