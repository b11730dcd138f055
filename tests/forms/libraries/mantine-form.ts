import { type Tracker, trackerSchema } from "symbl-tracker";
import { type Library, pointerOf } from "../library.js";
import { withHook } from "./react.js";

const { schemaResolver, useForm } = await import("@mantine/form");

export const library: Library = {
  name: "@mantine/form",
  holds: "values",
  submit: (initialValues: Tracker) =>
    withHook(
      () => useForm({ initialValues, validate: schemaResolver(trackerSchema, { sync: true }) }),
      async (latest, act) => {
        let accepted: Tracker | undefined;
        const submit = latest().onSubmit((tracker) => {
          accepted = tracker;
        });
        await act(() => submit());
        return {
          accepted,
          messages: Object.entries(latest().errors).map(([path, message]) => [
            pointerOf(path),
            String(message),
          ]),
        };
      },
    ),
};
