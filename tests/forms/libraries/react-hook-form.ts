import { type Tracker, trackerSchema } from "symbl-tracker";
import { flattened, type Library } from "../library.js";
import { withHook } from "./react.js";

const { useForm } = await import("react-hook-form");
const { standardSchemaResolver } = await import("@hookform/resolvers/standard-schema");

export const library: Library = {
  name: "react-hook-form",
  holds: "values",
  submit: (defaultValues: Tracker) =>
    withHook(
      () => {
        const form = useForm({ defaultValues, resolver: standardSchemaResolver(trackerSchema) });
        // The form renders again where a state that it reads changes.
        return { form, errors: form.formState.errors };
      },
      async (latest, act) => {
        let accepted: Tracker | undefined;
        const submit = latest().form.handleSubmit((tracker) => {
          accepted = tracker;
        });
        await act(submit);
        const messages = flattened(latest().errors, (node) => {
          const { message, type } = node as { message?: unknown; type?: unknown };
          return typeof message === "string" && typeof type === "string" ? [message] : [];
        });
        return {
          accepted,
          messages: messages.map(([pointer, message]) => [pointer === "/root" ? "" : pointer, message]),
        };
      },
    ),
};
