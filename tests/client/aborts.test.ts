// How a caller ends a call: behaviour 7, in each phase of it. That it is at once is told by turns of the event loop,
// not by the clock.

import { type AttemptEvent, type SendOptions, updateTracker } from "symbl-tracker";
import { describe, expect, it, vi } from "vitest";
import { errorOf, nextTurn, SAMPLE, searchForLeaks, useService } from "../common/service.js";

const service = useService();

describe("7. an abort", () => {
  /** A signal that counts who listens to it. */
  function listened() {
    const controller = new AbortController();
    const added = vi.spyOn(controller.signal, "addEventListener");
    const removed = vi.spyOn(controller.signal, "removeEventListener");
    return {
      controller,
      signal: controller.signal,
      expectOneListenerGone() {
        expect(added).toHaveBeenCalledTimes(1);
        expect(removed).toHaveBeenCalledTimes(1);
        expect(removed.mock.calls[0]?.slice(0, 2)).toEqual(added.mock.calls[0]?.slice(0, 2));
      },
    };
  }

  const reasons: [string, unknown][] = [
    ["a text", "changed my mind"],
    ["an object", { by: "the user" }],
    ["an Error", new RangeError("out of time")],
    ["null", null],
    ["none", undefined],
  ];

  /** Where the call is when it is aborted. */
  const phases: [string, (options: SendOptions) => Promise<{ call: Promise<unknown>; requests: number }>][] =
    [
      [
        "in the queue",
        async (options) => {
          service.meets({ kind: "delay" });
          const holder = new AbortController();
          const held = errorOf(service.update({ signal: holder.signal }));
          await service.arrived(1);
          const call = updateTracker(SAMPLE.id, SAMPLE, options);
          call.catch(() => holder.abort());
          void held;
          return { call, requests: 1 };
        },
      ],
      [
        "in the function for tokens",
        async (options) => {
          let call: Promise<unknown> | undefined;
          await new Promise<void>((asked) => {
            const accessToken = () => {
              asked();
              return new Promise<string>(() => {});
            };
            call = updateTracker(SAMPLE.id, SAMPLE, { ...options, accessToken });
          });
          return { call: call as Promise<unknown>, requests: 0 };
        },
      ],
      [
        "in a wait",
        async (options) => {
          service.meets({ kind: "status", status: 429, headers: { "retry-after": "30" } });
          let call: Promise<unknown> | undefined;
          await new Promise<void>((waiting) => {
            const onAttempt = ({ type }: AttemptEvent) => type === "wait" && setImmediate(waiting);
            call = updateTracker(SAMPLE.id, SAMPLE, { ...options, onAttempt });
          });
          return { call: call as Promise<unknown>, requests: 1 };
        },
      ],
      [
        "before the head of the answer",
        async (options) => {
          service.meets({ kind: "delay" });
          const call = updateTracker(SAMPLE.id, SAMPLE, options);
          await service.arrived(1);
          return { call, requests: 1 };
        },
      ],
      [
        "in the body",
        async (options) => {
          service.meets({ kind: "stallBody" });
          let call: Promise<unknown> | undefined;
          await new Promise<void>((reading) => {
            call = updateTracker(SAMPLE.id, SAMPLE, {
              ...options,
              async fetch(...request) {
                const response = await fetch(...request);
                setImmediate(reading);
                return response;
              },
            });
          });
          return { call: call as Promise<unknown>, requests: 1 };
        },
      ],
      [
        "in a fetch that does not listen",
        async (options) => {
          let call: Promise<unknown> | undefined;
          await new Promise<void>((called) => {
            const deaf = () => {
              called();
              return new Promise<Response>(() => {});
            };
            call = updateTracker(SAMPLE.id, SAMPLE, { ...options, fetch: deaf });
          });
          return { call: call as Promise<unknown>, requests: 0 };
        },
      ],
    ];

  describe.each(phases)("%s", (_, reach) => {
    it.each(reasons)("rejects in the same turn, with %s as the caller's own reason", async (_, reason) => {
      const { controller, signal, expectOneListenerGone } = listened();
      const { call, requests } = await reach(service.options({ signal }));
      let settled = false;
      const error = errorOf(service.watch(call)).finally(() => {
        settled = true;
      });
      controller.abort(reason);
      await nextTurn();
      expect(settled).toBe(true);
      expect(await error).toBe(signal.reason);
      if (reason !== undefined) expect(signal.reason).toBe(reason);
      expectOneListenerGone();
      // Nothing more is sent for it, and the next call has its turn.
      service.sandbox.clearFaults();
      const before = service.requests().length;
      expect(before).toBe(requests);
      await service.update();
      expect(service.taken(before)).toHaveLength(1);
    });
  });

  it("takes the connection with it", async () => {
    for (const kind of ["delay", "stallBody"] as const) {
      await service.reset();
      service.meets({ kind });
      const controller = new AbortController();
      const call = errorOf(service.update({ signal: controller.signal }));
      await service.arrived(1);
      controller.abort();
      await call;
      await vi.waitFor(() => expect(service.requests()[0]?.endedAt).not.toBeNull());
      expect(service.requests()[0]?.complete).toBe(false);
    }
  });

  it("is heard as the end of the attempt, and of nothing where none is under way", async () => {
    service.meets({ kind: "delay" });
    const controller = new AbortController();
    const call = errorOf(service.update({ signal: controller.signal }));
    await service.arrived(1);
    controller.abort();
    await call;
    expect(service.events).toMatchObject([{ type: "start" }, { type: "end", fault: "aborted" }]);
    await nextTurn();
    expect(service.events).toHaveLength(2);
  });

  it("by the token function, or by the listener for attempts: nothing is sent", async () => {
    await service.apart(
      async (one) => {
        // On a connection that is open already, a request would be gone at once.
        await one.update();
        one.events.length = 0;
        const inFunction = new AbortController();
        const accessToken = () => {
          inFunction.abort("in the function");
          return one.token;
        };
        const sent = vi.fn(fetch);
        const first = one.update({ accessToken, signal: inFunction.signal, fetch: sent });
        expect(await errorOf(first)).toBe("in the function");
        await nextTurn();
        expect(one.events).toEqual([]);
        const atStart = new AbortController();
        const onAttempt = ({ type }: AttemptEvent) => type === "start" && atStart.abort("at the start");
        const second = one.update({ onAttempt, signal: atStart.signal, fetch: sent });
        expect(await errorOf(second)).toBe("at the start");
        expect(one.events).toMatchObject([{ type: "start" }, { type: "end", fault: "aborted" }]);
        expect(sent).not.toHaveBeenCalled();
        await one.update();
        expect(one.requests()).toHaveLength(2);
      },
      { closeConnections: false },
    );
  });

  it("before the call: nothing is sent, no token is asked for, and no listener is added", async () => {
    const { controller, signal } = listened();
    controller.abort("before");
    const accessToken = vi.fn(() => service.token);
    expect(await errorOf(service.update({ signal, accessToken }))).toBe("before");
    expect(accessToken).not.toHaveBeenCalled();
    expect(signal.addEventListener).not.toHaveBeenCalled();
    await nextTurn();
    expect(service.requests()).toEqual([]);
    expect(service.events).toEqual([]);
  });

  it("that comes after the call changes nothing; its listener is gone", async () => {
    const success = listened();
    await service.update({ signal: success.signal });
    success.expectOneListenerGone();
    success.controller.abort();
    const failure = listened();
    service.meets({ kind: "status", status: 404 });
    expect(await errorOf(service.update({ signal: failure.signal }))).toMatchObject({ code: "not_found" });
    failure.expectOneListenerGone();
  });

  it("of AbortSignal.timeout is a TimeoutError of the engine, not one of this package", async () => {
    const signal = AbortSignal.timeout(50);
    const error = await errorOf(service.update({ signal, fetch: () => new Promise(() => {}) }));
    expect(error).toBe(signal.reason);
    expect(error).toBeInstanceOf(DOMException);
  });

  it("ends what waits behind a hundred others, and none of them", async () => {
    service.meets({ kind: "delay" });
    const holder = new AbortController();
    const held = errorOf(service.update({ signal: holder.signal }));
    await service.arrived(1);
    const controllers = Array.from({ length: 100 }, () => new AbortController());
    const calls = controllers.map(({ signal }, index) =>
      service.update({ signal }, { ...SAMPLE, vocabulary: [`phrase ${index}`] }).catch((reason) => reason),
    );
    for (const [index, controller] of controllers.entries()) if (index % 10 !== 0) controller.abort(index);
    await nextTurn();
    holder.abort();
    await held;
    const results = await Promise.all(calls);
    for (const [index, result] of results.entries()) {
      if (index % 10 !== 0) expect(result).toBe(index);
      else expect(result.tracker.vocabulary).toContain(`phrase ${index}`);
    }
    expect(service.taken()).toHaveLength(1 + 10);
  });
});

searchForLeaks();
