// Every error of the package has a sentence for people who edit trackers.

import { readFile } from "node:fs/promises";
import { NetworkError, RejectedError, TimeoutError, TrackerError } from "symbl-tracker";
import { describe, expect, test } from "vitest";
import { reason, SENTENCES } from "../../www/words/errors.js";

/** The codes that Rust defines, and those of errors that are only made in TypeScript. */
async function allCodes(): Promise<string[]> {
  const rust = await readFile(new URL("../../src/call/failure.rs", import.meta.url), "utf8");
  const codes = [...rust.matchAll(/^ {4}[A-Z_]+: "\w+Error", "([a-z_]+)",/gm)].map(([, code]) => code ?? "");
  expect(codes.length).toBeGreaterThan(30);
  const folder = new URL("../../pkg/src/errors/", import.meta.url);
  for (const name of ["InvalidTrackerError", "unsupported"]) {
    const source = await readFile(new URL(`${name}.ts`, folder), "utf8");
    codes.push(...[...source.matchAll(/code: "([a-z_]+)"/g)].map(([, code]) => code ?? ""));
  }
  return [...new Set(codes)].sort();
}

const fields = { outcome: "not_applied" as const, resolution: "", attempts: [] };

describe("the sentences about errors", () => {
  test("there is one for each code", async () => {
    expect(Object.keys(SENTENCES).sort()).toEqual(await allCodes());
  });

  test("they are sentences, and have no words of programmers", () => {
    for (const { what, next } of Object.values(SENTENCES)) {
      expect(`${what} ${next}`).not.toMatch(
        /baseUrl|CORS|Error\b|milliseconds|\bms\b|HTTP|JSON|wasm|fetch|token|null|undefined|\(\d{3}\)|\//i,
      );
      expect(what).toMatch(/^[A-Z].*\.$/);
      expect(next).toMatch(/^[A-Z].*\.$/);
    }
  });

  test.each([
    [
      new RejectedError("", { ...fields, code: "bad_request", serverMessage: "At most 10 phrases." }),
      "The service did not accept the tracker. It says: “At most 10 phrases.” Change what it names, then send it again.",
    ],
    [
      new RejectedError("", { ...fields, code: "bad_request", serverMessage: "body/name must be string" }),
      "The service did not accept the tracker. Change what it names, then send it again.",
    ],
    [
      new RejectedError("", { ...fields, code: "bad_request", serverMessage: "/name must be string" }),
      "The service did not accept the tracker. Change what it names, then send it again.",
    ],
    [
      new TimeoutError("", { ...fields, code: "total_timeout" }),
      "Another tab of this dashboard kept the service busy. Wait until it is done there, then try again.",
    ],
    [
      new NetworkError("", { ...fields, code: "connection_lost", outcome: "unknown" }),
      "The connection to the service failed.",
    ],
    [
      new TrackerError("", {
        ...fields,
        code: "token_unavailable",
        cause: new Error("Your session has ended."),
      }),
      "Your session has ended.",
    ],
    [new Error("Something else."), "Something else."],
  ])("%o", (error, sentence) => {
    expect(reason(error)).toBe(sentence);
  });
});
