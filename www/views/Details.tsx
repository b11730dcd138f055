/** The exchange with the service: what is sent, what came back, and every attempt. */
import { useApp } from "./context.js";

export function Details() {
  const { queue } = useApp();
  const { value: last } = queue.last;
  return (
    <aside class="details" aria-label="Details">
      {last ? (
        <pre>{JSON.stringify(last.options.sent ?? null, null, 2)}</pre>
      ) : (
        <p class="empty">Nothing was sent yet.</p>
      )}
    </aside>
  );
}
