import { duplicates } from "./duplicates.mjs";
import { ready } from "./ready.mjs";

const text = { type: "string" };

export const schema = {
  type: "object",
  properties: { id: text, name: text, vocabulary: { type: "array", items: text } },
  required: ["id", "name", "vocabulary"],
  additionalProperties: false,
};

/**
 * Duplicates are found outside the schema: Ajv's own `uniqueItems` names one pair only.
 *
 * @param {import("ajv").ValidateFunction} valid
 * @returns {ReturnType<import("./contestant.d.ts").Create>}
 */
export const judge = (valid) => (value) => {
  if (!valid(value)) {
    return { bytes: 0, issues: (valid.errors ?? []).map(({ instancePath }) => `${instancePath} type`) };
  }
  const { vocabulary } = /** @type {{ vocabulary: string[] }} */ (value);
  const issues = duplicates(vocabulary).map(([index, first]) => `/vocabulary/${index} duplicate ${first}`);
  return { bytes: issues.length === 0 ? ready(value) : 0, issues };
};
