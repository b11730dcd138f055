// The numbers, defaults and codes that TypeScript has as literals, against constants.json; constants.rs compares that
// with the crate, which decides.

import { readFileSync } from "node:fs";
import { validateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const constants = JSON.parse(read("constants.json"));
const source = (path: string) => read(`../pkg/src/${path}`);

describe("what the package documents is what the crate has", () => {
  it.each(["baseUrl", "timeoutMs", "totalTimeoutMs", "retries", "verify", "maxBodyBytes", "maxIssues"])(
    "the default of %s",
    (name) => {
      const documented = [
        ...source("types.ts").matchAll(new RegExp(`@default (.*)\\n\\s*\\*/\\n\\s*${name}\\?:`, "g")),
      ].map(([, value]) => JSON.parse((value ?? "").replaceAll("_", "")));
      expect(documented.length).toBeGreaterThan(0);
      for (const value of documented) expect(value).toBe(constants.defaults[name]);
    },
  );

  it("the limit of a body, and how many issues are listed", () => {
    const many = { id: "1", name: "a", vocabulary: Array.from({ length: 200 }, () => "") };
    const result = validateTracker(many);
    expect(result).toMatchObject({ ok: false, limit: constants.defaults.maxBodyBytes });
    if (!result.ok) expect(result.issues).toHaveLength(constants.defaults.maxIssues);
    // An option that cannot be used leads to the default.
    expect(validateTracker(many, { maxIssues: -1 })).toMatchObject({
      limit: constants.defaults.maxBodyBytes,
    });
  });

  it("the length of the service's message", () => {
    expect(source("errors/TrackerError.ts")).toContain(`at most ${constants.maxMessageChars} characters`);
  });

  it("from which length on a text is handed over", () => {
    expect(source("draft/handle.ts")).toMatch(/= 2 \*\* 16;/);
    expect(constants.handedOverBytes).toBe(2 ** 16);
  });

  it.each(Object.keys(constants.codes))("the codes of %s", (name) => {
    const text = source(`errors/${name}.ts`);
    const declared =
      name === "TrackerError"
        ? text.match(/Of this class itself: (.*)\. \*\//)?.[1]?.matchAll(/`(\w+)`/g)
        : text.match(/declare readonly code:([^;]*);/)?.[1]?.matchAll(/"(\w+)"/g);
    const codes = [...(declared ?? [])].map(([, code]) => code).sort();
    // Where the module itself cannot run, it decides nothing.
    const expected = name === "TrackerError" ? ["unsupported_environment"] : [];
    expect(codes).toEqual([...constants.codes[name], ...expected].sort());
  });
});
