// What the client reads besides: after a change of unknown outcome, and before an update with a base.

import { StaleTrackerError, type Tracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { errorOf, ID, nextTurn, SAMPLE, searchForLeaks, useService } from "../common/service.js";

const service = useService();
const verify = { verify: true, retries: 0, timeoutMs: 1000 };
const applied = (kind: FaultOptions["kind"]): FaultOptions => ({ kind, applied: true });
const methods = () => service.requests().map(({ method }) => method);
const NEW = { name: "New", vocabulary: ["brand new"] };

describe("verify: a change of unknown outcome is read", () => {
  it.each(["reset", "close", "html", "badShape"] as const)(
    "%s, an update that was applied: done",
    async (kind) => {
      service.sandbox.changeSettings({ update: "replace" });
      service.meets(applied(kind));
      const { tracker, kept, attempts } = await service.update(verify);
      expect({ tracker, kept }).toEqual({ tracker: SAMPLE, kept: [] });
      expect(attempts).toMatchObject([{}, { status: 200, purpose: "verify" }]);
      expect(attempts[0]).not.toHaveProperty("purpose");
      expect(methods()).toEqual(["PUT", "GET"]);
      expect(service.events.filter(({ type }) => type === "start")).toMatchObject([
        {},
        { purpose: "verify" },
      ]);
    },
  );

  it("an update that was not: unknown, with the tracker as it is", async () => {
    service.meets({ kind: "status", status: 502 });
    const error = await errorOf(service.update(verify));
    expect(error).toMatchObject({ code: "bad_gateway", outcome: "unknown", current: { id: ID } });
    expect(error.current.vocabulary).toHaveLength(4);
    expect(error.attempts).toMatchObject([{ status: 502 }, { status: 200, purpose: "verify" }]);
  });

  it("a host that adds phrases is known by an earlier update", async () => {
    await service.apart(async (one) => {
      one.meets(applied("reset"));
      const first = { ...SAMPLE, vocabulary: ["first"] };
      expect(await errorOf(one.update(verify, first))).toMatchObject({ outcome: "unknown" });
      await one.update(verify);
      one.meets(applied("reset"));
      const { kept } = await one.update(verify, { ...SAMPLE, vocabulary: ["second"] });
      expect(kept).toContain("first");
    });
  });

  it("a phrase that was only removed, on a host that replaces, is not taken for applied", async () => {
    await service.apart(
      async (one) => {
        await one.update({}, { ...SAMPLE, vocabulary: ["a", "b", "c"] });
        one.meets({ kind: "status", status: 502 });
        const error = await errorOf(one.update(verify, { ...SAMPLE, vocabulary: ["a", "b"] }));
        expect(error).toMatchObject({ outcome: "unknown", current: { vocabulary: ["a", "b", "c"] } });
      },
      { update: "replace" },
    );
  });

  it.each([409, 404])("%i after an attempt that was applied: done", async (status) => {
    service.sandbox.changeSettings({ update: "replace" });
    service.meets({ kind: "status", status: 504, applied: true }, { kind: "status", status });
    expect(await service.update({ ...verify, retries: 1 })).toMatchObject({ tracker: SAMPLE });
    expect(methods()).toEqual(["PUT", "PUT", "GET"]);
  });

  it("a creation is found by its name, and never sent again", async () => {
    service.meets(applied("close"));
    const created = await service.client({ ...verify, retries: 3 }).create(NEW);
    expect(created).toEqual({ id: expect.any(String), ...NEW });
    service.meets({ kind: "status", status: 500 });
    const other = { ...NEW, name: "Other" };
    const error = await errorOf(service.client({ ...verify, retries: 3 }).create(other));
    expect(error).toMatchObject({ code: "server_error", outcome: "unknown" });
    expect(error).not.toHaveProperty("current");
    expect(methods()).toEqual(["POST", "GET", "POST", "GET"]);
  });

  it("several that were created are found in the list, in order", async () => {
    const many = ["c", "a", "b"].map((name) => ({ name, vocabulary: [name] }));
    service.meets(applied("reset"));
    const created = await service.client(verify).createMany(many);
    expect(created.map(({ name }) => name)).toEqual(["c", "a", "b"]);
    expect(methods()).toEqual(["POST", "GET"]);
  });

  it("a deletion is done if the tracker is gone, and unknown if it is there", async () => {
    service.meets(applied("reset"));
    await service.client(verify).delete(ID);
    expect(service.requests().map(({ status }) => status)).toEqual([null, 404]);
    const { id } = await service.client().create(NEW);
    service.meets({ kind: "status", status: 501 });
    expect(await errorOf(service.client(verify).delete(id))).toMatchObject({
      outcome: "unknown",
      current: { id, ...NEW },
    });
  });

  it("is tried again as any read, and changes nothing about the error if it fails", async () => {
    service.sandbox.changeSettings({ update: "replace" });
    service.meets(applied("reset"), { kind: "status", status: 502 }, { kind: "reset" });
    expect(await service.update(verify)).toMatchObject({ tracker: SAMPLE });
    expect(methods()).toEqual(["PUT", "GET", "GET", "GET"]);
    service.meets(applied("reset"), { kind: "status", status: 403 });
    expect(await errorOf(service.update(verify))).toMatchObject({
      code: "connection_lost",
      outcome: "unknown",
    });
  });

  it("is not done for what is known, for reads, or where it is turned off", async () => {
    service.meets(
      { kind: "status", status: 409 },
      applied("shortBody"),
      { kind: "reset" },
      { kind: "reset" },
    );
    expect(await errorOf(service.update(verify))).toMatchObject({ outcome: "not_applied" });
    expect(await errorOf(service.update(verify))).toMatchObject({ outcome: "applied" });
    expect(await errorOf(service.client(verify).get(ID))).toMatchObject({ outcome: "not_applied" });
    expect(await errorOf(service.update({ ...verify, verify: false }))).toMatchObject({ outcome: "unknown" });
    await nextTurn();
    expect(methods()).toEqual(["PUT", "PUT", "GET", "PUT"]);
  });

  it("is within the time for the whole call", async () => {
    service.meets({ kind: "delay" });
    const error = await errorOf(service.update({ ...verify, timeoutMs: 60_000, totalTimeoutMs: 500 }));
    expect(error).toMatchObject({ code: "total_timeout", outcome: "unknown" });
    expect(methods()).toEqual(["PUT"]);
  });

  it("is what happens by default", async () => {
    service.sandbox.changeSettings({ update: "replace" });
    service.meets(applied("reset"));
    expect(await service.update({ verify: undefined, retries: 0 })).toMatchObject({ tracker: SAMPLE });
  });
});

describe("base: the tracker is read before it is written", () => {
  const load = () => service.client().get(ID);

  it("and updated if it is as it was loaded", async () => {
    const base = await load();
    const { tracker, attempts } = await service.client().update(ID, SAMPLE, { base });
    expect(tracker.vocabulary).toEqual([...SAMPLE.vocabulary, ...base.vocabulary]);
    expect(attempts).toMatchObject([{ status: 200, purpose: "base" }, { status: 200 }]);
    expect(methods()).toEqual(["GET", "GET", "PUT"]);
  });

  it.each<[string, (tracker: Tracker) => Tracker]>([
    ["its name", (tracker) => ({ ...tracker, name: "Renamed" })],
    ["a phrase", (tracker) => ({ ...tracker, vocabulary: [...tracker.vocabulary, "another"] })],
  ])("and left alone if someone else changed %s", async (_, change) => {
    const base = await load();
    await service.update({}, change(base));
    const error = await errorOf(service.client().update(ID, SAMPLE, { base }));
    expect(error).toBeInstanceOf(StaleTrackerError);
    expect(error).toMatchObject({ code: "stale_tracker", outcome: "not_applied", current: { id: ID } });
    expect(error.attempts).toMatchObject([{ status: 200, purpose: "base" }]);
    expect(methods()).toEqual(["GET", "PUT", "GET"]);
    const next = { ...error.current, name: "Merged" };
    expect(await service.client().update(ID, next, { base: error.current })).toMatchObject({
      tracker: { name: "Merged" },
    });
  });

  it("in whatever order its phrases are", async () => {
    const base = await load();
    base.vocabulary.reverse();
    expect(await service.client().update(ID, SAMPLE, { base })).toMatchObject({ tracker: { id: ID } });
  });

  it("and where it cannot be read, nothing is written", async () => {
    const base = await load();
    service.meets({ kind: "reset", times: 2 });
    const error = await errorOf(service.client({ retries: 1 }).update(ID, SAMPLE, { base }));
    expect(error).toMatchObject({ code: "connection_lost", outcome: "not_applied" });
    expect(methods()).toEqual(["GET", "GET", "GET"]);
  });

  it("proves that phrases which the host keeps are no sign of failure", async () => {
    await service.apart(async (one) => {
      const base = await one.client().get(ID);
      one.meets({ kind: "reset", method: "PUT", applied: true });
      expect(await one.client({ ...verify }).update(ID, SAMPLE, { base })).toMatchObject({
        kept: base.vocabulary,
        attempts: [{ purpose: "base" }, { fault: "connection_lost" }, { purpose: "verify" }],
      });
    });
  });

  it.each<[unknown, string]>([
    [{ ...SAMPLE, id: "1" }, "base is another tracker"],
    [{}, "base is not a tracker"],
    [null, "base is not a tracker"],
    [() => {}, "base"],
  ])("%j is no base", async (base, words) => {
    const error = await errorOf(service.client().update(ID, SAMPLE, { base: base as Tracker }));
    expect(error).toMatchObject({ code: "invalid_option", attempts: [] });
    expect(error.message).toContain(words);
  });
});

searchForLeaks();
