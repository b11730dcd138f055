/** The timeline of a call: a bar for each request and wait. Reads before and after a change are not numbered. */
import { useEffect, useState } from "preact/hooks";
import type { Call, TimedEvent } from "../../state/sending/queue.js";

interface Span {
  /** "Compare", "Attempt 2", "Wait", "Verify". */
  label: string;
  kind: "compare" | "send" | "wait" | "verify";
  /** Milliseconds since the call began. */
  start: number;
  /** In milliseconds; undefined until it ends. */
  duration: number | undefined;
  result: string;
}

export function Timeline({ call }: { call: Call }) {
  const { events } = call;
  const isRunning = call.state === "running";
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  const begin = events[0]?.at;
  if (begin === undefined) return <p class="empty">None.</p>;
  const spans = spansOf(events, begin, call.options.kind === "read" || call.options.kind === "list");
  const lengths = spans.map(
    ({ start, duration }) => start + (duration ?? (isRunning ? now - begin - start : 0)),
  );
  const total = Math.max(1, ...lengths);
  return (
    <ol class="timeline">
      {spans.map(({ label, kind, start, result }, index) => {
        const length = Math.max(0, (lengths[index] ?? 0) - start);
        return (
          <li key={index}>
            <span>{label}</span>
            <span class="track" aria-hidden="true">
              <span
                class={`span ${kind}`}
                style={{
                  insetInlineStart: `${(100 * start) / total}%`,
                  inlineSize: `${(100 * length) / total}%`,
                }}
              />
            </span>
            <span>
              {seconds(length)} {result}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`;

/** @param isRead whether the call only reads */
function spansOf(events: readonly TimedEvent[], begin: number, isRead: boolean): Span[] {
  const spans: Span[] = [];
  const byAttempt = new Map<number, Span>();
  let sends = 0;
  for (const event of events) {
    if (event.type === "start") {
      const { purpose } = event;
      if (purpose === undefined) sends++;
      const span: Span = {
        label:
          purpose === "base"
            ? "Compare"
            : purpose === "verify"
              ? "Verify"
              : `${isRead ? "Read" : "Send"} ${sends}`,
        kind: purpose === "base" ? "compare" : (purpose ?? "send"),
        start: event.startedAt - begin,
        duration: undefined,
        result: "",
      };
      byAttempt.set(event.attempt, span);
      spans.push(span);
    } else if (event.type === "end") {
      const span = byAttempt.get(event.attempt);
      if (!span) continue;
      span.duration = event.durationMs;
      span.result = [event.status, event.fault].filter((part) => part !== undefined).join(" ");
    } else {
      spans.push({
        label: "Wait",
        kind: "wait",
        start: event.at - begin,
        duration: event.waitMs,
        result: "",
      });
    }
  }
  return spans.map((span) => ({ ...span, start: Math.max(0, span.start) }));
}
