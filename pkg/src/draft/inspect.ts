/** How `console.log` in Node.js, Bun and Deno shows a draft. */
import type { Issue } from "../types.js";

/** The key of Node.js for an object's own way to be shown. */
export const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** How many phrases, and issues, are shown. */
const SHOWN = 5;

/** Of a draft, what is shown. */
interface Shown {
  readonly id: string | undefined;
  readonly name: string;
  readonly length: number;
  readonly bytes: number;
  readonly ok: boolean;
  readonly issueCount: number;
  phraseAt(index: number): string;
  issues(): Issue[];
}

type Inspect = (value: unknown, options: unknown) => string;

export function inspectDraft(draft: Shown, options: unknown, inspect?: Inspect): string {
  const { id, name, length, bytes, ok, issueCount } = draft;
  const phrases = Array.from({ length: Math.min(length, SHOWN) }, (_, index) => draft.phraseAt(index));
  if (length > SHOWN) phrases.push(`… ${length - SHOWN} more`);
  const issues = draft
    .issues()
    .slice(0, SHOWN)
    .map(({ pointer, code }) => `${pointer || "/"} ${code}`);
  if (issueCount > issues.length) issues.push(`… ${issueCount - issues.length} more`);
  const shown = { ...(id !== undefined && { id }), name, length, phrases, bytes, ok, issues };
  return `TrackerDraft ${inspect ? inspect(shown, options) : JSON.stringify(shown)}`;
}
