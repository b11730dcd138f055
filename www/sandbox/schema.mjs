// The validator: which request bodies the API accepts. It is written from the contract alone and shares no code
// with the crate, because differential tests compare the two.
//
// Two steps. `readJson` refuses what JSON.parse would let through or repair in silence (bytes that are no
// UTF-8, a repeated key); the JSON schemas check the value. Fastify's own parser is not used: it
// treats `__proto__` and `constructor` keys in its own way before a schema sees them.

import { Ajv } from "ajv";
import { Refusal } from "./refusal.mjs";

/** @import { AnySchema, ErrorObject, ValidateFunction } from "ajv" */

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Parses a request body. An empty one is `undefined`, so that DELETE may declare a type and send nothing.
 *
 * @param {Uint8Array} bytes
 * @returns {unknown}
 * @throws {Refusal} 400 where the bytes are not UTF-8, not JSON, or an object in them repeats a key
 */
export function readJson(bytes) {
  if (bytes.byteLength === 0) return undefined;
  let text;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new Refusal(400, "The body is not valid UTF-8.");
  }
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // The engine's message quotes the body; only the position is taken from it.
    const where = /position \d+/.exec(String(error))?.[0];
    throw new Refusal(400, `The body is not valid JSON${where ? ` (at ${where})` : ""}.`);
  }
  const repeated = repeatedKey(text);
  if (repeated !== null)
    throw new Refusal(400, `The body has the key ${quote(repeated)} twice in one object.`);
  return value;
}

/**
 * The first key that an object of a valid JSON text repeats. JSON.parse keeps the last of them and does not
 * tell. Iterative, so that a text of nothing but `{"":` a million times costs memory, not the stack.
 *
 * @param {string} text valid JSON
 * @returns {string | null}
 */
function repeatedKey(text) {
  /** @type {(Set<string> | null)[]} one entry for each open bracket: the keys so far, or null in an array */
  const open = [];
  let keyNext = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "{") {
      open.push(new Set());
      keyNext = true;
    } else if (char === "[") {
      open.push(null);
      keyNext = false;
    } else if (char === "}" || char === "]") {
      open.pop();
    } else if (char === ",") {
      keyNext = open.at(-1) instanceof Set;
    } else if (char === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keyNext && keys) {
        /** @type {string} */
        const key = JSON.parse(text.slice(at, end));
        if (keys.has(key)) return key;
        keys.add(key);
        keyNext = false;
      }
      at = end - 1;
    }
  }
  return null;
}

/**
 * @param {string} text valid JSON
 * @param {number} start where the opening quote stands
 * @returns {number} the index after the closing quote
 */
function endOfString(text, start) {
  for (let at = start + 1; ; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
}

// White space and what takes no visible room: soft hyphen, joiners, direction marks, fillers, variation
// selectors, the byte order mark.
const BLANK = [
  "\\p{White_Space}\\u{AD}\\u{34F}\\u{61C}\\u{115F}\\u{1160}\\u{17B4}\\u{17B5}\\u{180B}-\\u{180F}\\u{200B}-\\u{200F}",
  "\\u{202A}-\\u{202E}\\u{2060}-\\u{206F}\\u{2800}\\u{3164}\\u{FE00}-\\u{FE0F}\\u{FEFF}\\u{FFA0}",
].join("");

/** With the `u` flag, a surrogate that is half of a pair does not match. */
const LONE_SURROGATE = /\p{Cs}/u;

/** Text that means something and that UTF-8 can carry. */
const TEXT = { type: "string", pattern: `[^${BLANK}]`, wellFormed: true };

const NAME_AND_VOCABULARY = {
  name: TEXT,
  vocabulary: { type: "array", items: TEXT, distinct: true },
};

/** The body of PUT /v1/manage/tracker/:id. That `id` is the id of the path is for the route to say. */
export const UPDATE = {
  type: "object",
  required: ["id", "name", "vocabulary"],
  properties: { id: TEXT, ...NAME_AND_VOCABULARY },
  additionalProperties: false,
};

/** The body of POST /v1/manage/tracker. */
export const CREATE = {
  type: "object",
  required: ["name", "vocabulary"],
  properties: NAME_AND_VOCABULARY,
  additionalProperties: false,
};

/** The body of POST /v1/manage/trackers. */
export const CREATE_MANY = { type: "array", items: CREATE };

/** The body of POST /oauth2/token:generate. */
export const TOKEN = {
  type: "object",
  required: ["type", "appId", "appSecret"],
  properties: { type: { const: "application" }, appId: TEXT, appSecret: { type: "string" } },
};

// Ajv neither coerces nor removes unless told to. It stops at the first error: 250,000 wrong phrases
// should not make 250,000 messages.
const ajv = new Ajv();

// Not a `pattern` of what is allowed throughout: over a megabyte that would exhaust the engine's stack.
ajv.addKeyword({
  keyword: "wellFormed",
  type: "string",
  schemaType: "boolean",
  validate: (/** @type {boolean} */ _schema, /** @type {string} */ text) => !LONE_SURROGATE.test(text),
});

// `uniqueItems` compares every pair once the items carry more than a bare type: hours at 250,000 phrases.
ajv.addKeyword({
  keyword: "distinct",
  type: "array",
  schemaType: "boolean",
  errors: true,
  compile() {
    /** @type {{ (items: unknown[]): boolean, errors?: Partial<ErrorObject>[] }} */
    const distinct = (items) => {
      /** @type {Map<unknown, number>} */
      const seen = new Map();
      for (const [index, item] of items.entries()) {
        const first = seen.get(item);
        if (first !== undefined) {
          distinct.errors = [{ keyword: "distinct", params: { index, first } }];
          return false;
        }
        seen.set(item, index);
      }
      return true;
    };
    return distinct;
  },
});

/**
 * @param {AnySchema} schema
 * @returns {ValidateFunction}
 */
export function compile(schema) {
  return ajv.compile(schema);
}

/**
 * Makes a function that lets a value of this schema through and refuses any other.
 *
 * @template T
 * @param {AnySchema} schema
 * @returns {(value: unknown) => T}
 */
export function requiring(schema) {
  const validate = compile(schema);
  return (value) => {
    if (validate(value)) return /** @type {T} */ (value);
    throw new Refusal(400, sentence(validate.errors ?? []));
  };
}

/**
 * What is wrong, and where, in one sentence; the place is a JSON pointer.
 *
 * @param {readonly Pick<ErrorObject, "keyword" | "instancePath" | "params" | "message">[]} errors as Ajv reports them
 * @returns {string}
 */
export function sentence(errors) {
  const error = errors[0];
  if (!error) return "The body is not valid.";
  const { keyword, instancePath, params } = error;
  const where = instancePath === "" ? "The body" : instancePath;
  switch (keyword) {
    case "type":
      return `${where} must be of type ${params.type}.`;
    case "required":
      return `${where} lacks the key ${quote(String(params.missingProperty))}.`;
    case "additionalProperties":
      return `${where} must not have the key ${quote(String(params.additionalProperty))}.`;
    case "pattern":
      return `${where} must not be blank.`;
    case "wellFormed":
      return `${where} holds a lone surrogate, which UTF-8 cannot carry.`;
    case "distinct":
      return `${where}/${params.index} repeats ${where}/${params.first}.`;
    default:
      return `${where} ${error.message}.`;
  }
}

/**
 * A key as JSON, cut to a length that fits a sentence.
 *
 * @param {string} key
 * @returns {string}
 */
function quote(key) {
  return JSON.stringify(key.length > 60 ? `${key.slice(0, 60)}…` : key);
}
