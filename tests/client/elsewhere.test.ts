// What goes over the wire by other ways than a call that simply succeeds: requests sent by the caller's own fetch,
// parts of what was too long, and errors that come from another copy of the package or another realm.

import { createContext, runInContext } from "node:vm";
import type * as here from "symbl-tracker";
import { buildUpdateRequest, isTrackerError, splitTracker, TrackerError } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { bundle } from "../../scripts/bundle.mjs";
import { errorOf, ID, SAMPLE, searchForLeaks, sha256, useService } from "../common/service.js";

const service = useService();

describe("buildUpdateRequest", () => {
  it("makes a request that plain fetch sends, of the bytes that were checked", async () => {
    const tracker = { ...SAMPLE, vocabulary: ["é 😀", "Flash sale"] };
    const request = buildUpdateRequest(ID, tracker, service.options() as { accessToken: string });
    service.leaks.keep("a URL", request.url);
    const response = await fetch(request);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ tracker: { id: ID } });
    expect(service.requests()).toMatchObject([
      { method: "PUT", sha256: sha256(JSON.stringify(tracker)), applied: true, status: 200 },
    ]);
  });

  it("is refused where an update would be", async () => {
    const build = (tracker: unknown, more?: object) =>
      errorOf(
        service.watch(
          (async () =>
            buildUpdateRequest(ID, tracker as never, { ...service.options(), ...more } as never))(),
        ),
      );
    expect(await build({ ...SAMPLE, id: "1" })).toMatchObject({ code: "invalid_tracker" });
    expect(await build(SAMPLE, { baseUrl: "http://example.com" })).toMatchObject({ code: "invalid_option" });
    expect(await build(SAMPLE, { accessToken: () => service.token })).toMatchObject({
      code: "invalid_option",
    });
  });

  it("takes the signal along", async () => {
    const controller = new AbortController();
    const options = { ...service.options({ signal: controller.signal }), accessToken: service.token };
    const request = buildUpdateRequest(ID, SAMPLE, options);
    controller.abort("enough");
    expect(request.signal.aborted).toBe(true);
    await errorOf(fetch(request));
    expect(service.requests()).toEqual([]);
  });
});

describe("splitTracker", () => {
  it("makes parts that the service takes, and that have every phrase once, in order", async () => {
    const vocabulary = Array.from({ length: 60_000 }, (_, index) => `the phrase with the number ${index} é`);
    const client = service.client();
    const whole = { ...SAMPLE, vocabulary };
    expect(await errorOf(client.update(ID, whole))).toMatchObject({ issues: [{ code: "too_large" }] });
    service.sandbox.changeSettings({ update: "replace" });

    const [first, ...others] = splitTracker(whole);
    await client.update(first.id, first);
    for (const other of others) await client.create(other);
    const stored = await client.list();
    expect(stored.map(({ name }) => name)).toEqual([
      "Promotion Mention",
      "Promotion Mention (2)",
      "Promotion Mention (3)",
    ]);
    expect(stored.flatMap((tracker) => tracker.vocabulary)).toEqual(vocabulary);
    for (const { status, bytes } of service.requests().slice(0, 3)) {
      expect(status).toBe(200);
      expect(bytes).toBeLessThanOrEqual(1_048_576);
    }
  });
});

describe("isTrackerError knows an error of this package", () => {
  const failing = { accessToken: "t", baseUrl: "ftp://nowhere" };

  it("whatever its class", async () => {
    service.meets({ kind: "status", status: 400 }, { kind: "html" }, { kind: "close" });
    for (const name of ["RejectedError", "ProtocolError", "NetworkError"]) {
      const error = await errorOf(service.update({ retries: 0 }));
      expect(error.name).toBe(name);
      expect(isTrackerError(error)).toBe(true);
    }
  });

  it("from another copy of it", async () => {
    const copy: typeof here = await import(
      /* @vite-ignore */ new URL("../../pkg/dist/errors/TrackerError.js?copy", import.meta.url).href
    );
    expect(copy.TrackerError).not.toBe(TrackerError);
    const fields = { code: "crash", outcome: "unknown", resolution: "", attempts: [] } as const;
    const error = new copy.TrackerError("of the copy", { ...fields, attempts: [] });
    expect(error).not.toBeInstanceOf(TrackerError);
    expect(isTrackerError(error)).toBe(true);
    expect(copy.isTrackerError(new TrackerError("of ours", { ...fields, attempts: [] }))).toBe(true);
  });

  it("from a bundle, and from a bundle in another realm", async () => {
    const code = await bundle(
      `import { updateTracker, isTrackerError } from "symbl-tracker";
      globalThis.fails = (options) => updateTracker("1", { id: "1", name: "a", vocabulary: [] }, options);
      globalThis.knows = isTrackerError;`,
    );
    const ours = await errorOf(service.update({ baseUrl: "ftp://nowhere" }));
    const globals = { TextEncoder, TextDecoder, URL, WebAssembly, AbortController, setTimeout, clearTimeout };
    const realm = createContext({ ...globals, console, fetch, Headers, Request, Response });
    runInContext(`{${code.replace(/\bexport\s*\{[^}]*\};?/g, "")}}`, realm);
    const other = realm as unknown as {
      fails(options: object): Promise<unknown>;
      knows(value: unknown): boolean;
    };
    const theirs = await errorOf(other.fails(failing));
    expect(theirs).not.toBeInstanceOf(Error);
    expect(theirs).toMatchObject({ name: "TrackerError", code: "invalid_option" });
    expect(isTrackerError(theirs)).toBe(true);
    expect(other.knows(ours)).toBe(true);
  });

  it("and nothing else", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const lookalike = Object.assign(new Error("no"), {
      name: "TrackerError",
      code: "crash",
      outcome: "unknown",
    });
    for (const value of [undefined, null, "x", 1, {}, new Error("no"), lookalike, proxy, () => {}]) {
      expect(isTrackerError(value)).toBe(false);
    }
  });
});

searchForLeaks();
