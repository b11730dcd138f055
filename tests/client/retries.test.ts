// What is tried again, and what is not: behaviours 3 and 4, over real connections.

import { describe, expect, it } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { deserted, errorOf, ID, SAMPLE, searchForLeaks, sha256, useService } from "../common/service.js";

const service = useService();

const status = (status: number, more?: Partial<FaultOptions>): FaultOptions => ({
  kind: "status",
  status,
  ...more,
});

describe("3. what may pass is tried again", () => {
  const body = sha256(JSON.stringify(SAMPLE));

  it("408, 429, 500, 502, 503 and 504, twice each: three PUTs of the same bytes, and it is done", async () => {
    await service.each([408, 429, 500, 502, 503, 504], async (code, one) => {
      one.meets(status(code, { times: 2 }));
      const { attempts } = await one.update();
      expect(attempts).toMatchObject([{ status: code }, { status: code }, { status: 200 }]);
      expect(one.requests().map(({ sha256 }) => sha256)).toEqual([body, body, body]);
      expect(one.requests().map(({ applied }) => applied)).toEqual([false, false, true]);
    });
  });

  it("failures before the head, and attempts that took too long", async () => {
    await service.each(["reset", "close", "delay"] as const, async (kind, one) => {
      one.meets({ kind, times: 2 });
      await one.update({ timeoutMs: 1000 });
      expect(one.requests().map(({ fault }) => fault)).toEqual([kind, kind, null]);
    });
  });

  it("four attempts at most; waits double, and chance takes up to half", async () => {
    const firsts = await service.each(Array(6).fill(502), async (code, one) => {
      one.meets(status(code, { times: 9 }));
      const error = await errorOf(one.update());
      expect(error).toMatchObject({ code: "bad_gateway", outcome: "unknown", status: 502 });
      expect(error.attempts).toHaveLength(4);
      expect(one.requests()).toHaveLength(4);
      const waits = one.events.flatMap((event) => (event.type === "wait" ? [event.waitMs] : []));
      expect(waits).toHaveLength(3);
      for (const [index, wait] of waits.entries()) {
        expect(wait).toBeGreaterThanOrEqual(250 * 2 ** index);
        expect(wait).toBeLessThanOrEqual(500 * 2 ** index);
      }
      return waits.join();
    });
    expect(new Set(firsts).size).toBeGreaterThan(1);
  });

  it("`retries` says how often; 0 turns it off", async () => {
    await service.each([0, 1], async (retries, one) => {
      one.meets(status(503, { times: 9 }));
      await errorOf(one.update({ retries }));
      expect(one.requests()).toHaveLength(1 + retries);
    });
  });

  const calls = {
    create: (client) => client.create({ name: "New", vocabulary: [] }),
    createMany: (client) => client.createMany([{ name: "New", vocabulary: [] }]),
    get: (client) => client.get(ID),
    list: (client) => client.list(),
    findByName: (client) => client.findByName("Promotion Mention"),
    delete: (client) => client.delete(ID),
  } satisfies Record<string, (client: ReturnType<typeof service.client>) => Promise<unknown>>;

  it("a creation is sent again where it was refused with 429", async () => {
    await service.each([calls.create, calls.createMany], async (call, one) => {
      one.meets(status(429));
      await call(one.client());
      expect(one.requests().map(({ status, applied }) => [status, applied])).toEqual([
        [429, false],
        [200, true],
      ]);
    });
  });

  it("a creation is not sent again where it may have arrived", async () => {
    const faults: FaultOptions[] = [
      ...[408, 500, 502, 503, 504].map((code) => status(code)),
      status(504, { applied: true }),
      { kind: "reset" },
      { kind: "close", applied: true },
      { kind: "delay" },
    ];
    await service.each(faults, async (fault, one) => {
      for (const call of [calls.create, calls.createMany]) {
        one.sandbox.reset();
        one.meets(fault);
        expect(await errorOf(call(one.client({ timeoutMs: 500 })))).toMatchObject({ outcome: "unknown" });
        expect(one.requests()).toHaveLength(1);
      }
    });
  });

  it("where no connection is made, everything is tried again, and nothing was applied", async () => {
    const baseUrl = await deserted();
    const error = await errorOf(
      service.client({ baseUrl, retries: 1 }).create({ name: "New", vocabulary: [] }),
    );
    expect(error).toMatchObject({ code: "connection_refused", outcome: "not_applied" });
    expect(error.attempts).toHaveLength(2);
  });

  it("reading and deleting are tried again; reading never changes anything", async () => {
    await service.each([calls.get, calls.list, calls.findByName, calls.delete], async (call, one) => {
      one.meets(status(502), { kind: "reset" });
      await call(one.client());
      expect(one.requests()).toHaveLength(3);
    });
    await service.each([calls.get, calls.list, calls.findByName], async (call, one) => {
      one.meets(status(502));
      expect(await errorOf(call(one.client({ retries: 0 })))).toMatchObject({ outcome: "not_applied" });
    });
  });
});

describe("4. what cannot pass is not tried again", () => {
  it.each([400, 401, 403, 404, 409, 413, 415, 422])("%i: one PUT, not applied", async (code) => {
    service.meets(status(code));
    const error = await errorOf(service.update());
    expect(error).toMatchObject({ name: "RejectedError", status: code, outcome: "not_applied" });
    expect(service.requests()).toHaveLength(1);
  });

  it("as the service itself refuses: 401, 404, 413", async () => {
    const unauthorized = await errorOf(
      service.update({ accessToken: service.leaks.secret("no-such-token") }),
    );
    expect(unauthorized).toMatchObject({ code: "unauthorized", outcome: "not_applied" });
    const unknown = await errorOf(service.update({}, { ...SAMPLE, id: "1" }));
    expect(unknown).toMatchObject({ code: "not_found", outcome: "not_applied" });
    const long = { ...SAMPLE, vocabulary: ["x".repeat(2 ** 20)] };
    const tooLarge = await errorOf(service.update({ maxBodyBytes: 2 ** 21 }, long));
    expect(tooLarge).toMatchObject({ code: "too_large", outcome: "not_applied" });
    expect(service.requests().map(({ status }) => status)).toEqual([401, 404, 413]);
  });

  it("409 first: the name was taken, not applied", async () => {
    const taken = await service.client().create({ name: "Taken", vocabulary: [] });
    const error = await errorOf(service.update({}, { ...SAMPLE, name: taken.name }));
    expect(error).toMatchObject({ code: "conflict", outcome: "not_applied" });
    expect(error.resolution).toBe("Rename this one, or update the tracker that has the name.");
    expect(service.requests()).toHaveLength(2);
  });

  it("409 after an attempt of unknown fate: unknown, and to be read again", async () => {
    service.meets(status(504, { applied: true }), status(409));
    const error = await errorOf(service.update());
    expect(error).toMatchObject({ code: "conflict", outcome: "unknown" });
    expect(error.resolution).toContain("read the tracker again");
    expect(service.requests().map(({ status, applied }) => [status, applied])).toEqual([
      [504, true],
      [409, false],
    ]);
  });

  it("409 after a refusal, 429: not applied", async () => {
    service.meets(status(429), status(409));
    expect(await errorOf(service.update())).toMatchObject({ code: "conflict", outcome: "not_applied" });
  });

  it("504, then 429, then 200: done", async () => {
    service.meets(status(504), status(429));
    const { attempts } = await service.update();
    expect(attempts.map(({ status }) => status)).toEqual([504, 429, 200]);
  });
});

searchForLeaks();
