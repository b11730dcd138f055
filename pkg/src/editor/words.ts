/** Issues and advice as sentences for people who edit trackers: rows count from 1, and there are no codes. */
import type { Advice, Issue } from "../types.js";
import type { MessageKey, Messages, Params } from "./messages.js";
import { english } from "./translations/en.js";

export function issueWords(messages: Messages, issue: Issue): string {
  const { code, path } = issue;
  switch (code) {
    case "blank":
      return messages.text(path[0] === "vocabulary" ? "issue.blank" : "issue.name");
    case "duplicate":
      return messages.text("issue.duplicate", { phrase: issue.params.first + 1 });
    case "too_large":
      return messages.text("issue.too_large", { count: issue.params.bytes - issue.params.limit });
    case "type":
      return messages.text("issue.type", { place: placeWords(messages, issue), ...issue.params });
    default:
      return messages.text(`issue.${code}`, issue.params as Params);
  }
}

export function adviceWords(messages: Messages, advice: Advice): string {
  const key = `advice.${advice.code}`;
  // A kind that a later version of the rules knows.
  if (!Object.hasOwn(english, key)) return advice.message;
  const params: Params = { ...(advice.params as Params) };
  if (advice.code === "near_duplicate") params.phrase = advice.params.first + 1;
  return messages.text(key as MessageKey, params);
}

/** Where an issue or advice is. */
export function placeWords(messages: Messages, { path: [field, index] }: Issue | Advice): string {
  if (typeof index === "number") return messages.text("phrase", { phrase: index + 1 });
  if (field === "vocabulary") return messages.text("phrases");
  return messages.text(field === "name" ? "name" : "editor");
}
