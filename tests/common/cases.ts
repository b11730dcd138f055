// The cases of cases.json, with the tracker, the body and the expected result of each.

import { readFileSync } from "node:fs";
import type { Issue, ValidateOptions, ValidationResult } from "symbl-tracker";

/** A tracker or a text, with the expected issues. */
export interface Case {
  name: string;
  options?: ValidateOptions;
  value?: unknown;
  /** Replaces `value`: a text that `JSON.stringify` would not produce. */
  body?: string;
  /** Extends the name with this character until the body has `toBytes` bytes. */
  pad?: { with: string; toBytes: number };
  /** The length of the body in bytes, if the case is about it. */
  bytes?: number;
  issues: Omit<Issue, "pointer">[];
  /** The number of issues, if not all of them are listed. */
  issueCount?: number;
}

export const cases: Case[] = JSON.parse(readFileSync(new URL("../cases.json", import.meta.url), "utf8"));

/** The tracker of a case. */
export function trackerOf({ value, pad }: Case): unknown {
  if (!pad) return value;
  const tracker = value as { name: string };
  const one = Buffer.byteLength(JSON.stringify(pad.with)) - 2;
  const room = pad.toBytes - Buffer.byteLength(JSON.stringify(value));
  const padding = pad.with.repeat(room / one) + "x".repeat(room % one);
  return { ...tracker, name: padding + tracker.name };
}

/** The request body of a case. */
export function bodyOf(one: Case): string {
  return one.body ?? JSON.stringify(trackerOf(one));
}

/** The expected result of a case. */
export function expectedResult(one: Case): ValidationResult {
  const bytes = Buffer.byteLength(bodyOf(one));
  if (one.bytes !== undefined && one.bytes !== bytes)
    throw new Error(`${one.name}: the body has ${bytes} bytes`);
  const limit = one.options?.maxBodyBytes ?? 1_048_576;
  const issueCount = one.issueCount ?? one.issues.length;
  if (issueCount === 0) return { ok: true, bytes, limit };
  // The file has no pointers, because they follow from the paths (RFC 6901; no key of a tracker has a `~` or a `/`).
  const pointer = (path: Issue["path"]) => path.map((part) => `/${part}`).join("");
  const issues = one.issues.map((issue) => ({ ...issue, pointer: pointer(issue.path) }) as Issue);
  return { ok: false, issues, issueCount, bytes, limit };
}
