// What a success says, and what becomes of a token that is refused: behaviours 8 and 9, over real connections.

import type { SendOptions } from "symbl-tracker";
import { describe, expect, it, vi } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { errorOf, nextTurn, SAMPLE, searchForLeaks, useService } from "../common/service.js";

const service = useService();

describe("8. a success is not believed as it stands", () => {
  it.each([200, 204])(
    "%i without a body: applied, and the tracker is the one that was sent",
    async (status) => {
      service.meets({ kind: "empty", status });
      const { tracker, kept, dropped, attempts } = await service.update();
      expect({ tracker, kept, dropped }).toEqual({ tracker: SAMPLE, kept: [], dropped: [] });
      expect(attempts).toMatchObject([{ status }]);
      expect(service.requests()[0]?.applied).toBe(true);
    },
  );

  it.each<[FaultOptions["kind"], string, string, object?]>([
    ["notJson", "cut_short", "applied"],
    ["stallBody", "cut_short", "applied", { timeoutMs: 500 }],
    ["shortBody", "cut_short", "applied"],
    ["resetBody", "cut_short", "applied"],
    ["truncatedGzip", "cut_short", "applied"],
    ["hugeBody", "too_long", "applied"],
    ["html", "web_page", "unknown"],
    ["badShape", "wrong_shape", "unknown"],
    ["wrongTracker", "wrong_tracker", "unknown"],
  ])("%s: a ProtocolError, %s, %s, not tried again", async (kind, code, outcome, options) => {
    service.meets({ kind });
    const error = await errorOf(service.update(options));
    expect(error).toMatchObject({ name: "ProtocolError", code, outcome, status: 200 });
    expect(error.attempts).toMatchObject([{ status: 200, fault: code }]);
    await nextTurn();
    expect(service.requests()).toHaveLength(1);
    // The service's side agrees: what it says was applied, was.
    if (outcome === "applied") expect(service.requests()[0]?.applied).toBe(true);
  });

  it("an answer of 200 MB is cancelled", async () => {
    service.meets({ kind: "hugeBody" });
    expect(await errorOf(service.update())).toMatchObject({ code: "too_long" });
    await vi.waitFor(() => expect(service.requests()[0]?.endedAt).not.toBeNull());
    expect(service.requests()[0]).toMatchObject({ complete: false });
    expect(service.requests()[0]?.streamed).toBeLessThan(50 * 2 ** 20);
  });

  it("is cancelled even where a fetch of the caller's does not listen to the signal", async () => {
    const deaf: typeof fetch = (input, init) => fetch(input, { ...init, signal: null });
    for (const kind of ["hugeBody", "stallBody"] as const) {
      await service.reset();
      service.meets({ kind });
      expect(await errorOf(service.update({ fetch: deaf, timeoutMs: 500 }))).toMatchObject({ status: 200 });
      await vi.waitFor(() => expect(service.requests()[0]?.endedAt).not.toBeNull());
    }
  });

  it("a list of all trackers may be longer than one tracker", async () => {
    const { sandbox } = service;
    for (let index = 0; index < 6; index++) {
      const tracker = { name: `Long ${index}`, vocabulary: [`${"x".repeat(1_000_000)}${index}`] };
      await service.client().create(tracker);
    }
    const list = await service.client().list();
    expect(list.map(({ name }) => name.slice(0, 4))).toEqual(["Prom", ...Array(6).fill("Long")]);
    sandbox.reset();
  });
});

