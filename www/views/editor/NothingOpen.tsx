/** Shown instead of the editor if no tracker is open, or if there is no tracker at the address. */
import { route } from "../../state/route.js";
import { reason } from "../../words/errors.js";
import { useApp } from "../context.js";

export function NothingOpen() {
  const app = useApp();
  const { account, reader } = app;
  const { page } = route.value;
  const { value: problem } = reader.problem;
  if (page === "new" && !app.safekeeping.isReady.value) return <p class="empty">Reading the edits…</p>;
  if (page === "new")
    return (
      <Missing title="This new tracker is no longer here">
        It was created, discarded, or begun in another browser.
      </Missing>
    );
  if (account.loadedAt.value === undefined) {
    if (problem === undefined || reader.isReading.value) return <p class="empty">Reading the trackers…</p>;
    return (
      <div class="nothing">
        <h3>The trackers could not be read</h3>
        <p>{reason(problem)}</p>
        <p>
          <button type="button" class="primary" onClick={() => reader.read()}>
            Try again
          </button>
        </p>
      </div>
    );
  }
  if (page === "tracker")
    return (
      <Missing title="There is no tracker at this address">
        It was deleted, or the address belongs to another account.
      </Missing>
    );
  if (account.trackers.value.size > 0 || account.newCount.value > 0)
    return <p class="empty">Choose a tracker, or create a new one.</p>;
  return (
    <div class="nothing">
      <h3>No trackers yet</h3>
      <p>
        A tracker has a name and phrases that mean the same. The service looks for them in calls: “Sale” could
        have “we have a sale right now” and “on sale this month”.
      </p>
    </div>
  );
}

function Missing({ title, children }: { title: string; children: string }) {
  const app = useApp();
  return (
    <div class="nothing">
      <h3>{title}</h3>
      <p>{children}</p>
      <p>
        <a href="#/">Show all trackers</a>
        <button type="button" onClick={() => app.startNew()}>
          New tracker
        </button>
      </p>
    </div>
  );
}
