import { duplicates } from "./duplicates.mjs";
import { encodeBody } from "./encode-body.mjs";

const text = { type: "string" };

export const schema = {
  type: "object",
  properties: { id: text, name: text, vocabulary: { type: "array", items: text } },
  required: ["id", "name", "vocabulary"],
  additionalProperties: false,
};

/**
 * Finds duplicates outside the schema, because Ajv's `uniqueItems` reports only one pair.
 *
 * @param {import("ajv").ValidateFunction} valid
 * @returns {ReturnType<import("./contestant.d.ts").Create>}
 */
export const createValidator = (valid) => (value) => {
  if (!valid(value)) {
    return { bytes: 0, issues: (valid.errors ?? []).map(({ instancePath }) => `${instancePath} type`) };
  }
  const { vocabulary } = /** @type {{ vocabulary: string[] }} */ (value);
  const issues = duplicates(vocabulary).map(([index, first]) => `/vocabulary/${index} duplicate ${first}`);
  return { bytes: issues.length === 0 ? encodeBody(value) : 0, issues };
};
