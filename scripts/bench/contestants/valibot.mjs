import * as v from "valibot";
import { duplicates } from "./duplicates.mjs";
import { encodeBody } from "./encode-body.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => {
  const schema = v.strictObject({
    id: v.string(),
    name: v.string(),
    vocabulary: v.pipe(
      v.array(v.string()),
      v.rawCheck(({ dataset, addIssue }) => {
        if (!dataset.typed) return;
        const input = dataset.value;
        for (const [key, first] of duplicates(input)) {
          addIssue({
            message: `duplicate ${first}`,
            path: [{ type: "array", origin: "value", input, key, value: input[key] }],
          });
        }
      }),
    ),
  });
  return (value) => {
    const result = v.safeParse(schema, value);
    if (result.success) return { bytes: encodeBody(result.output), issues: [] };
    const issues = result.issues.map(
      (issue) =>
        `/${v.getDotPath(issue)?.replace(".", "/")} ${issue.type === "raw_check" ? issue.message : "type"}`,
    );
    return { bytes: 0, issues };
  };
};
