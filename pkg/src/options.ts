/** Reads each option of the caller's once, and says which one is wrong. */
import type { ValidateOptions } from "./types.js";

/** The rules' options, complete. */
export interface Rules {
  create: boolean;
  trackerId: string | undefined;
  maxBodyBytes: number;
  maxIssues: number;
}

const DEFAULTS: Rules = { create: false, trackerId: undefined, maxBodyBytes: 1_048_576, maxIssues: 100 };

/** @throws {TypeError} naming the option that is wrong */
export function readRules(options: ValidateOptions | undefined): Rules {
  if (options === undefined) return DEFAULTS;
  if (typeof options !== "object" || options === null) throw wrong("options", "an object");
  const { for: operation = "update", trackerId, maxBodyBytes = 1_048_576, maxIssues = 100 } = options;
  if (operation !== "update" && operation !== "create") throw wrong("for", '"update" or "create"');
  if (trackerId !== undefined && (typeof trackerId !== "string" || /\p{Surrogate}/u.test(trackerId))) {
    throw wrong("trackerId", "a well-formed string");
  }
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 0 || maxBodyBytes > 2 ** 30) {
    throw wrong("maxBodyBytes", "a whole number from 0 to 2³⁰");
  }
  if (maxIssues !== Infinity && (!Number.isInteger(maxIssues) || maxIssues < 0)) {
    throw wrong("maxIssues", "a whole number from 0 on, or Infinity");
  }
  return {
    create: operation === "create",
    trackerId,
    maxBodyBytes,
    maxIssues: Math.min(maxIssues, 2 ** 32 - 1),
  };
}

function wrong(option: string, expected: string): TypeError {
  return new TypeError(`the option ${option} must be ${expected}`);
}
