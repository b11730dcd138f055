// Every fault of the network and of the service, and what the package makes of it: how many requests the server
// sees, and what the caller is told. The one table; faults.test.ts runs it in Chromium, in Firefox and in Node.

import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import type { Settings } from "../../www/sandbox/settings.mjs";
import { type Order, REASON } from "./page.mjs";

export type Runtime = "chromium" | "firefox" | "webkit" | "node";

/** What a row's call comes to. */
export interface Expected {
  /** PUTs that the server saw. In a page, each has a preflight of its own. */
  puts: number;
  /** Preflights that a page sends. Default: one for each PUT. */
  preflights?: number;
  /** Attempts that the package counts. Default: the PUTs. */
  attempts?: number;
  /** "ok", or an error's class, code and outcome; several where it depends on what arrives first. */
  result: string | string[];
  /** PUTs that took effect. Default: not looked at. */
  applied?: number;
  /** The package gave up the first PUT before the server was done with its answer. */
  cancelled?: true;
  /** The least and the most milliseconds of each wait that is announced. Default: not looked at. */
  waits?: [least: number, most: number][];
  /** The least milliseconds between the first two PUTs, as the server sees them arrive. */
  gapMs?: number;
  retryAfterMs?: number;
  /** What the token function is asked for, in turn. */
  refreshes?: boolean[];
  /** The path of the first PUT, as it is in the request line. */
  path?: string;
}

export interface Row {
  name: string;
  /** What the sandbox does to the calls, in turn. */
  faults?: FaultOptions[];
  settings?: Partial<Settings>;
  /** `here` sends redirects to the same origin, `elsewhere` to another one. */
  redirect?: { status: number; to: "here" | "elsewhere" };
  /** A `Retry-After` of 429 that is a date, so many milliseconds from now, rounded up to a second. */
  retryAfterDateMs?: number;
  /** No call may meet the fault, as connections are used again as the browser likes: then it is another try. */
  again?: true;
  /** Nothing listens at the address. */
  refused?: true;
  order?: Partial<Order>;
  expected: Expected;
  /** Where one of them differs: the whole of what is expected there, or why the row makes no sense there. */
  in?: Partial<Record<Runtime, Partial<Expected> | string>>;
}

const status = (status: number, more: Partial<FaultOptions> = {}): FaultOptions => ({
  kind: "status",
  status,
  ...more,
});

const NO_PREFLIGHT = "it sends no preflights";

/** What every wait before the first retry is, if the service asks for no other. */
const ORDINARY: [number, number] = [250, 500];

/** Long enough for a browser under load to send a request, short enough to wait for. */
const timeoutMs = 1500;

const retried: Row[] = [
  {
    name: "502 twice, then 200",
    faults: [status(502, { times: 2 })],
    expected: { puts: 3, result: "ok", waits: [ORDINARY, [500, 1000]] },
  },
  {
    name: "504 twice, then 200",
    faults: [status(504, { times: 2 })],
    expected: { puts: 3, result: "ok" },
  },
  {
    name: "429 twice, then 200",
    faults: [status(429, { times: 2 })],
    expected: { puts: 3, result: "ok" },
  },
  {
    name: "504, then 429, then 200",
    faults: [status(504), status(429)],
    expected: { puts: 3, result: "ok" },
  },
  {
    // A page is not told the status, nor anything else: the same as a lost connection.
    name: "502 without CORS headers, always",
    faults: [{ kind: "noCors", times: 4 }],
    expected: { puts: 4, result: "NetworkError connection_lost unknown" },
    in: { node: { result: "RejectedError bad_gateway unknown" } },
  },
  {
    name: "reset before the headers",
    faults: [{ kind: "reset" }],
    expected: { puts: 2, result: "ok", waits: [ORDINARY] },
  },
  {
    name: "closed without a byte",
    faults: [{ kind: "close" }],
    expected: { puts: 2, result: "ok", waits: [ORDINARY] },
  },
  {
    // That of the preflight. Browsers repeat the request by themselves, and a page hears nothing of it.
    name: "a reused connection dies",
    settings: { closeConnections: false },
    again: true,
    faults: [{ kind: "closeReused" }],
    expected: { puts: 2, preflights: 1, attempts: 1, result: "ok", applied: 1 },
    in: { node: "whether a connection is used again is up to its fetch" },
  },
  {
    // What would prove that nothing was sent, a page cannot see: for it, a refused connection is a failure like
    // that of a connection which broke after the request. Node has a code for it.
    name: "connection refused",
    refused: true,
    expected: { puts: 0, attempts: 4, result: "NetworkError connection_lost unknown" },
    in: { node: { result: "NetworkError connection_refused not_applied" } },
  },
  {
    // Nor can it see that it was the preflight which was refused.
    name: "preflight answered 403, always",
    faults: [{ kind: "preflight", times: 4 }],
    expected: { puts: 0, preflights: 4, attempts: 4, result: "NetworkError connection_lost unknown" },
    in: { node: NO_PREFLIGHT },
  },
  {
    name: "the headers never come",
    faults: [{ kind: "delay", times: 2 }],
    order: { options: { timeoutMs, retries: 1 } },
    expected: { puts: 2, result: "TimeoutError attempt_timeout unknown", waits: [ORDINARY] },
  },
  {
    name: "the headers never come, and the time for all is up",
    faults: [{ kind: "delay" }],
    order: { options: { totalTimeoutMs: timeoutMs } },
    expected: { puts: 1, result: "TimeoutError total_timeout unknown", waits: [] },
  },
];

