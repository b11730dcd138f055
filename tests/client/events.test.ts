// What a caller hears while a call is under way, what costs no request, and every method of the client with what
// its answer is held against: behaviours 12 to 14, and the rest.

import { TrackerClient } from "symbl-tracker";
import { describe, expect, it, vi } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { errorOf, ID, nextTurn, SAMPLE, searchForLeaks, sha256, useService } from "../common/service.js";

const service = useService();

describe("12. `attempts` is what was sent from here, at least", () => {
  it("one for each request, with its status or its fault, in order", async () => {
    service.meets({ kind: "status", status: 503 }, { kind: "reset" });
    const { attempts } = await service.update();
    expect(attempts).toMatchObject([{ status: 503 }, { fault: "connection_lost" }, { status: 200 }]);
    expect(service.requests()).toHaveLength(3);
    const starts = attempts.map(({ startedAt }) => startedAt);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const { durationMs } of attempts) expect(durationMs).toBeGreaterThanOrEqual(0);
  });

  it("a kept-alive connection that dies under a PUT", async () => {
    await service.apart(
      async (one) => {
        await one.update();
        one.meets({ kind: "closeReused" });
        const { attempts } = await one.update();
        expect(attempts.at(-1)).toMatchObject({ status: 200 });
        expect(one.requests().length - 1).toBeGreaterThanOrEqual(attempts.length);
      },
      { closeConnections: false },
    );
  });
});

describe("13. onAttempt", () => {
  it("hears starts, ends and waits", async () => {
    service.meets({ kind: "status", status: 502 }, { kind: "close" });
    const { attempts } = await service.update();
    expect(service.events).toEqual([
      { type: "start", attempt: 1, startedAt: attempts[0]?.startedAt },
      { type: "end", attempt: 1, ...attempts[0] },
      { type: "wait", attempt: 1, waitMs: expect.any(Number) },
      { type: "start", attempt: 2, startedAt: attempts[1]?.startedAt },
      { type: "end", attempt: 2, ...attempts[1] },
      { type: "wait", attempt: 2, waitMs: expect.any(Number) },
      { type: "start", attempt: 3, startedAt: attempts[2]?.startedAt },
      { type: "end", attempt: 3, ...attempts[2] },
    ]);
  });

  it("hears nothing of a call that sends nothing", async () => {
    await errorOf(service.update({ accessToken: () => Promise.reject() }));
    expect(service.events).toEqual([]);
  });

  it.each<[string, () => void]>([
    ["throws", () => expect.unreachable("the listener's trouble")],
    [
      "throws nothing",
      () => {
        throw undefined;
      },
    ],
    ["is async and rejects", async () => Promise.reject(new Error("the listener's trouble"))],
  ])("%s: that is ignored", async (_, onAttempt) => {
    service.meets({ kind: "status", status: 502 });
    const { attempts } = await service.update({ onAttempt });
    expect(attempts).toHaveLength(2);
    await nextTurn();
  });

  it("cannot change what the call says of its attempts", async () => {
    const onAttempt = (event: object) => void Object.assign(event, { status: 999, fault: "mine" });
    const { attempts } = await service.update({ onAttempt });
    expect(attempts).toMatchObject([{ status: 200 }]);
    expect(attempts[0]).not.toHaveProperty("fault");
  });
});

