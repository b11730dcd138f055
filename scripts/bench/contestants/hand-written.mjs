/** The best JavaScript that we know how to write for this job and no other. */
import { ready } from "./ready.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => (value) => {
  /** @type {string[]} */
  const issues = [];
  if (typeof value !== "object" || value === null) return { bytes: 0, issues: [" type"] };
  for (const key of Object.keys(value)) {
    if (key !== "id" && key !== "name" && key !== "vocabulary") issues.push("unknown_key");
  }
  const { id, name, vocabulary } = /** @type {Record<string, unknown>} */ (value);
  if (typeof id !== "string") issues.push("/id type");
  else if (blank(id)) issues.push("/id blank");
  if (typeof name !== "string") issues.push("/name type");
  else if (blank(name)) issues.push("/name blank");
  if (!Array.isArray(vocabulary)) issues.push("/vocabulary type");
  else {
    const seen = new Set();
    for (let index = 0; index < vocabulary.length; index++) {
      const phrase = vocabulary[index];
      if (typeof phrase !== "string") issues.push(`/vocabulary/${index} type`);
      else if (blank(phrase)) issues.push(`/vocabulary/${index} blank`);
      else {
        // `add` alone: asking `has` first would look every phrase up twice.
        const { size } = seen;
        seen.add(phrase);
        if (seen.size === size) {
          issues.push(`/vocabulary/${index} duplicate ${vocabulary.indexOf(phrase)}`);
        }
      }
    }
  }
  return { bytes: issues.length === 0 ? ready(value) : 0, issues };
};

/** @param {string} text */
function blank(text) {
  // Nearly every phrase begins with a letter, and then needs no pattern.
  return !(text.charCodeAt(0) > 0x20 && text.charCodeAt(0) < 0x7f) && !/\S/.test(text);
}
