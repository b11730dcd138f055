// Whatever `fetch` returns ends in the true outcome, or in an error that says what it returned. Nothing is retried
// because our own code tripped over it.

import crossFetch from "cross-fetch";
import nodeFetch3 from "node-fetch";
// @ts-expect-error it has no types under this name
import nodeFetch2 from "node-fetch2";
import { describe, expect, it } from "vitest";
import { errorOf, ID, SAMPLE, searchForLeaks, sha256, useService } from "../common/service.js";

const service = useService();

type Fetch = typeof fetch;

/** The real response of the sandbox, as something else. */
const as =
  (change: (response: Response, body: string) => unknown): Fetch =>
  async (...request) => {
    const response = await fetch(...request);
    return change(response, await response.text()) as Response;
  };

const streamOf = (chunk: unknown) =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(chunk);
      controller.close();
    },
  });

const head = ({ status, headers }: Response) => ({ status, headers });

describe("a fetch of another package", () => {
  it.each<[string, unknown]>([
    ["node-fetch 3", nodeFetch3],
    ["node-fetch 2", nodeFetch2],
    ["cross-fetch", crossFetch],
  ])("%s: the update is applied, refused and cut short as with the engine's", async (_, other) => {
    const fetch = other as Fetch;
    const { tracker, kept } = await service.update({ fetch });
    expect(tracker.vocabulary).toEqual([...SAMPLE.vocabulary, ...kept]);
    expect(kept).toHaveLength(4);
    service.meets({ kind: "status", status: 404, message: "No such tracker." });
    expect(await errorOf(service.update({ fetch }))).toMatchObject({
      code: "not_found",
      serverMessage: "No such tracker.",
    });
    service.meets({ kind: "resetBody" });
    expect(await errorOf(service.update({ fetch }))).toMatchObject({ code: "cut_short", outcome: "applied" });
    service.meets({ kind: "hugeBody" });
    expect(await errorOf(service.update({ fetch }))).toMatchObject({ code: "too_long", outcome: "applied" });
    expect(service.requests()).toHaveLength(4);
  });
});

describe("a response without a stream is read by its methods", () => {
  it.each<[string, Fetch]>([
    [
      "arrayBuffer",
      as((r, body) => ({ ...head(r), arrayBuffer: async () => new TextEncoder().encode(body).buffer })),
    ],
    ["text, as whatwg-fetch has", as((r, body) => ({ ...head(r), text: async () => body }))],
    ["text, at once", as((r, body) => ({ ...head(r), text: () => body }))],
    ["json", as((r, body) => ({ ...head(r), json: async () => JSON.parse(body) }))],
    [
      "json, and headers as a plain object",
      as((r, body) => ({
        status: r.status,
        headers: { "Content-Type": "application/json" },
        json: async () => JSON.parse(body),
      })),
    ],
    ["text, and no headers", as((r, body) => ({ status: r.status, text: async () => body }))],
    ["a stream of texts", as((r, body) => ({ ...head(r), body: streamOf(body) }))],
  ])("%s", async (_, fetch) => {
    const { tracker, kept, attempts } = await service.update({ fetch });
    expect(tracker.vocabulary).toEqual([...SAMPLE.vocabulary, ...kept]);
    expect(kept).toHaveLength(4);
    expect(attempts).toHaveLength(1);
    service.meets({ kind: "status", status: 400, message: "No." });
    expect(await errorOf(service.update({ fetch }))).toMatchObject({ status: 400, outcome: "not_applied" });
  });

  it("what it says is believed, not that it has no stream", async () => {
    const text = async () => '{"error":"no such tracker"}';
    const headers = new Headers({ "content-type": "application/json" });
    const fetch = async () => ({ status: 200, headers, text }) as Response;
    expect(await errorOf(service.update({ fetch }))).toMatchObject({
      code: "wrong_shape",
      outcome: "unknown",
    });
  });

  it("only null is no body", async () => {
    const fetch = async () => ({ status: 200, headers: new Headers(), body: null }) as Response;
    expect((await service.update({ fetch })).tracker).toEqual(SAMPLE);
  });
});

describe("what cannot be read says what it is", () => {
  const read = async (response: Response) => {
    await response.text();
    return response;
  };
  it.each<[string, Fetch, object, string]>([
    [
      "a body that was read",
      async (...r) => read(await fetch(...r)),
      { code: "unreadable_body", outcome: "applied", status: 200 },
      "read already",
    ],
    [
      "a body that is locked",
      async (...r) => {
        const response = await fetch(...r);
        response.body?.getReader();
        return response;
      },
      { code: "unreadable_body", outcome: "applied" },
      "read already",
    ],
    ["no body and no methods", as(head), { code: "unreadable_body", outcome: "applied" }, "missing"],
    [
      "a stream of objects",
      as((r) => ({ ...head(r), body: streamOf({}) })),
      { code: "unreadable_body" },
      "other than bytes",
    ],
    [
      "undefined",
      as(() => undefined),
      { code: "invalid_response", outcome: "unknown" },
      "fetch returned undefined",
    ],
    ["null", as(() => null), { code: "invalid_response" }, "fetch returned null"],
    ["a text", as(() => "ok"), { code: "invalid_response" }, "fetch returned a string"],
    [
      'the status "200"',
      as((r) => ({ headers: r.headers, status: "200" })),
      { code: "invalid_response" },
      "a string as its status",
    ],
    ["no status", as(() => ({})), { code: "invalid_response" }, "undefined as its status"],
  ])("%s", async (_, fetch, expected, words) => {
    const error = await errorOf(service.update({ fetch }));
    expect(error).toMatchObject({ name: "ProtocolError", ...expected });
    expect(error.message).toContain(words);
    expect(error.attempts).toMatchObject([{ fault: error.code }]);
    expect(service.requests()).toHaveLength(1);
  });

  it("a refusal is a refusal, although its body was read", async () => {
    service.meets({ kind: "status", status: 404 });
    const fetched: Fetch = async (...request) => read(await fetch(...request));
    expect(await errorOf(service.update({ fetch: fetched }))).toMatchObject({ code: "not_found" });
  });

  it("Response.error() is a connection that failed", async () => {
    const fetch = async () => Response.error();
    expect(await errorOf(service.update({ fetch, retries: 0 }))).toMatchObject({ code: "connection_lost" });
  });
});

describe("what fetch is called with survives a wrapper", () => {
  it("that copies the headers, logs the body and builds a Request", async () => {
    const logged: unknown[] = [];
    const tracker = { ...SAMPLE, vocabulary: ["é 😀", "\ufeffmark"] };
    await service.update(
      {
        fetch: (input, init) => {
          logged.push(init?.body);
          const headers = { ...(init?.headers as Record<string, string>), "x-api-key": "k" };
          return fetch(new Request(input, { ...init, headers }));
        },
      },
      tracker,
    );
    expect(logged).toEqual([JSON.stringify(tracker)]);
    expect(service.requests()).toMatchObject([
      {
        sha256: sha256(JSON.stringify(tracker)),
        headers: { "x-api-key": "k", "content-type": "application/json" },
      },
    ]);
  });

  it("a read has no body", async () => {
    const inits: (RequestInit | undefined)[] = [];
    const logging: Fetch = (input, init) => {
      inits.push(init);
      return fetch(input, init);
    };
    await service.client({ fetch: logging }).get(ID);
    expect(inits[0]).not.toHaveProperty("body");
  });
});

searchForLeaks();
