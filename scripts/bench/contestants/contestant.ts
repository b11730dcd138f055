/** What every contestant returns. */
export interface ValidationResult {
  /** The length in bytes of the encoded body; 0 if there are issues. */
  bytes: number;
  /** Such as `/vocabulary/3 type` or `/vocabulary/4 duplicate 1`. */
  issues: string[];
}

/** Creates the contestant's validator. The time of the first call includes it. */
export type Create = () => (value: unknown) => ValidationResult;
