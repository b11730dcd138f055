/** Texts about creating many trackers from a file. */
import { counted } from "../words/outcomes.js";
import type { Verdict } from "./plan.js";
import type { JobRow } from "./run.js";

/** The names of the verdicts. */
export const VERDICTS: Record<Verdict, string> = {
  fine: "Can be created",
  taken: "Name taken",
  repeated: "Name repeated",
  issue: "Issue",
  too_large: "Too large",
  no_room: "No room",
};

/** How many rows have a verdict, as a sentence. */
export function verdictWords(verdict: Verdict, count: number): string {
  const have = count === 1 ? "has" : "have";
  switch (verdict) {
    case "fine":
      return `${counted(count, "tracker")} can be created.`;
    case "taken":
      return `${counted(count, "tracker")} ${have} a name that the account already has.`;
    case "repeated":
      return `${counted(count, "tracker")} ${have} the name of an earlier row.`;
    case "issue":
      return `${counted(count, "tracker")} ${have} an issue to fix in the file.`;
    case "too_large":
      return `${counted(count, "tracker")} ${count === 1 ? "is" : "are"} larger than 1 MB.`;
    case "no_room":
      return `${counted(count, "tracker")} would be more than the 500 that an account can have.`;
  }
}

/** How many rows of a job are in each state. */
export function countStates(rows: readonly JobRow[]): Record<JobRow["result"]["state"], number> {
  const counts = { waiting: 0, sent: 0, created: 0, refused: 0, skipped: 0 };
  for (const { result } of rows) counts[result.state]++;
  return counts;
}

/** The letter of a column, as in a spreadsheet: A, B, … Z, AA. */
export function letterOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : letterOf(Math.floor(column / 26) - 1) + letter;
}