const retryAfter: Row[] = [
  {
    name: "429, Retry-After: 2",
    faults: [status(429, { headers: { "retry-after": "2" } })],
    expected: { puts: 2, result: "ok", waits: [[2000, 2000]], gapMs: 2000 },
  },
  {
    name: "429, Retry-After: 2 that CORS hides",
    faults: [status(429, { headers: { "retry-after": "2" }, expose: false })],
    expected: { puts: 2, result: "ok", waits: [ORDINARY] },
    in: { node: { waits: [[2000, 2000]] } },
  },
  {
    name: "429, Retry-After: a date",
    retryAfterDateMs: 2000,
    expected: { puts: 2, result: "ok", waits: [[250, 3000]] },
  },
  {
    name: "429, Retry-After: 99999",
    faults: [status(429, { headers: { "retry-after": "99999" } })],
    expected: {
      puts: 1,
      result: "RejectedError too_many_requests not_applied",
      waits: [],
      retryAfterMs: 99_999_000,
    },
  },
  {
    name: "429, Retry-After: 7, 9",
    faults: [status(429, { headers: { "retry-after": "7, 9" } })],
    expected: { puts: 2, result: "ok", waits: [ORDINARY] },
  },
];

const refusals: Row[] = [
  ...(
    [
      [400, "bad_request"],
      [404, "not_found"],
      [409, "conflict"],
      [413, "too_large"],
    ] as const
  ).map(([code, name]) => ({
    name: `${code}`,
    faults: [status(code)],
    expected: { puts: 1, result: `RejectedError ${name} not_applied`, applied: 0 },
  })),
  {
    // As where the first was applied, and the name is now taken: by the tracker itself.
    name: "504 although it was applied, then 409",
    faults: [status(504, { applied: true }), status(409)],
    expected: { puts: 2, result: "RejectedError conflict unknown", applied: 1 },
  },
  {
    name: "401, then 200",
    faults: [{ kind: "unauthorized" }],
    order: { asks: true },
    expected: { puts: 2, result: "ok", refreshes: [false, true], waits: [] },
  },
  {
    name: "401, then 401",
    faults: [{ kind: "unauthorized", times: 2 }],
    order: { asks: true },
    expected: { puts: 2, result: "RejectedError unauthorized not_applied", refreshes: [false, true] },
  },
  {
    name: "401 with a token that cannot be renewed",
    faults: [{ kind: "unauthorized" }],
    expected: { puts: 1, result: "RejectedError unauthorized not_applied" },
  },
  {
    // Whether the answer arrives before the reset is up to the network.
    name: "413 and a reset while uploading",
    faults: [{ kind: "resetWhileUploading" }],
    order: { bytes: 1_048_576, options: { retries: 0 } },
    expected: {
      puts: 1,
      result: ["RejectedError too_large not_applied", "NetworkError connection_lost unknown"],
      applied: 0,
    },
  },
];

const unsent: Row[] = [
  {
    name: "over 1 MB",
    order: { bytes: 1_048_577 },
    expected: { puts: 0, result: "InvalidTrackerError invalid_tracker not_applied" },
  },
  {
    name: "a token with CRLF",
    order: { token: "secret-token\r\nX-Evil: 1" },
    expected: { puts: 0, result: "TrackerError invalid_option not_applied" },
  },
  {
    name: "a token with CRLF from a function",
    order: { token: "secret-token\r\nX-Evil: 1", asks: true },
    expected: { puts: 0, result: "TrackerError invalid_option not_applied" },
  },
  {
    name: "the id ..",
    order: { id: ".." },
    expected: { puts: 0, result: "TrackerError invalid_option not_applied" },
  },
  {
    name: "the id a/b",
    order: { id: "a/b" },
    expected: {
      puts: 1,
      result: "RejectedError not_found not_applied",
      path: "/v1/manage/tracker/a%2Fb",
    },
  },
];

