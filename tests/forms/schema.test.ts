// `trackerSchema` and `newTrackerSchema` as the two standards define them.

import { readFileSync } from "node:fs";
import type { StandardJSONSchemaV1, StandardSchemaV1 } from "@standard-schema/spec";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import {
  type NewTracker,
  newTrackerSchema,
  type Tracker,
  TrackerDraft,
  trackerSchema,
  validateTracker,
} from "symbl-tracker";
import { describe, expect, it } from "vitest";

interface Case {
  name: string;
  value?: unknown;
  options?: { for?: "create" };
  issues: { code: string }[];
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../cases.json", import.meta.url), "utf8")).filter(
  ({ options = {}, ...one }: Case) =>
    "value" in one && Object.keys(options).every((option) => option === "for"),
);
const schemaFor = ({ options }: Case) => (options?.for === "create" ? newTrackerSchema : trackerSchema);

const tracker = { id: "42", name: "Sale", vocabulary: ["on sale"] };
const duplicates = (count: number) => ({ ...tracker, vocabulary: Array<string>(count + 1).fill("a") });

it("has the types of the standards", () => {
  const update: StandardSchemaV1<Tracker> & StandardJSONSchemaV1<Tracker> = trackerSchema;
  const create: StandardSchemaV1<NewTracker> & StandardJSONSchemaV1<NewTracker> = newTrackerSchema;
  const inferred: StandardSchemaV1.InferOutput<typeof trackerSchema> = tracker;
  for (const schema of [update, create]) {
    expect(typeof schema).toBe("object");
    expect(Object.keys(schema)).toEqual(["~standard"]);
    expect(schema["~standard"]).toMatchObject({ version: 1, vendor: "symbl-tracker" });
  }
  expect(inferred).toBe(tracker);
});

describe("validate", () => {
  it.each(cases)("$name", (one) => {
    const result = schemaFor(one)["~standard"].validate(one.value);
    const expected = validateTracker(one.value, one.options);
    if (expected.ok) expect(result).toStrictEqual({ value: one.value });
    else expect(result).toStrictEqual({ issues: expected.issues });
  });

  it("gives what is sent, as a new object", () => {
    const value = {
      ...tracker,
      name: { toJSON: () => "Sale" },
      vocabulary: Object.freeze(["\ufeffé", "😀"]),
    };
    const result = trackerSchema["~standard"].validate(value);
    expect(result).toStrictEqual({ value: JSON.parse(JSON.stringify(value)) });
    expect(trackerSchema["~standard"].validate(tracker)).not.toHaveProperty(
      "value",
      expect.toSatisfy((it) => it === tracker),
    );
  });

  it("takes a draft", () => {
    const draft = new TrackerDraft(tracker);
    expect(trackerSchema["~standard"].validate(draft)).toStrictEqual({ value: tracker });
    draft.dispose();
  });

  it("gives issues that are new, and the caller's to change", () => {
    const validate = () => trackerSchema["~standard"].validate(duplicates(1)).issues ?? [];
    const [issue] = validate();
    expect(validate()[0]).not.toBe(issue);
    expect(Object.isFrozen(issue)).toBe(false);
  });

  it.each([
    [100, 100, undefined],
    [101, 101, "… and 1 more issue."],
    [10_000, 101, "… and 9,900 more issues."],
  ])("lists 100 of %i issues and counts the others", (count, length, message) => {
    const issues = trackerSchema["~standard"].validate(duplicates(count)).issues ?? [];
    expect(issues).toHaveLength(length);
    if (message === undefined) return;
    const params = { count: count - 100 };
    expect(issues.at(-1)).toStrictEqual({ code: "more_issues", path: [], pointer: "", message, params });
  });

  it("never throws", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(trackerSchema["~standard"].validate(proxy)).toMatchObject({ issues: [{ code: "unreadable" }] });
  });
});

describe("jsonSchema", () => {
  const { jsonSchema } = trackerSchema["~standard"];
  /** Rules that a JSON Schema cannot express. */
  const beyond = ["lone_surrogate", "too_large", "unreadable"];

  it.each([
    ["draft-2020-12", () => new Ajv2020(), "https://json-schema.org/draft/2020-12/schema"],
    ["draft-07", () => new Ajv(), "http://json-schema.org/draft-07/schema#"],
    ["openapi-3.0", () => new Ajv(), undefined],
  ])("%s agrees with validateTracker", (target, ajv, dialect) => {
    for (const schema of [trackerSchema, newTrackerSchema]) {
      const { input, output } = schema["~standard"].jsonSchema;
      expect(input({ target })).toEqual(output({ target }));
      const { $schema, description } = input({ target });
      expect($schema).toBe(dialect);
      expect(description).toContain("1048576 bytes");
    }
    const validators = new Map(
      [trackerSchema, newTrackerSchema].map((schema) => [
        schema,
        ajv().compile(schema["~standard"].jsonSchema.input({ target })),
      ]),
    );
    for (const one of cases.filter(({ issues }) => !issues.some(({ code }) => beyond.includes(code)))) {
      expect(validators.get(schemaFor(one))?.(one.value ?? null), one.name).toBe(one.issues.length === 0);
    }
  });

  it("takes for blank what validateTracker does, of all characters", () => {
    const { properties } = jsonSchema.input({ target: "draft-07" }) as {
      properties: { name: { pattern: string } };
    };
    const patterns = ["", "u", "v"].map((flags) => new RegExp(properties.name.pattern, flags));
    for (let unit = 0; unit < 0x10000; unit++) {
      const name = String.fromCharCode(unit);
      if (/\p{Surrogate}/u.test(name)) continue;
      const { ok } = validateTracker({ ...tracker, name });
      for (const pattern of patterns) {
        if (pattern.test(name) !== ok)
          expect.fail(`U+${unit.toString(16)} with ${pattern.flags || "no flag"}`);
      }
    }
  });

  it("throws on another target", () => {
    expect(() => jsonSchema.input({ target: "draft-04" })).toThrow(RangeError);
    expect(() => jsonSchema.input({ target: "toString" })).toThrow(RangeError);
  });
});
