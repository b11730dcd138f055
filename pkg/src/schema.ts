/**
 * Standard Schema and Standard JSON Schema, version 1: `@standard-schema/spec` 1.1.0. Its types are repeated here, so
 * that the package depends on nothing.
 *
 * What libraries do with a schema decides some details. Issues are new objects, not frozen, because some libraries
 * change them. A failure has no `value` key, because some test for that key. The schemas have no `parse`, `assert`,
 * `create` or `validateSync`, because some call those first.
 */
import { INVISIBLE } from "./invisible.js";
import { DEFAULTS } from "./options.js";
import type { Issue, NewTracker, Tracker } from "./types.js";
import { validate, validatedBytes } from "./validate.js";
import { decode } from "./wasm/output.js";

/** Listed last where a value has more issues than are listed. */
export interface MoreIssues {
  /** Tells it from an {@link Issue}; stable. */
  code: "more_issues";
  /** Empty: it is about the tracker as a whole. */
  path: (string | number)[];
  /** The same as a JSON Pointer (RFC 6901). */
  pointer: string;
  /** One English sentence, for people; its wording may change. */
  message: string;
  /** How many issues are not listed. */
  params: { count: number };
}

/** What a {@link TrackerSchema} finds: an {@link Issue} as `validateTracker` gives it, or how many more there are. */
export type SchemaIssue = Issue | MoreIssues;

/** What `validate` of a {@link TrackerSchema} returns. */
export type SchemaResult<T> =
  /** The tracker is valid. `value` is a copy: what `JSON.parse(JSON.stringify(tracker))` gives. */
  | { readonly value: T; readonly issues?: undefined }
  /** It is not. The issues are in the order of the document, `too_large` first: at most 100, and one that counts the rest. */
  | { readonly issues: readonly SchemaIssue[] };

/** Options of the JSON Schema. */
export interface JsonSchemaOptions {
  /** `"draft-2020-12"`, `"draft-07"` or `"openapi-3.0"`. */
  readonly target: "draft-2020-12" | "draft-07" | "openapi-3.0" | ({} & string);
  /** Not used. */
  readonly libraryOptions?: Record<string, unknown> | undefined;
}

/** A Standard Schema and Standard JSON Schema, version 1. */
export interface TrackerSchema<T> {
  /** What libraries read. Applications pass the schema to a library, or call {@link validateTracker}. */
  readonly "~standard": {
    /** The version of Standard Schema. */
    readonly version: 1;
    /** `"symbl-tracker"`. */
    readonly vendor: string;
    /** For the compiler alone. */
    readonly types?: { readonly input: T; readonly output: T } | undefined;
    /** Validates synchronously, and never throws. */
    readonly validate: (
      value: unknown,
      options?: { readonly libraryOptions?: Record<string, unknown> | undefined } | undefined,
    ) => SchemaResult<T>;
    /**
     * The rules as a JSON Schema, without those that it cannot express.
     * Both functions throw a `RangeError` on a target that is not supported.
     */
    readonly jsonSchema: {
      readonly input: (options: JsonSchemaOptions) => Record<string, unknown>;
      readonly output: (options: JsonSchemaOptions) => Record<string, unknown>;
    };
  };
}

/**
 * The rules for an update, as a Standard Schema: for form libraries, routers and whatever else takes one.
 *
 * @example
 * useForm({ resolver: standardSchemaResolver(trackerSchema) });
 */
export const trackerSchema: TrackerSchema<Tracker> = /* @__PURE__ */ schemaOf(false);

/**
 * The rules for a creation, as a Standard Schema. The tracker has no `id`.
 *
 * @example
 * useForm({ resolver: standardSchemaResolver(newTrackerSchema) });
 */
export const newTrackerSchema: TrackerSchema<NewTracker> = /* @__PURE__ */ schemaOf(true);

function schemaOf<T>(create: boolean): TrackerSchema<T> {
  // No more issues than by default: form libraries take quadratic time, one of them two minutes for 10,000.
  const rules = { ...DEFAULTS, create };
  const toJsonSchema = ({ target }: JsonSchemaOptions) => jsonSchemaOf(create, target);
  return {
    "~standard": {
      version: 1,
      vendor: "symbl-tracker",
      validate(value) {
        const result = validate(value, rules);
        if (!result.ok) return { issues: [...result.issues, ...moreIssues(result.issueCount)] };
        const { bytes } = result;
        // The bytes that were validated are what would be sent.
        return { value: JSON.parse(decode(validatedBytes(bytes))) };
      },
      jsonSchema: { input: toJsonSchema, output: toJsonSchema },
    },
  };
}

function moreIssues(issueCount: number): MoreIssues[] {
  const count = issueCount - DEFAULTS.maxIssues;
  if (count <= 0) return [];
  const message = `… and ${count.toLocaleString("en")} more ${count === 1 ? "issue" : "issues"}.`;
  return [{ code: "more_issues", path: [], pointer: "", message, params: { count } }];
}

const DIALECTS: Record<string, Record<string, unknown>> = {
  "draft-2020-12": { $schema: "https://json-schema.org/draft/2020-12/schema" },
  "draft-07": { $schema: "http://json-schema.org/draft-07/schema#" },
  // A part of an OpenAPI document does not name its dialect.
  "openapi-3.0": {},
};

function jsonSchemaOf(create: boolean, target: string): Record<string, unknown> {
  if (!Object.hasOwn(DIALECTS, target)) {
    throw new RangeError(
      `no JSON Schema for the target "${target}"; there is ${Object.keys(DIALECTS).join(", ")}`,
    );
  }
  const text = (description: string) => ({ type: "string", description, pattern: `[^${INVISIBLE}]` });
  const properties = {
    ...(!create && { id: text("Assigned by the service.") }),
    name: text('Unique within the account, case-sensitive: "Sale" and "sale" are two trackers.'),
    vocabulary: {
      type: "array",
      description: "Phrases and keywords, each once.",
      items: text("A phrase or keyword with a character that can be seen."),
      uniqueItems: true,
    },
  };
  return {
    ...DIALECTS[target],
    type: "object",
    description:
      `A tracker. Its JSON has at most ${DEFAULTS.maxBodyBytes} bytes in UTF-8 ` +
      "and its texts are well-formed Unicode: JSON Schema cannot express either rule.",
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