describe("14. an invalid tracker costs no request", () => {
  it.each<[string, (client: TrackerClient) => Promise<unknown>, string]>([
    ["update", (client) => client.update(ID, { ...SAMPLE, vocabulary: ["a", "a"] }), "/vocabulary/1"],
    ["update of another id", (client) => client.update("1", SAMPLE), "/id"],
    ["create", (client) => client.create({ name: " ", vocabulary: [] }), "/name"],
    ["create with an id", (client) => client.create(SAMPLE), ""],
    ["createMany", (client) => client.createMany([{ name: "a", vocabulary: [] }, {} as never]), "/1/name"],
    [
      "over the limit",
      (client) => client.create({ name: "x", vocabulary: ["x".repeat(2 ** 20)] }),
      "/vocabulary",
    ],
    ["what JSON cannot carry", (client) => client.update(ID, 1n as never), ""],
  ])("%s", async (_, call, pointer) => {
    const accessToken = vi.fn(() => service.token);
    const error = await errorOf(call(service.client({ accessToken })));
    expect(error).toMatchObject({
      name: "InvalidTrackerError",
      issues: [{ pointer }, ...error.issues.slice(1)],
    });
    expect(accessToken).not.toHaveBeenCalled();
    expect(service.sandbox.record().requests).toEqual([]);
  });

  it("createMany is limited like one tracker, over all of them", async () => {
    const half = (name: string) => ({ name, vocabulary: ["x".repeat(600_000)] });
    const error = await errorOf(service.client().createMany([half("a"), half("b")]));
    expect(error).toMatchObject({ issues: [{ code: "too_large", path: [], params: { limit: 1_048_576 } }] });
    expect(service.sandbox.record().requests).toEqual([]);
  });
});

