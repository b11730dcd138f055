import { type Tracker, trackerSchema } from "symbl-tracker";
import { flattened, type Library } from "../library.js";
import { withSetup } from "./vue.js";

const { useRegleSchema } = await import("@regle/schemas");

export const library: Library = {
  name: "@regle/schemas",
  holds: "values",
  // It has no place for issues of the form as a whole.
  hides: [""],
  rows: 1_000,
  submit: (values: Tracker) =>
    withSetup(
      () => useRegleSchema(values, trackerSchema),
      async ({ r$ }) => {
        const { valid, data } = await r$.$validate();
        const messages = flattened(r$.$errors, (node) => {
          const list = Array.isArray(node) ? node : (node as { $self?: unknown }).$self;
          return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
        });
        return {
          ...(valid && { accepted: data }),
          messages: messages.map(([pointer, message]) => [
            pointer.replace("/$self", "").replace("/$each", ""),
            message,
          ]),
        };
      },
    ),
};
