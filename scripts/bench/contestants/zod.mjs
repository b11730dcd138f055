import * as z from "zod";
import { duplicates } from "./duplicates.mjs";
import { encodeBody } from "./encode-body.mjs";

/** @type {import("./contestant.d.ts").Create} */
export const create = () => {
  const schema = z.strictObject({
    id: z.string(),
    name: z.string(),
    vocabulary: z.array(z.string()).check((context) => {
      for (const [index, first] of duplicates(context.value)) {
        context.issues.push({
          code: "custom",
          path: [index],
          message: `duplicate ${first}`,
          input: context.value[index],
        });
      }
    }),
  });
  return (value) => {
    const result = schema.safeParse(value);
    if (result.success) return { bytes: encodeBody(result.data), issues: [] };
    const issues = result.error.issues.map(
      ({ code, path, message }) => `/${path.join("/")} ${code === "custom" ? message : "type"}`,
    );
    return { bytes: 0, issues };
  };
};
