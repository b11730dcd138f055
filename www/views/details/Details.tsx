/** The details of a call, for those who run the dashboard: its attempts, its requests, and the answers. */
import { useState } from "preact/hooks";
import { isTrackerError } from "symbl-tracker";
import type { Call } from "../../state/sending/queue.js";
import { updateResultOf } from "../../state/sending/report.js";
import { useApp } from "../context.js";
import { PhraseList } from "../PhraseList.js";
import { ExchangeView } from "./ExchangeView.js";
import { Simulate } from "./Simulate.js";
import { Timeline } from "./Timeline.js";

export function Details() {
  const { queue } = useApp();
  const running = queue.calls.value.filter(({ state }) => state === "running");
  const calls = [...running, ...queue.history.value];
  const [chosen, choose] = useState<Call>();
  // The chosen call, as long as it is in the history; otherwise the newest one.
  const call = chosen && calls.includes(chosen) ? chosen : calls[0];
  return (
    <aside class="details" aria-label="Details">
      <Simulate />
      {call ? (
        <>
          <div class="call">
            <label for="call">Call</label>
            <select
              id="call"
              value={calls.indexOf(call)}
              onChange={({ currentTarget }) => {
                const picked = calls[Number(currentTarget.value)];
                choose(picked === calls[0] ? undefined : picked);
              }}
            >
              {calls.map((other, index) => (
                <option key={other} value={index}>
                  {timeOf(other.addedAt)} {other.options.title}: {stateOf(other)}
                </option>
              ))}
            </select>
          </div>
          <CallDetails key={call} call={call} />
        </>
      ) : (
        <p class="empty">Nothing was sent yet.</p>
      )}
    </aside>
  );
}

function CallDetails({ call }: { call: Call }) {
  const { exchanges, ending } = call;
  const error = ending && "error" in ending && isTrackerError(ending.error) ? ending.error : undefined;
  const { kept = [], dropped = [] } = updateResultOf(call) ?? {};
  return (
    <>
      <h3>Attempts</h3>
      <Timeline call={call} />
      {error && (
        <p class="help">
          Error <code>{error.code}</code>
          {error.requestId !== undefined && (
            <>
              , request <code>{error.requestId}</code>
            </>
          )}
          {error.serverMessage !== undefined && `. The service’s message: ${error.serverMessage}`}
        </p>
      )}
      <PhraseList most={SHORT} title="Kept by the service, although they were removed" phrases={kept} />
      <PhraseList most={SHORT} title="Left out by the service" phrases={dropped} />
      <h3>Requests</h3>
      {exchanges.length === 0 && <p class="empty">No request was sent.</p>}
      {exchanges.map((exchange, index) => (
        <ExchangeView
          key={exchange.key}
          exchange={exchange}
          number={index + 1}
          isOpen={index === exchanges.length - 1}
        />
      ))}
    </>
  );
}

/** The most phrases that are listed. */
const SHORT = 20;

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const timeOf = (at: number) => time.format(at);

function stateOf({ ending }: Call): string {
  switch (ending?.outcome) {
    case undefined:
      return "running";
    case "applied":
      return "done";
    case "not_applied":
      return "failed";
    case "not_sent":
      return "not sent";
    case "unknown":
      return "unknown";
  }
}
