// The search for tokens that ends the other files finds one wherever it is planted.

import { expect, it, vi } from "vitest";
import { Leaks, overhear } from "../common/leaks.js";
import { SAMPLE, useService } from "../common/service.js";

const service = useService();

const TOKEN = "Zq3-planted_token.9f8e7d6c5b4a";

class Inherited {
  get detail() {
    return { deep: [`Bearer ${TOKEN}`] };
  }
}

it.each<[string, () => unknown]>([
  ["a text", () => `Bearer ${TOKEN}`],
  ["an event", () => ({ type: "start", url: `http://127.0.0.1/?token=${TOKEN}` })],
  ["a message", () => new Error(`Headers.set: "Bearer ${TOKEN}" is invalid`)],
  ["a stack", () => Object.assign(new Error("no"), { stack: `at ${TOKEN}` })],
  ["a name", () => Object.assign(new Error("no"), { name: TOKEN })],
  ["the cause of a cause", () => new Error("1", { cause: new Error("2", { cause: TOKEN }) })],
  ["an error among several", () => new AggregateError([new Error(TOKEN)])],
  ["a field of an error", () => Object.assign(new Error("no"), { attempts: [{ fault: TOKEN }] })],
  ["a field that cannot be listed", () => Object.defineProperty(new Error("no"), "x", { value: TOKEN })],
  ["a field with a symbol", () => ({ [Symbol("x")]: TOKEN })],
  ["a key", () => ({ [TOKEN]: 1 })],
  ["a getter that is inherited", () => new Inherited()],
  ["JSON alone", () => ({ toJSON: () => TOKEN })],
  ["text alone", () => ({ toString: () => TOKEN })],
  ["headers", () => new Headers({ "x-note": TOKEN })],
  ["a map", () => new Map([["x", new Set([TOKEN])]])],
  ["bytes", () => new TextEncoder().encode(TOKEN)],
  ["a circle", () => Object.assign([TOKEN] as unknown[], { self: [] })],
  ["its first half alone", () => new Error(TOKEN.slice(0, 16))],
  ["its end alone", () => new Error(`…${TOKEN.slice(10)}`)],
])("in %s", (_, plant) => {
  const leaks = new Leaks();
  leaks.secret(TOKEN);
  leaks.keep("something else", new Error("nothing to see"));
  expect(leaks.found()).toEqual([]);
  leaks.keep("here", plant());
  expect(leaks.found().some((place) => place.startsWith("here"))).toBe(true);
});

it.each(["log", "info", "warn", "error", "debug", "dir", "trace"] as const)("in console.%s", (name) => {
  const leaks = new Leaks();
  leaks.secret(TOKEN);
  const printed = vi.spyOn(console, name).mockImplementation(() => {});
  const silence = overhear(leaks);
  console[name]({ authorization: TOKEN });
  silence();
  expect(leaks.found()).toContain(`console.${name}.0.authorization`);
  expect(printed).toHaveBeenCalledWith({ authorization: TOKEN });
  console[name]("not any more");
  expect(leaks.count).toBe(1);
  printed.mockRestore();
});

it("in what the tests themselves keep: an event, a result, an error, a URL, a header", async () => {
  const leaks = service.leaks;
  const before = leaks.found();
  expect(before).toEqual([]);
  leaks.secret("Mq8-phrase-that-is-secret-here");
  await service.update({}, { ...SAMPLE, vocabulary: ["Mq8-phrase-that-is-secret-here"] });
  expect(leaks.found()).toContain("a result.tracker.vocabulary.0");

  leaks.secret("Rt5.the-service-s-own-words");
  service.meets({ kind: "status", status: 400, message: "Rt5.the-service-s-own-words" });
  await service.update().catch(() => {});
  expect(leaks.found()).toContain("an error.serverMessage");

  leaks.secret("Vw2-a-trackers-id");
  await service
    .client()
    .get("Vw2-a-trackers-id")
    .catch(() => {});
  await fetch(`${service.url}/v1/manage/trackers`, { headers: { "x-note": service.token } });
  await service.reset();
  expect(leaks.found()).toEqual(
    expect.arrayContaining(["a URL or header that arrived.0", "a URL or header that arrived.1.x-note"]),
  );
});