describe("every method, and its answer", () => {
  it("create, get, findByName, list, update and delete, as the service has it", async () => {
    const client = service.client();
    const sale = await client.create({ name: "Sale", vocabulary: ["on sale"] });
    expect(sale).toEqual({ id: expect.any(String), name: "Sale", vocabulary: ["on sale"] });
    expect(await client.get(sale.id)).toEqual(sale);
    expect(await client.findByName("Sale")).toEqual(sale);
    expect(await client.findByName("sale")).toBeUndefined();
    expect(await client.findByName("a&b=c#d +é/")).toBeUndefined();
    expect(service.requests().at(-1)?.url).toBe("/v1/manage/trackers?name=a%26b%3Dc%23d%20%2B%C3%A9%2F");
    const many = await client.createMany([
      { name: "sale", vocabulary: [] },
      { name: "Zwölf", vocabulary: ["é", "😀"] },
    ]);
    expect(many.map(({ name, vocabulary }) => [name, vocabulary])).toEqual([
      ["sale", []],
      ["Zwölf", ["é", "😀"]],
    ]);
    expect(await client.createMany([])).toEqual([]);
    const names = (await client.list()).map(({ name }) => name);
    expect(names).toEqual(["Promotion Mention", "Sale", "sale", "Zwölf"]);
    const renamed = await client.update(sale.id, { ...sale, name: "Sales" });
    expect(renamed.tracker).toEqual({ ...sale, name: "Sales" });
    expect(await client.delete(sale.id)).toBeUndefined();
    expect(await errorOf(client.get(sale.id))).toMatchObject({ code: "not_found" });
    expect(await errorOf(client.delete(sale.id))).toMatchObject({
      code: "not_found",
      outcome: "not_applied",
    });
  });

  it("what an update kept and dropped", async () => {
    const { tracker, kept, dropped } = await service.update();
    expect(tracker.vocabulary).toEqual([...SAMPLE.vocabulary, ...kept]);
    expect(kept).toHaveLength(4);
    expect(dropped).toEqual([]);
    service.sandbox.changeSettings({ update: "replace" });
    expect(await service.update()).toMatchObject({ tracker: SAMPLE, kept: [], dropped: [] });
    const other = { ...SAMPLE, vocabulary: ["Half price", "Bargain"] };
    service.meets({ kind: "badShape", body: { tracker: other } });
    expect(await service.update()).toMatchObject({
      tracker: other,
      kept: ["Bargain"],
      dropped: ["Flash sale"],
    });
  });

  it("options of a call go before those of the client, which are read once", async () => {
    const options = service.options({ retries: 0 });
    const client = new TrackerClient(options);
    options.baseUrl = "https://127.0.0.1:1";
    service.meets({ kind: "status", status: 429, times: 3 });
    expect(await errorOf(service.watch(client.list()))).toMatchObject({ code: "too_many_requests" });
    const notGiven = { retries: undefined };
    expect(await errorOf(service.watch(client.list(notGiven)))).toMatchObject({
      attempts: [{ status: 429 }],
    });
    expect(await service.watch(client.list({ retries: 1 }))).toHaveLength(1);
  });

  const calls: Record<string, (client: TrackerClient) => Promise<unknown>> = {
    update: (client) => client.update(ID, SAMPLE),
    create: (client) => client.create({ name: "New", vocabulary: [] }),
    createMany: (client) => client.createMany([{ name: "New", vocabulary: [] }]),
    get: (client) => client.get(ID),
    list: (client) => client.list(),
    findByName: (client) => client.findByName("Sale"),
    delete: (client) => client.delete(ID),
  };
  const tracker = { id: ID, name: "New", vocabulary: [] };
  const other = { ...tracker, id: "1111111111111111", name: "Another" };
  /** Answers of another shape, and about another tracker. */
  const answers: Record<string, { shape: unknown[]; other?: unknown }> = {
    update: { shape: [tracker, { trackers: [tracker] }, { tracker: [tracker] }], other: { tracker: other } },
    create: { shape: [{ tracker: { ...tracker, id: undefined } }, tracker], other: { tracker: other } },
    createMany: { shape: [{ tracker }, [tracker], { trackers: tracker }], other: { trackers: [other] } },
    get: { shape: [tracker, {}, { tracker: null }], other: { tracker: other } },
    list: { shape: [[], { tracker: null }, { trackers: [{ ...tracker, vocabulary: [1] }] }] },
    findByName: { shape: [{ trackers: {} }, { trackers: [{ id: ID }] }] },
    delete: { shape: [{}, { id: ID, deleted: false }, { deleted: true }], other: { id: "1", deleted: true } },
  };

  it.each(Object.keys(calls))(
    "%s: an answer of another shape or about another tracker is refused",
    async (name) => {
      const call = calls[name] as (client: TrackerClient) => Promise<unknown>;
      const reads = ["get", "list", "findByName"].includes(name);
      const outcome = reads ? "not_applied" : "unknown";
      const { shape, other } = answers[name] ?? { shape: [] };
      const expected: [body: unknown, code: string][] = [
        ...["text", 1, null, true].map((body): [unknown, string] => [body, "wrong_shape"]),
        ...shape.map((body): [unknown, string] => [body, "wrong_shape"]),
        ...(other ? [[other, "wrong_tracker"] as [unknown, string]] : []),
      ];
      for (const [body, code] of expected) {
        service.sandbox.reset();
        service.meets({ kind: "badShape", body });
        const error = await errorOf(call(service.client()));
        expect(error, JSON.stringify(body)).toMatchObject({ name: "ProtocolError", code, outcome });
      }
    },
  );

  it("several that were created come back all of them, or the response is refused", async () => {
    const [a, b] = ["a", "b"].map((name, index) => ({ id: `${index}`, name, vocabulary: [] }));
    for (const trackers of [[a], [a, a], [a, b, b]]) {
      service.sandbox.reset();
      service.meets({ kind: "badShape", body: { trackers } });
      const call = service.client().createMany([
        { name: "a", vocabulary: [] },
        { name: "b", vocabulary: [] },
      ]);
      expect(await errorOf(call)).toMatchObject({ code: "wrong_tracker", outcome: "unknown" });
    }
  });

  it("a service that searches for names more loosely is not believed", async () => {
    service.meets({ kind: "badShape", body: { trackers: [other, { ...tracker, name: "NEW" }, tracker] } });
    expect(await service.client().findByName("New")).toEqual(tracker);
  });

  const empty: FaultOptions = { kind: "empty" };
  it.each([
    ["create", "applied"],
    ["createMany", "applied"],
    ["get", "not_applied"],
    ["list", "not_applied"],
    ["findByName", "not_applied"],
  ])("%s: an empty success says too little: %s", async (name, outcome) => {
    service.meets(empty);
    const call = calls[name] as (client: TrackerClient) => Promise<unknown>;
    expect(await errorOf(call(service.client()))).toMatchObject({
      name: "ProtocolError",
      code: "empty",
      outcome,
    });
  });

  it("delete: an empty success is enough", async () => {
    service.meets(empty);
    await service.client().delete(ID);
    expect(service.requests()[0]).toMatchObject({ applied: true, sha256: sha256("") });
  });
});

searchForLeaks();