const successes: Row[] = [
  {
    name: "the body stalls in its middle",
    faults: [{ kind: "stallBody", bytes: 20 }],
    order: { options: { timeoutMs } },
    expected: { puts: 1, result: "ProtocolError cut_short applied", applied: 1, cancelled: true },
  },
  {
    // Firefox shows a page the head of an answer only when the first byte of the body is there.
    name: "the body stalls before it begins",
    faults: [{ kind: "stallBody" }],
    order: { options: { timeoutMs } },
    expected: { puts: 1, result: "ProtocolError cut_short applied", applied: 1, cancelled: true },
    in: { firefox: { puts: 2, result: "ok", applied: 2 } },
  },
  {
    name: "200 with half of what Content-Length says",
    faults: [{ kind: "shortBody" }],
    expected: { puts: 1, result: "ProtocolError cut_short applied", applied: 1 },
  },
  {
    name: "reset in the middle of the body",
    faults: [{ kind: "resetBody" }],
    expected: { puts: 1, result: "ProtocolError cut_short applied", applied: 1 },
  },
  {
    name: "truncated gzip",
    faults: [{ kind: "truncatedGzip" }],
    expected: { puts: 1, result: "ProtocolError cut_short applied", applied: 1 },
  },
  {
    name: "200 with half the JSON",
    faults: [{ kind: "notJson" }],
    expected: { puts: 1, result: "ProtocolError cut_short applied", applied: 1 },
  },
  {
    name: "200 with a web page",
    faults: [{ kind: "html" }],
    expected: { puts: 1, result: "ProtocolError web_page unknown" },
  },
  {
    name: "200 about another tracker",
    faults: [{ kind: "wrongTracker" }],
    expected: { puts: 1, result: "ProtocolError wrong_tracker unknown" },
  },
  {
    name: "200 of another shape",
    faults: [{ kind: "badShape" }],
    expected: { puts: 1, result: "ProtocolError wrong_shape unknown" },
  },
  {
    name: "204",
    faults: [{ kind: "empty", status: 204 }],
    expected: { puts: 1, result: "ok", applied: 1 },
  },
  {
    name: "200 without a body",
    faults: [{ kind: "empty" }],
    expected: { puts: 1, result: "ok", applied: 1 },
  },
  {
    name: "200 with 200 MB",
    faults: [{ kind: "hugeBody" }],
    expected: { puts: 1, result: "ProtocolError too_long applied", applied: 1, cancelled: true },
  },
];

const redirects = [301, 302, 303, 307].flatMap((status) =>
  (["here", "elsewhere"] as const).map(
    (to): Row => ({
      name: `${status} to ${to === "here" ? "the same" : "another"} origin`,
      redirect: { status, to },
      expected: { puts: 1, result: "ProtocolError redirect unknown" },
    }),
  ),
);

/** Each aborted call is followed by another, which is one of the PUTs. */
const aborted = (
  [
    ["before", "before it is made", [], { puts: 1, attempts: 0 }],
    ["queue", "in the queue", [{ kind: "delay" }], { puts: 2, attempts: 0 }],
    ["lock", "waiting for the lock", [], { puts: 1, attempts: 0 }],
    ["token", "waiting for the token", [], { puts: 1, attempts: 0 }],
    ["wait", "between two attempts", [status(502)], { puts: 2, attempts: 1 }],
    ["sending", "before the headers come", [{ kind: "delay" }], { puts: 2, attempts: 1, cancelled: true }],
    ["body", "in the body", [{ kind: "stallBody", bytes: 20 }], { puts: 2, attempts: 1, cancelled: true }],
  ] as const
).map(
  ([abortIn, where, faults, expected]): Row => ({
    name: `aborted ${where}`,
    faults: [...faults],
    order: { abortIn },
    expected: { result: JSON.stringify(REASON), ...expected },
    in: abortIn === "lock" ? { node: "not every Node has Web Locks" } : {},
  }),
);

export const table: Row[] = [
  ...retried,
  ...retryAfter,
  ...refusals,
  ...unsent,
  ...successes,
  ...redirects,
  ...aborted,
];
