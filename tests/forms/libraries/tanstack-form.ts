import { type Tracker, trackerSchema } from "symbl-tracker";
import { type Library, pointerOf } from "../library.js";
import { withHook } from "./react.js";

const { useForm } = await import("@tanstack/react-form");
const { createElement } = await import("react");

export const library: Library = {
  name: "@tanstack/react-form",
  holds: "values",
  submit: async (defaultValues: Tracker) => {
    let accepted: Tracker | undefined;
    const names = ["id", "name", "vocabulary", "vocabulary[0]", "vocabulary[1]", "vocabulary[2]"] as const;
    return withHook(
      () =>
        useForm({
          defaultValues,
          validators: { onSubmit: trackerSchema },
          onSubmit: ({ value }) => {
            accepted = value;
          },
        }),
      async (latest, act) => {
        const form = latest();
        await act(() => form.handleSubmit());
        const fields = names.flatMap((name) =>
          (form.getFieldMeta(name)?.errors ?? []).map(
            (issue) => [pointerOf(name), issue?.message ?? ""] as [string, string],
          ),
        );
        // What belongs to no field is among the form's errors, under the empty path.
        const whole = form.state.errors.flatMap((errors) => errors?.[""] ?? []);
        return {
          accepted,
          messages: [...fields, ...whole.map(({ message }) => ["", message] as [string, string])],
        };
      },
      (form) => names.map((name) => createElement(form.Field, { key: name, name, children: () => null })),
    );
  },
};
