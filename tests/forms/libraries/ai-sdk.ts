import { generateText, NoObjectGeneratedError, Output } from "ai";
import { MockLanguageModelV4 } from "ai/test";
import { type SchemaIssue, trackerSchema } from "symbl-tracker";
import type { Library } from "../library.js";

export const library: Library = {
  name: "ai",
  holds: "json",
  /** A model writes the tracker; the application gets it only where the schema accepts it. */
  async submit(values) {
    const model = new MockLanguageModelV4({
      doGenerate: async () => ({
        content: [{ type: "text", text: JSON.stringify(values) }],
        finishReason: { unified: "stop", raw: undefined },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 1, text: 1, reasoning: undefined },
        },
        warnings: [],
      }),
    });
    try {
      const output = Output.object({ schema: trackerSchema });
      const result = await generateText({ model, output, prompt: "A tracker of sales." });
      return { accepted: result.output, messages: [] };
    } catch (error) {
      if (!NoObjectGeneratedError.isInstance(error)) throw error;
      const { cause } = error.cause as { cause: SchemaIssue[] };
      return { messages: cause.map(({ pointer, message }) => [pointer, message]) };
    }
  },
};
