// What a caller is told when a call fails: behaviours 1 and 2, over real connections.

import {
  InvalidTrackerError,
  NetworkError,
  ProtocolError,
  RejectedError,
  TimeoutError,
  type Tracker,
  TrackerError,
} from "symbl-tracker";
import { describe, expect, it } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { deserted, errorOf, SAMPLE, searchForLeaks, useService } from "../common/service.js";

const service = useService();

const status = (status: number, more?: Partial<FaultOptions>): FaultOptions => ({
  kind: "status",
  status,
  ...more,
});

describe("1. every error carries what a caller needs, and no secret", () => {
  const attempt = { startedAt: expect.any(Number), durationMs: expect.any(Number) };

  it("a refusal: status, outcome, attempts, retryAfterMs, requestId, the service's words", async () => {
    const ids: (string | null)[] = [];
    service.meets(status(429, { headers: { "retry-after": "99999" }, message: "Busy." }));
    const error = await errorOf(
      service.update({
        fetch: async (...request) => {
          const response = await fetch(...request);
          ids.push(response.headers.get("x-request-id"));
          return response;
        },
      }),
    );
    expect(error).toBeInstanceOf(RejectedError);
    expect(error).toMatchObject({
      name: "RejectedError",
      code: "too_many_requests",
      status: 429,
      outcome: "not_applied",
      attempts: [{ ...attempt, status: 429 }],
      retryAfterMs: 99_999_000,
      serverMessage: "Busy.",
      resolution: expect.stringMatching(/\.$/),
      message: expect.stringContaining('"Busy."'),
    });
    expect(ids).toEqual([error.requestId]);
  });

  it.each<[string, FaultOptions, typeof TrackerError, object]>([
    [
      "a connection that fails",
      { kind: "reset" },
      NetworkError,
      { code: "connection_lost", outcome: "unknown", attempts: [{ ...attempt, fault: "connection_lost" }] },
    ],
    [
      "an answer that never comes",
      { kind: "delay" },
      TimeoutError,
      { code: "attempt_timeout", outcome: "unknown", attempts: [{ ...attempt, fault: "attempt_timeout" }] },
    ],
    [
      "an answer that is none",
      { kind: "html" },
      ProtocolError,
      {
        code: "web_page",
        outcome: "unknown",
        status: 200,
        attempts: [{ ...attempt, status: 200, fault: "web_page" }],
      },
    ],
  ])("%s", async (_, fault, kind, fields) => {
    service.meets(fault);
    const error = await errorOf(service.update({ retries: 0, timeoutMs: 500 }));
    expect(error).toBeInstanceOf(kind);
    expect(error).toBeInstanceOf(TrackerError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: kind.name, ...fields });
    expect(error).not.toHaveProperty("retryAfterMs");
  });

  it("no connection: not applied, and the engine's error is the cause", async () => {
    const error = await errorOf(service.update({ baseUrl: await deserted(), retries: 0 }));
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject({
      code: "connection_refused",
      outcome: "not_applied",
      attempts: [{ ...attempt, fault: "connection_refused" }],
      cause: expect.any(TypeError),
    });
    expect(error).not.toHaveProperty("status");
  });

  it("an invalid tracker, and an option that cannot be used: nothing was attempted", async () => {
    const invalid = await errorOf(service.update({}, { ...SAMPLE, vocabulary: ["a", "a"] }));
    expect(invalid).toBeInstanceOf(InvalidTrackerError);
    expect(invalid).toMatchObject({
      code: "invalid_tracker",
      outcome: "not_applied",
      attempts: [],
      issueCount: 1,
      issues: [{ code: "duplicate", pointer: "/vocabulary/1" }],
    });
    const option = await errorOf(service.update({ retries: -1 }));
    expect(option).toMatchObject({
      name: "TrackerError",
      code: "invalid_option",
      outcome: "not_applied",
      attempts: [],
      message: expect.stringContaining("retries"),
    });
  });

  it("what a token function threw is the cause", async () => {
    const thrown = new Error("the session is over");
    const error = await errorOf(service.update({ accessToken: () => Promise.reject(thrown) }));
    expect(error).toMatchObject({ name: "TrackerError", code: "token_unavailable", outcome: "not_applied" });
    expect(error.cause).toBe(thrown);
  });

  it("the service may echo the token, whole or cut off at the end: it is left out", async () => {
    for (const before of [0, 270, 290]) {
      service.meets(status(400, { message: `${"x".repeat(before)}${service.token} is not welcome.` }));
      const error = await errorOf(service.update());
      expect(error).toMatchObject({ code: "bad_request" });
      expect(service.leaks.places(error)).toEqual([]);
    }
    service.meets(status(400, { headers: { "x-request-id": `for-${service.token}` } }));
    expect(service.leaks.places(await errorOf(service.update()))).toEqual([]);
  });

  it("the body is in no error", async () => {
    const phrase = service.leaks.secret(crypto.randomUUID());
    const tracker: Tracker = { ...SAMPLE, vocabulary: [phrase] };
    for (const kind of ["reset", "html", "shortBody", "badShape", "status"] as const) {
      service.meets({ kind });
      expect(service.leaks.places(await errorOf(service.update({ retries: 0 }, tracker)))).toEqual([]);
    }
    const twice = { ...tracker, vocabulary: [phrase, phrase] };
    expect(service.leaks.places(await errorOf(service.update({}, twice)))).toEqual([]);
  });
});

describe("2. a failure is told by what was seen of it, never by an error's name or text", () => {
  it.each([
    ["an AbortError", () => new DOMException("The operation was aborted.", "AbortError")],
    ["a TimeoutError", () => new DOMException("The operation timed out.", "TimeoutError")],
    ["a text about a refused connection", () => new TypeError("connect ECONNREFUSED 127.0.0.1:1")],
    ["a text", () => "aborted"],
    ["nothing", () => undefined],
    [
      "a cause that throws",
      () => Object.defineProperty(new Error(), "cause", { get: () => expect.unreachable() }),
    ],
    [
      "a proxy that throws at every touch",
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
  ])("fetch rejects with %s: the connection was lost, and the call goes on", async (_, make) => {
    let calls = 0;
    await service.update({
      fetch: async (...request) => {
        if (calls++ === 0) throw make();
        return fetch(...request);
      },
    });
    expect(service.events.map(({ type }) => type)).toEqual(["start", "end", "wait", "start", "end"]);
    expect(service.events[1]).toMatchObject({ fault: "connection_lost" });
    expect(service.requests()).toHaveLength(1);
  });

  it("fetch gives something that is no response", async () => {
    const error = await errorOf(service.update({ retries: 0, fetch: async () => undefined as never }));
    expect(error).toMatchObject({ code: "invalid_response", outcome: "unknown" });
    expect(error.message).toContain("fetch returned undefined");
  });

  it.each<[string, FaultOptions[], object]>([
    ["before the head of the answer", [{ kind: "close" }], { code: "connection_lost", outcome: "unknown" }],
    ["waiting for the head", [{ kind: "delay" }], { code: "attempt_timeout", outcome: "unknown" }],
    ["in the body", [{ kind: "resetBody" }], { code: "cut_short", outcome: "applied" }],
    ["waiting for the body", [{ kind: "stallBody" }], { code: "cut_short", outcome: "applied" }],
  ])("the phase decides: %s", async (_, faults, expected) => {
    service.meets(...faults);
    const error = await errorOf(service.update({ retries: 0, timeoutMs: 500 }));
    expect(error).toMatchObject(expected);
    expect(error.attempts).toMatchObject([{ fault: error.code }]);
  });
});

searchForLeaks();
