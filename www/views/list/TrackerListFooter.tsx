/** Below the list: how many trackers the account has, and when the list was read. */
import { MAX_TRACKERS } from "../../state/account/account.js";
import { reason } from "../../words/errors.js";
import { useApp } from "../context.js";

/** From this number of trackers on, people are told how many more can be created. */
const NEAR = 0.95 * MAX_TRACKERS;

export function TrackerListFooter() {
  const { account, reader } = useApp();
  const { value: loadedAt } = account.loadedAt;
  const { value: problem } = reader.problem;
  const { value: unreadable } = reader.unreadable;
  return (
    <div class="list-foot">
      {loadedAt !== undefined && <Count />}
      {problem !== undefined && <p class="issue">The trackers could not be read. {reason(problem)}</p>}
      {unreadable > 0 && (
        <p class="advice">
          {unreadable === 1 ? "1 entry" : `${unreadable} entries`} of the service’s list cannot be shown,
          because {unreadable === 1 ? "it is not a tracker" : "they are not trackers"}.
        </p>
      )}
      <p class="read">
        <span>
          {reader.isReading.value
            ? "Reading…"
            : loadedAt !== undefined && (
                <>
                  Read at <Time at={loadedAt} />
                </>
              )}
        </span>
        <button
          type="button"
          aria-disabled={reader.isReading.value}
          onClick={() => !reader.isReading.value && reader.read()}
        >
          {problem === undefined ? "Refresh" : "Try again"}
        </button>
      </p>
    </div>
  );
}

/** "12 of 500 trackers", and a warning if the account is nearly full. */
function Count() {
  const { account } = useApp();
  const { size } = account.trackers.value;
  const { value: room } = account.room;
  const { value: unsent } = account.newCount;
  return (
    <>
      <p>
        {size.toLocaleString("en")} of {MAX_TRACKERS} trackers
        {unsent > 0 && `, and ${unsent.toLocaleString("en")} not created yet`}
      </p>
      {(size >= NEAR || unsent > room) && (
        <p class="advice" aria-live="polite">
          {room === 0
            ? "The account is full. Delete a tracker before you create another."
            : `Only ${room} more can be created.`}
        </p>
      )}
    </>
  );
}

function Time({ at }: { at: number }) {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  const text = date.toLocaleString("en-GB", {
    ...(isToday ? {} : { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
  });
  return <time dateTime={date.toISOString()}>{text}</time>;
}