describe("9. a token that the service refuses", () => {
  it("is asked for anew, once, and the request is sent once more", async () => {
    const asked: boolean[] = [];
    const accessToken = ({ refresh }: { refresh: boolean }) => {
      asked.push(refresh);
      return refresh ? service.newToken() : service.token;
    };
    service.meets({ kind: "unauthorized" });
    const { attempts } = await service.update({ accessToken, retries: 0 });
    expect(attempts).toMatchObject([{ status: 401 }, { status: 200 }]);
    expect(asked).toEqual([false, true]);
    const [first, second] = service.requests();
    expect(second?.headers.authorization).not.toBe(first?.headers.authorization);
    expect(service.events.map(({ type }) => type)).toEqual(["start", "end", "start", "end"]);
  });

  it("and refuses again: two requests in all", async () => {
    service.meets({ kind: "unauthorized", times: 9 });
    const error = await errorOf(service.update({ accessToken: async () => service.token }));
    expect(error).toMatchObject({ name: "RejectedError", code: "unauthorized", outcome: "not_applied" });
    expect(service.requests()).toHaveLength(2);
  });

  it("is all there is where it is no function: one request", async () => {
    service.meets({ kind: "unauthorized", times: 9 });
    expect(await errorOf(service.update())).toMatchObject({ code: "unauthorized" });
    expect(service.requests()).toHaveLength(1);
  });

  it("a function is asked when the call's turn has come, and not again for a retry", async () => {
    service.meets({ kind: "status", status: 502 });
    const asked = vi.fn(() => service.token);
    const first = service.update();
    const second = service.update({ accessToken: asked });
    await nextTurn();
    expect(asked).not.toHaveBeenCalled();
    await first;
    service.meets({ kind: "status", status: 502 });
    await second;
    expect(asked.mock.calls).toEqual([[{ refresh: false }]]);
  });

  it("calls that are refused together share one new token", async () => {
    const refreshed = vi.fn();
    let current = service.leaks.secret("a-token-that-has-expired");
    let release!: () => void;
    const bothRefused = new Promise<void>((resolve) => {
      release = resolve;
    });
    await service.apart(async (other) => {
      const tokens = new Map<string, string>([
        [service.url, service.newToken()],
        [other.url, other.newToken()],
      ]);
      // One function for both, as of one session; sandboxes do not know each other's tokens, so it hands out a
      // text that each has its own token for.
      const accessToken = async ({ refresh }: { refresh: boolean }) => {
        if (refresh) {
          refreshed();
          await bothRefused;
          current = "new";
        }
        return current;
      };
      const translate =
        (url: string): typeof fetch =>
        (input, init) => {
          const headers = new Headers(init?.headers);
          if (headers.get("authorization") === "Bearer new") {
            headers.set("authorization", `Bearer ${tokens.get(url)}`);
          }
          return fetch(input, { ...init, headers });
        };
      const calls = [service, other].map((one) => one.update({ accessToken, fetch: translate(one.url) }));
      await vi.waitFor(() => {
        for (const one of [service, other]) expect(one.events.some(({ type }) => type === "end")).toBe(true);
      });
      release();
      for (const { attempts } of await Promise.all(calls)) {
        expect(attempts).toMatchObject([{ status: 401 }, { status: 200 }]);
      }
      expect(refreshed).toHaveBeenCalledTimes(1);
    });
  });

  it("calls to one service, which wait for each other, make a session that remembers ask once", async () => {
    await service.apart(async (one) => {
      let current: string | undefined;
      let refreshes = 0;
      const accessToken = async ({ refresh }: { refresh: boolean }) => {
        if (refresh) refreshes++;
        if (refresh || !current) current = one.newToken();
        return current;
      };
      await one.update({ accessToken });
      one.sandbox.expireTokens();
      await Promise.all([1, 2, 3].map(() => one.update({ accessToken })));
      expect(refreshes).toBe(1);
      expect(one.requests().map(({ status }) => status)).toEqual([200, 401, 200, 200, 200]);
    });
  });

  it.each<[string, SendOptions["accessToken"]]>([
    ["throws", () => expect.unreachable("no session")],
    ["rejects", () => Promise.reject("no session")],
    ["gives nothing", () => undefined as never],
    ["gives an object", async () => ({ accessToken: service.token }) as never],
  ])("a function that %s: no request", async (_, accessToken) => {
    const error = await errorOf(service.update({ accessToken }));
    expect(error).toMatchObject({ name: "TrackerError", code: "token_unavailable", outcome: "not_applied" });
    expect(service.requests()).toEqual([]);
  });

  it("a function that fails after an attempt of unknown fate: unknown", async () => {
    service.meets({ kind: "status", status: 504, applied: true }, { kind: "unauthorized" });
    const accessToken = ({ refresh }: { refresh: boolean }) =>
      refresh ? Promise.reject(new Error("no session")) : service.token;
    expect(await errorOf(service.update({ accessToken }))).toMatchObject({
      code: "token_unavailable",
      outcome: "unknown",
      attempts: [{ status: 504 }, { status: 401 }],
    });
  });
});

searchForLeaks();
