// Hosts that differ a little from the documentation, options that a caller gets slightly wrong, and calls that wait.

import { EventEmitter } from "node:events";
import { isTrackerError } from "symbl-tracker";
import { afterEach, describe, expect, it, vi } from "vitest";
import { errorOf, ID, nextTurn, SAMPLE, searchForLeaks, useService } from "../common/service.js";

const service = useService();
const responds = (body: unknown) => service.meets({ kind: "badShape", body });

describe("a host that differs", () => {
  const [a, b] = ["a", "b"].map((name, index) => ({ id: `${index}`, name, vocabulary: [name] }));

  it("lists a single tracker as the documentation's sample does", async () => {
    responds({ tracker: a });
    expect(await service.client().list()).toEqual([a]);
    responds({ tracker: a });
    expect(await service.client().findByName("a")).toEqual(a);
  });

  it("has an entry in its list that is not a tracker: the others are returned, and it is reported", async () => {
    const bad = { id: "7", name: "bad", vocabulary: null };
    const onMalformed = vi.fn();
    responds({ trackers: [a, bad, b] });
    expect(await service.client().list({ onMalformed })).toEqual([a, b]);
    expect(onMalformed.mock.calls).toEqual([[{ index: 1, value: bad }]]);
    responds({ trackers: [a, bad, b] });
    expect(await service.client().list()).toEqual([a, b]);
    responds({ trackers: [bad] });
    expect(await errorOf(service.client().list())).toMatchObject({ code: "wrong_shape" });
    expect(await errorOf(service.client().list({ onMalformed: 1 as never }))).toMatchObject({
      code: "invalid_option",
    });
    // It may be the one that was looked for.
    responds({ trackers: [a, bad] });
    expect(await errorOf(service.client().findByName("bad"))).toMatchObject({ code: "wrong_shape" });
  });

  it.each([
    ["trimmed", " Sale ", "Sale"],
    ["composed", "Zwo\u0308lf", "Zwölf"],
    ["decomposed", "Zwölf", "Zwo\u0308lf"],
  ])("returns a name %s", async (_, sent, name) => {
    responds({ tracker: { id: "1", name, vocabulary: [] } });
    expect(await service.client().create({ name: sent, vocabulary: [] })).toMatchObject({ id: "1", name });
    service.sandbox.reset();
    responds({ tracker: { id: "1", name: "Zwolf", vocabulary: [] } });
    expect(await errorOf(service.client().create({ name: sent, vocabulary: [] }))).toMatchObject({
      code: "wrong_tracker",
    });
  });

  it("returns several in another order: they come back in the order in which they were sent", async () => {
    responds({ trackers: [b, a] });
    const many = ["a", "b"].map((name) => ({ name, vocabulary: [name] }));
    expect(await service.client().createMany(many)).toEqual([a, b]);
  });
});

describe("options that are nearly right", () => {
  it.each(["Bearer a-token", "bearer a-token"])(
    "accessToken %j is told before anything is sent",
    async (text) => {
      for (const accessToken of [text, () => text]) {
        const error = await errorOf(service.update({ accessToken }));
        expect(error).toMatchObject({ code: "invalid_option", attempts: [] });
        expect(error.message).toContain('begins with "Bearer "');
      }
    },
  );

  it.each(["/v1", "/v1/", "/gateway/v1"])("baseUrl with %s is told before anything is sent", async (path) => {
    const error = await errorOf(service.update({ baseUrl: service.url + path }));
    expect(error).toMatchObject({ code: "invalid_option", message: expect.stringContaining("/v1") });
    expect(service.requests()).toEqual([]);
  });

  it("signal: null and a URL are taken", async () => {
    await service.update({ signal: null, baseUrl: new URL(service.url) });
    await service.update({ baseUrl: new URL(`${service.url}/`) });
    expect(service.requests()).toHaveLength(2);
  });

  it("http to another host needs an option that warns", async () => {
    const fetch = vi.fn(async () => new Response(null));
    const baseUrl = "http://10.1.2.3:8080";
    expect(await errorOf(service.update({ baseUrl, fetch }))).toMatchObject({ code: "invalid_option" });
    expect(await errorOf(service.update({ baseUrl, fetch, dangerouslyAllowHttp: 1 as never }))).toMatchObject(
      {
        code: "invalid_option",
      },
    );
    expect(fetch).not.toHaveBeenCalled();
    await service.update({ baseUrl, fetch, dangerouslyAllowHttp: true });
    expect(fetch).toHaveBeenCalledOnce();
  });
});

describe("a call that waits for others", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("says that a call on this page kept the service busy", async () => {
    service.meets({ kind: "delay" });
    const controller = new AbortController();
    const held = errorOf(service.update({ signal: controller.signal }));
    await service.arrived(1);
    const error = await errorOf(service.update({ totalTimeoutMs: 500 }));
    expect(error).toMatchObject({ code: "total_timeout", outcome: "not_applied", attempts: [] });
    expect(error.message).toMatch(/^Another call on this page .* 0\.5 seconds, .* not sent\. Wait /);
    controller.abort();
    await held;
  });

  it("says that another tab did", async () => {
    const locks = { request: () => new Promise(() => {}) };
    vi.stubGlobal("navigator", { locks });
    await service.apart(async (one) => {
      const error = await errorOf(one.update({ totalTimeoutMs: 1000 }));
      expect(error).toMatchObject({ code: "total_timeout", outcome: "not_applied", attempts: [] });
      expect(error.message).toMatch(/^Another tab, window or worker .* 1 second, .*close that tab/);
    });
  });

  it("thirty calls on one signal have one listener, which is gone in the end", async () => {
    const warned = vi.fn();
    process.on("warning", warned);
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await Promise.all(Array.from({ length: 30 }, () => service.client({ signal }).get(ID)));
    await nextTurn();
    process.off("warning", warned);
    expect(warned).not.toHaveBeenCalled();
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed).toHaveBeenCalledTimes(1);
    expect(EventEmitter.defaultMaxListeners).toBeLessThan(30);
  });
});

describe("an error as plain data", () => {
  it("keeps what can be kept through JSON and structuredClone, and is known again", async () => {
    service.meets({ kind: "status", status: 429, headers: { "retry-after": "9999" }, message: "Busy." });
    const error = await errorOf(service.update());
    const { name, message, code, outcome, resolution, attempts } = error;
    for (const data of [JSON.parse(JSON.stringify(error)), structuredClone(error.toJSON())]) {
      expect(data).toEqual({
        ...{ name, message, code, outcome, resolution, attempts },
        ...{ status: 429, retryAfterMs: 9_999_000, serverMessage: "Busy.", requestId: expect.any(String) },
      });
      expect(isTrackerError(data)).toBe(true);
      expect(isTrackerError({ ...data, name: "Error" })).toBe(false);
      expect(isTrackerError({ ...data, attempts: undefined })).toBe(false);
    }
    expect(structuredClone(error)).toMatchObject({ message });
  });

  it("keeps the issues of an invalid tracker, and no cause", async () => {
    const invalid = await errorOf(service.update({}, { ...SAMPLE, vocabulary: ["a", "a"] }));
    expect(JSON.parse(JSON.stringify(invalid))).toMatchObject({
      name: "InvalidTrackerError",
      issues: [{ code: "duplicate" }],
      issueCount: 1,
    });
    const failed = await errorOf(
      service.client({ accessToken: () => expect.unreachable("no session") }).list(),
    );
    expect(failed.cause).toBeInstanceOf(Error);
    expect(JSON.parse(JSON.stringify(failed))).not.toHaveProperty("cause");
  });
});

searchForLeaks();
