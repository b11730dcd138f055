import { initTRPC, TRPCError } from "@trpc/server";
import { type SchemaIssue, trackerSchema } from "symbl-tracker";
import type { Library } from "../library.js";

const { router, procedure } = initTRPC.create();
const account = router({ update: procedure.input(trackerSchema).mutation(({ input }) => input) });

export const library: Library = {
  name: "@trpc/server",
  holds: "values",
  async submit(values) {
    try {
      return { accepted: await account.createCaller({}).update(values), messages: [] };
    } catch (error) {
      if (!(error instanceof TRPCError) || error.code !== "BAD_REQUEST") throw error;
      const { issues } = error.cause as unknown as { issues: SchemaIssue[] };
      return { messages: issues.map(({ pointer, message }) => [pointer, message]) };
    }
  },
};
