/** The seconds until the next attempt. They are hidden from screen readers, which would read out each one. */
import { useEffect, useState } from "preact/hooks";
import type { Call } from "../../state/sending/queue.js";
import { nextAttemptAt, sendsOf } from "../../words/outcomes.js";

export function Countdown({ call }: { call: Call }) {
  const until = nextAttemptAt(call);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (until === undefined) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [until]);
  if (until === undefined || call.isCancelled) return null;
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return (
    <span class="countdown" aria-hidden="true">
      {" "}
      in {seconds} s (attempt {sendsOf(call) + 1})
    </span>
  );
}
