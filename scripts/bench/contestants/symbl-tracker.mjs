import { validateTracker } from "symbl-tracker";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => (value) => {
  const verdict = validateTracker(value);
  if (verdict.ok) return { bytes: verdict.bytes, issues: [] };
  const issues = verdict.issues.map(({ code, pointer, params }) =>
    "first" in params ? `${pointer} ${code} ${params.first}` : `${pointer} ${code}`,
  );
  return { bytes: 0, issues };
};
