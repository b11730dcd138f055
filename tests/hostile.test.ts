// The hostile values in Node: what is said of each, and that it is what the sandbox's own judge says of
// JSON.stringify(value).

import { createContext, runInContext } from "node:vm";
import { validateTracker } from "symbl-tracker";
import { describe, expect, it } from "vitest";
import { compile, readJson, UPDATE } from "../www/sandbox/schema.mjs";
import { hostile, misjudged } from "./hostile/index.mjs";

const realm = runInContext("globalThis", createContext({}));
const accepts = compile(UPDATE);

describe("a hostile value is judged right, and the next call works", () => {
  for (const one of hostile) {
    it(one.name, () => expect(misjudged(one, validateTracker, realm)).toEqual([]));
  }
});

describe("the verdict is that on JSON.stringify(value)", () => {
  for (const { name, make, endless, options } of hostile) {
    if (endless || options) continue;
    it(name, () => {
      const verdict = validateTracker(make(realm));
      let json: string;
      try {
        json = JSON.stringify(make(realm)) ?? "null";
      } catch {
        expect(verdict).toMatchObject({ ok: false, issues: [{ code: "unreadable" }] });
        return;
      }
      const bytes = Buffer.from(json);
      const accepted = bytes.length <= 1_048_576 && accepts(readJson(bytes));
      expect(verdict).toMatchObject({ ok: accepted, bytes: bytes.length });
    });
  }
});
