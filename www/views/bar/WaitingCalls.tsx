/** The calls that are waiting in the queue, each with a button to cancel it. */
import { useState } from "preact/hooks";
import { useApp } from "../context.js";

export function WaitingCalls() {
  const { queue } = useApp();
  const [isOpen, setOpen] = useState(false);
  const waiting = queue.calls.value.filter(({ state }) => state === "waiting");
  // A call that is about to start is not shown, because it would only flash up.
  if (waiting.length === 0 || !queue.running.value) return null;
  return (
    <div class="waiting">
      <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {waiting.length} waiting
      </button>
      {isOpen && (
        <ol aria-label="Waiting">
          {waiting.map((call, index) => (
            <li key={call}>
              <span>
                {index + 1}. {call.options.title}
              </span>
              <button
                type="button"
                aria-label={`Cancel: ${call.options.title}`}
                onClick={() => call.cancel()}
              >
                Cancel
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
