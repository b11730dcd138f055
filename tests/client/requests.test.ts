// How a request looks, and whose turn it is: behaviours 10 and 11, over real connections.

import { buildUpdateRequest, type SendOptions, type Tracker } from "symbl-tracker";
import { afterEach, describe, expect, it, vi } from "vitest";
import { errorOf, ID, nextTurn, SAMPLE, searchForLeaks, useService } from "../common/service.js";

const service = useService();

describe("10. a request goes where it should, and nothing else does", () => {
  it.each([301, 302, 303, 307, 308])("%i is not followed, and the token not sent on", async (status) => {
    service.meets({ kind: "redirect", status });
    const error = await errorOf(service.update());
    expect(error).toMatchObject({ name: "ProtocolError", code: "redirect", outcome: "unknown" });
    expect(service.sandbox.record().requests.map(({ kind }) => kind)).toEqual(["management"]);
  });

  it("a redirect that a fetch of the caller's has followed is none that counts", async () => {
    service.meets({ kind: "redirect", status: 303 });
    const follow: typeof fetch = (input, init) => fetch(input, { ...init, redirect: "follow" });
    expect(await errorOf(service.update({ fetch: follow }))).toMatchObject({
      code: "redirect",
      outcome: "unknown",
    });
  });

  it("is made without cookies, cache or keepalive, and with the headers of the contract", async () => {
    let seen: RequestInit | undefined;
    await service.update({
      fetch(input, init) {
        seen = init;
        return fetch(input, init);
      },
    });
    expect(seen).toMatchObject({ method: "PUT", redirect: "manual", credentials: "omit", cache: "no-store" });
    expect(seen?.keepalive ?? false).toBe(false);
    const [entry] = service.requests();
    expect(entry?.url).toBe(`/v1/manage/tracker/${ID}`);
    expect(entry?.headers).toMatchObject({
      authorization: `Bearer ${service.token}`,
      "content-type": "application/json",
      accept: "application/json",
    });
    for (const header of ["x-api-key", "cookie"]) expect(entry?.headers).not.toHaveProperty(header);
  });

  it("x-api-key is sent where it is asked for", async () => {
    const apiKey = service.leaks.secret("a.jwt.that-is-deprecated");
    await service.update({ apiKey });
    expect(service.requests()[0]?.headers["x-api-key"]).toBe(apiKey);
  });

  it("a path prefix is kept", async () => {
    const error = await errorOf(service.update({ baseUrl: `${service.url}/gateway/symbl/` }));
    expect(error).toMatchObject({ code: "not_found" });
    expect(service.sandbox.record().requests.map(({ url }) => url)).toEqual([
      `/gateway/symbl/v1/manage/tracker/${ID}`,
    ]);
  });

  it.each([
    "",
    "api.symbl.ai",
    "ftp://api.symbl.ai",
    "http://api.symbl.ai",
    "http://127.0.0.1.example.com",
    "https://",
    "https://user:secret@api.symbl.ai",
    "https://api.symbl.ai?a=b",
    "https://api.symbl.ai#a",
    "https://api.symbl.ai/../v2",
    "https://api.symbl.ai/%2e%2e/v2",
    "https://api.symbl.ai\\@example.com",
    "https://api.symbl.ai:99999",
    "https://1.2.3",
    "https://0x7f.1",
  ])("baseUrl %j is refused", async (baseUrl) => {
    const fetch = vi.fn();
    const error = await errorOf(service.update({ baseUrl, fetch }));
    expect(error).toMatchObject({ code: "invalid_option", message: expect.stringMatching(/^baseUrl /) });
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(["", ".", "..", "a\nb", "a\0", "\x7f", "\x85"])("trackerId %j is refused", async (id) => {
    const { get, delete: remove } = service.client();
    for (const call of [get(id), remove(id), service.update({}, { ...SAMPLE, id })]) {
      expect((await errorOf(call)).code).toMatch(/^invalid_(option|tracker)$/);
    }
    expect(service.sandbox.record().requests).toEqual([]);
  });

  it("trackerId with half a surrogate pair is refused", async () => {
    const error = await errorOf(service.client().get("a\ud800"));
    expect(error).toMatchObject({ code: "invalid_option", message: expect.stringContaining("trackerId") });
    expect(service.sandbox.record().requests).toEqual([]);
  });

  it.each([
    ["a/b", "a%2Fb"],
    ["../trackers", "..%2Ftrackers"],
    ["%2e%2e", "%252e%252e"],
    ["a?b#c;d=e", "a%3Fb%23c%3Bd%3De"],
    ["é 😀", "%C3%A9%20%F0%9F%98%80"],
    ["...", "..."],
  ])("trackerId %j stays one segment of the path", async (id, segment) => {
    await errorOf(service.update({}, { ...SAMPLE, id }));
    await errorOf(service.client().get(id));
    const url = `/v1/manage/tracker/${segment}`;
    expect(service.requests().map((entry) => [entry.url, entry.status])).toEqual([
      [url, 404],
      [url, 404],
    ]);
  });

  it.each(["\r\nx-evil: 1", "\0", "\x7f", "\x80", "\u2603", "\ud800"])(
    "a token with %j is refused before the engine sees it",
    async (odd) => {
      const accessToken = service.leaks.secret(`a-token-with-something-odd${odd}`);
      const calls = [
        service.update({ accessToken }),
        service.update({ accessToken: () => accessToken }),
        service.update({ apiKey: accessToken }),
        service.watch((async () => buildUpdateRequest(ID, SAMPLE, { accessToken }))()),
      ];
      for (const call of calls) {
        const error = await errorOf(call);
        expect(error).toMatchObject({ code: "invalid_option", outcome: "not_applied" });
        expect(service.leaks.places(error)).toEqual([]);
      }
      expect(service.sandbox.record().requests).toEqual([]);
    },
  );
});

describe("11. one call at a time for each service, first come, first served", () => {
  const withPhrase = (phrase: string): Tracker => ({ ...SAMPLE, vocabulary: [phrase] });

  afterEach(() => vi.unstubAllGlobals());

  /** Ten calls at once, the third of which is refused in passing; their phrases in the order of arrival. */
  async function tenAtOnce(options?: Partial<SendOptions>) {
    service.sandbox.changeSettings({ keepBodies: true });
    const phrases = Array.from({ length: 10 }, (_, index) => `phrase ${index}`);
    service.meets({ kind: "delay", ms: 20, times: 2 }, { kind: "status", status: 502 });
    await Promise.all(phrases.map((phrase) => service.update(options, withPhrase(phrase))));
    expect(service.sandbox.record(service.account).maxConcurrent).toEqual({ [service.account]: 1 });
    const arrived = service
      .requests()
      .map(({ body }) => JSON.parse(Buffer.from(body ?? []).toString()).vocabulary[0]);
    expect(arrived).toEqual(phrases.flatMap((phrase, index) => (index === 2 ? [phrase, phrase] : [phrase])));
  }

  it("ten at once arrive one after the other, in order; a turn lasts through retries", () => tenAtOnce());

  it.each<[string, unknown]>([
    ["that cannot be had", { locks: undefined }],
    [
      "that throw, as in a sandboxed frame",
      { locks: { request: () => expect.unreachable("SecurityError") } },
    ],
    ["that reject", { locks: { request: () => Promise.reject(new Error("SecurityError")) } }],
    ["that are not there, nor is navigator", undefined],
  ])("the queue does it alone where there are locks %s", async (_, navigator) => {
    vi.stubGlobal("navigator", navigator);
    await tenAtOnce();
  });

  it("failures, refusals of our own and lateness give the turn on", async () => {
    service.meets({ kind: "status", status: 404 }, { kind: "html" });
    const calls = [
      service.update(),
      service.update(),
      service.update({ accessToken: () => expect.unreachable("no session") }),
      service.update({ accessToken: () => new Promise(() => {}), totalTimeoutMs: 50 }),
      service.update({ accessToken: () => "a\nb" }),
      service.update(),
    ].map((call) =>
      call.then(
        () => "done",
        ({ code }) => code,
      ),
    );
    expect(await Promise.all(calls)).toEqual([
      "not_found",
      "web_page",
      "token_unavailable",
      "total_timeout",
      "invalid_option",
      "done",
    ]);
  });

  it("all methods, and every way to write the address, share one queue", async () => {
    service.meets({ kind: "delay" });
    const controller = new AbortController();
    const held = errorOf(service.update({ signal: controller.signal }));
    await service.arrived(1);
    const others = [
      service.client().list(),
      service.client({ baseUrl: `${service.url}/` }).get(ID),
      service.client({ baseUrl: service.url.replace("http", "HTTP") }).findByName("Sale"),
    ];
    await nextTurn();
    expect(service.requests()).toHaveLength(1);
    controller.abort();
    await held;
    await Promise.all(others);
    expect(service.requests().filter(({ status }) => status === 200)).toHaveLength(3);
  });

  it("another service has a queue of its own", async () => {
    service.meets({ kind: "delay" });
    const controller = new AbortController();
    const held = errorOf(service.update({ signal: controller.signal }));
    await service.arrived(1);
    await service.apart((other) => other.update());
    controller.abort();
    await held;
  });
});

searchForLeaks();
