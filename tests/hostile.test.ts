// The hostile values in Node: the result for each, and that it is the sandbox's result for JSON.stringify(value).

import { createContext, runInContext } from "node:vm";
import { validateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { compile, readJson, UPDATE } from "../www/sandbox/schema.mjs";
import { hostile, wrongResults } from "./hostile/index.mjs";

const realm = runInContext("globalThis", createContext({}));
const isValid = compile(UPDATE);

describe("a hostile value gives the right result, and the next call works", () => {
  for (const one of hostile) {
    it(one.name, () => expect(wrongResults(one, validateTracker, realm)).toEqual([]));
  }
});

describe("the result is that for JSON.stringify(value)", () => {
  for (const { name, make, endless, options } of hostile) {
    if (endless || options) continue;
    it(name, () => {
      const result = validateTracker(make(realm));
      let json: string;
      try {
        json = JSON.stringify(make(realm)) ?? "null";
      } catch {
        expect(result).toMatchObject({ ok: false, issues: [{ code: "unreadable" }] });
        return;
      }
      const bytes = Buffer.from(json);
      const accepted = bytes.length <= 1_048_576 && isValid(readJson(bytes));
      expect(result).toMatchObject({ ok: accepted, bytes: bytes.length });
    });
  }
});
