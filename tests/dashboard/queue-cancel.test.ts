// The outcome of a change that was cancelled, depending on what was sent before.

import type { AttemptEvent } from "symbl-tracker";
import { expect, test } from "vitest";
import { outcomeOfEvents } from "../../www/state/sending/queue.js";

const start = (attempt: number, purpose?: "base" | "verify"): AttemptEvent => ({
  type: "start",
  attempt,
  startedAt: 0,
  ...(purpose && { purpose }),
});
const end = (attempt: number, result: { status?: number; fault?: string; purpose?: "base" | "verify" }) =>
  ({ type: "end", attempt, startedAt: 0, durationMs: 1, ...result }) as AttemptEvent;
const wait: AttemptEvent = { type: "wait", attempt: 1, waitMs: 500 };

test.each<[string, AttemptEvent[], "unknown" | "not_applied"]>([
  ["waiting for its turn or a token", [], "not_applied"],
  ["comparing", [start(1, "base")], "not_applied"],
  ["comparing, cancelled", [start(1, "base"), end(1, { fault: "aborted", purpose: "base" })], "not_applied"],
  ["the request is out", [start(1)], "unknown"],
  ["the request was cancelled", [start(1), end(1, { fault: "aborted" })], "unknown"],
  ["waiting after 429", [start(1), end(1, { status: 429 }), wait], "not_applied"],
  ["waiting after 408", [start(1), end(1, { status: 408 }), wait], "unknown"],
  ["waiting after 500", [start(1), end(1, { status: 500 }), wait], "unknown"],
  ["waiting after 502", [start(1), end(1, { status: 502 }), wait], "unknown"],
  ["waiting after 504", [start(1), end(1, { status: 504 }), wait], "unknown"],
  ["waiting after the connection failed", [start(1), end(1, { fault: "connection_lost" }), wait], "unknown"],
  [
    "waiting after a connection was refused",
    [start(1), end(1, { fault: "connection_refused" }), wait],
    "not_applied",
  ],
  ["waiting after no answer", [start(1), end(1, { fault: "attempt_timeout" }), wait], "unknown"],
  ["a new token after 401", [start(1), end(1, { status: 401 })], "not_applied"],
  ["the second attempt is out after 429", [start(1), end(1, { status: 429 }), wait, start(2)], "unknown"],
  [
    "waiting after 502, then 429",
    [start(1), end(1, { status: 502 }), wait, start(2), end(2, { status: 429 }), wait],
    "unknown",
  ],
  ["verifying after 502", [start(1), end(1, { status: 502 }), wait, start(2, "verify")], "unknown"],
  [
    "comparing, then waiting after 429",
    [start(1, "base"), end(1, { status: 200, purpose: "base" }), start(2), end(2, { status: 429 }), wait],
    "not_applied",
  ],
])("%s: %#", (_, events, outcome) => {
  expect(outcomeOfEvents("update", events)).toBe(outcome);
  expect(outcomeOfEvents("list", events)).toBe("not_applied");
});
