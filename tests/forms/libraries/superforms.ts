import { type Tracker, trackerSchema } from "symbl-tracker";
import { flattened, type Library } from "../library.js";

const { superValidate } = await import("sveltekit-superforms/server");
const { standard } = await import("sveltekit-superforms/adapters");

const defaults = { id: "", name: "", vocabulary: [] };

export const library: Library = {
  name: "sveltekit-superforms",
  holds: "json",
  fills: defaults,
  drops: ["constructor", "prototype"],
  async submit(values: Tracker) {
    const form = await superValidate({ ...values }, standard(trackerSchema, { defaults }));
    const messages = flattened(form.errors, (node) => (Array.isArray(node) ? node : []));
    return {
      ...(form.valid && { accepted: form.data }),
      // "_errors" holds the messages of the node above it.
      messages: messages.map(([pointer, message]) => [pointer.replace(/\/_errors$/, ""), message]),
    };
  },
};
