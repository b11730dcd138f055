/** What every contestant answers. */
export interface Judgement {
  /** The length of the body that is ready to be sent; 0 where there are issues. */
  bytes: number;
  /** `/vocabulary/3 type`, `/vocabulary/4 duplicate 1`. */
  issues: string[];
}

/** Builds whatever the contestant needs; the first call is measured with it. */
export type Create = () => (value: unknown) => Judgement;
