// When a call ends by itself, and how long it waits: behaviours 5 and 6. How long anything took, no test asks: limits
// are short or far away, and what did not happen is counted at the server.

import type { AttemptEvent, SendOptions } from "symbl-tracker";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { errorOf, searchForLeaks, useService } from "../common/service.js";

const service = useService();

describe("5. time limits", () => {
  afterEach(() => void vi.useRealTimers());

  it("an attempt has `timeoutMs`, and is followed by another", async () => {
    service.meets({ kind: "delay", times: 9 });
    const error = await errorOf(service.update({ timeoutMs: 1500, retries: 1 }));
    expect(error).toMatchObject({ name: "TimeoutError", code: "attempt_timeout", outcome: "unknown" });
    expect(error.attempts).toMatchObject([{ fault: "attempt_timeout" }, { fault: "attempt_timeout" }]);
    expect(service.requests()).toHaveLength(2);
  });

  it("the body of the answer is within it", async () => {
    service.meets({ kind: "stallBody" });
    const error = await errorOf(service.update({ timeoutMs: 200 }));
    expect(error).toMatchObject({
      name: "ProtocolError",
      code: "cut_short",
      outcome: "applied",
      status: 200,
    });
    expect(service.requests()).toHaveLength(1);
  });

  it("a call as a whole has `totalTimeoutMs`", async () => {
    service.meets({ kind: "delay" });
    const error = await errorOf(service.update({ totalTimeoutMs: 1000 }));
    expect(error).toMatchObject({ name: "TimeoutError", code: "total_timeout", outcome: "unknown" });
    expect(service.requests()).toHaveLength(1);
  });

  it("the queue is within it: nothing was sent, and the call after it has its turn", async () => {
    service.meets({ kind: "delay" });
    const controller = new AbortController();
    const held = errorOf(service.update({ signal: controller.signal }));
    await service.arrived(1);
    const late = await errorOf(service.update({ totalTimeoutMs: 50 }));
    expect(late).toMatchObject({ code: "total_timeout", outcome: "not_applied", attempts: [] });
    const next = service.update();
    controller.abort("enough");
    expect(await held).toBe("enough");
    await next;
    expect(service.taken()).toHaveLength(2);
  });

  it("the token is within it, even if its function never settles", async () => {
    const accessToken = () => new Promise<string>(() => {});
    const error = await errorOf(service.update({ accessToken, totalTimeoutMs: 50 }));
    expect(error).toMatchObject({ code: "total_timeout", outcome: "not_applied", attempts: [] });
    await service.update();
    expect(service.requests()).toHaveLength(1);
  });

  it("a new token that never comes does not keep those from it who ask later", async () => {
    const granted: boolean[] = [];
    const accessToken = ({ refresh }: { refresh: boolean }) => {
      granted.push(refresh);
      return granted.length === 2 ? new Promise<string>(() => {}) : service.token;
    };
    service.meets({ kind: "unauthorized" });
    const error = await errorOf(service.update({ accessToken, totalTimeoutMs: 500 }));
    expect(error).toMatchObject({ code: "total_timeout", outcome: "not_applied" });
    await service.update({ accessToken, totalTimeoutMs: 5000 });
    expect(granted).toEqual([false, true, false]);
  });

  it("waits are within it: one that would end too late is not begun", async () => {
    service.meets({ kind: "status", status: 503 });
    const error = await errorOf(service.update({ totalTimeoutMs: 240 }));
    expect(error).toMatchObject({ code: "unavailable", attempts: [{ status: 503 }] });
    expect(service.events.map(({ type }) => type)).toEqual(["start", "end"]);
  });

  it("the clock on the wall counts: a machine that slept through a wait sends nothing more", async () => {
    service.meets({ kind: "status", status: 429 });
    const error = await errorOf(
      service.update({
        onAttempt({ type }) {
          if (type !== "wait") return;
          vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
        },
      }),
    );
    expect(error).toMatchObject({
      code: "total_timeout",
      outcome: "not_applied",
      attempts: [{ status: 429 }],
    });
    expect(service.requests()).toHaveLength(1);
  });

  it("15 seconds and 60 are what there is by default, and no timer is left behind", async () => {
    const begun = vi.spyOn(globalThis, "setTimeout");
    const ended = vi.spyOn(globalThis, "clearTimeout");
    try {
      await service.update();
      const timers = begun.mock.results.map(({ value }, index) => [begun.mock.calls[index]?.[1], value]);
      const limits = timers.filter(([ms]) => ms === 15_000 || (ms > 50_000 && ms <= 60_000));
      expect(limits.map(([ms]) => ms === 15_000)).toEqual([false, true]);
      const cleared = ended.mock.calls.map(([timer]) => timer);
      for (const [, timer] of limits) expect(cleared).toContain(timer);
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe("6. Retry-After", () => {
  /** How long the call would wait; it is ended as soon as it says so. */
  async function wait(retryAfter: string, more?: Partial<FaultOptions>, options?: Partial<SendOptions>) {
    service.meets({ kind: "status", status: 429, headers: { "retry-after": retryAfter }, ...more });
    const controller = new AbortController();
    let waitMs: number | undefined;
    const onAttempt = (event: AttemptEvent) => {
      if (event.type !== "wait") return;
      ({ waitMs } = event);
      controller.abort();
    };
    const error = await errorOf(service.update({ ...options, signal: controller.signal, onAttempt }));
    return { waitMs, error };
  }

  it("whole seconds are obeyed", async () => {
    expect((await wait("2")).waitMs).toBe(2000);
    expect((await wait("7", { status: 503 })).waitMs).toBe(7000);
    service.meets({ kind: "status", status: 429, headers: { "retry-after": "1" } });
    service.events.length = 0;
    await service.update();
    expect(service.events).toContainEqual({ type: "wait", attempt: 1, waitMs: 1000 });
  });

  it("a date is obeyed", async () => {
    const date = new Date(Date.now() + 20_000).toUTCString();
    const { waitMs } = await wait(date);
    expect(waitMs).toBeGreaterThan(8000);
    expect(waitMs).toBeLessThanOrEqual(20_000);
  });

  it("nor is it shorter than what would be waited anyway", async () => {
    for (const value of ["0", new Date(0).toUTCString()]) {
      const { waitMs } = await wait(value);
      expect(waitMs).toBeGreaterThanOrEqual(250);
      expect(waitMs).toBeLessThanOrEqual(500);
    }
  });

  it.each([
    ["99999", {}, 99_999_000],
    ["60", {}, 60_000],
    ["2", { totalTimeoutMs: 1500 }, 2000],
    ["Fri, 31 Dec 2999 23:59:59 GMT", {}, expect.any(Number)],
    ["99999999999999999999", {}, expect.any(Number)],
  ])(
    "%s is beyond the time that is left (%o): it fails at once and says how long",
    async (value, options, ms) => {
      const { waitMs, error } = await wait(value, {}, options);
      expect(waitMs).toBeUndefined();
      expect(error).toMatchObject({ code: "too_many_requests", outcome: "not_applied", retryAfterMs: ms });
      expect(Number.isFinite(error.retryAfterMs)).toBe(true);
      expect(service.requests()).toHaveLength(1);
    },
  );

  it.each(["7, 9", "soon", "-1", "1.5", "1e3", "0x10", "2030-01-01", ""])(
    "what is neither, such as %j, is not there: an ordinary wait",
    async (value) => {
      const { waitMs } = await wait(value);
      expect(waitMs).toBeLessThanOrEqual(500);
      service.meets({ kind: "status", status: 429, headers: { "retry-after": value } });
      expect(await errorOf(service.update({ retries: 0 }))).not.toHaveProperty("retryAfterMs");
    },
  );
});

searchForLeaks();
