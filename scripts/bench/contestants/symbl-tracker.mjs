import { validateTracker } from "symbl-tracker";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => (value) => {
  const result = validateTracker(value);
  if (result.ok) return { bytes: result.bytes, issues: [] };
  const issues = result.issues.map(({ code, pointer, params }) =>
    "first" in params ? `${pointer} ${code} ${params.first}` : `${pointer} ${code}`,
  );
  return { bytes: 0, issues };
};
