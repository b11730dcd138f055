import { type Tracker, trackerSchema } from "symbl-tracker";
import { type Library, pointerOf } from "../library.js";
import { withHook } from "./react.js";

const { useForm } = await import("@conform-to/react/future");
const { createElement } = await import("react");

export const library: Library = {
  name: "@conform-to/react",
  holds: "texts",
  // Each is an input in the document.
  rows: 1_000,
  submit: (values: Tracker) => {
    let accepted: unknown;
    const inputs: [string, string][] = [
      ["id", values.id],
      ["name", values.name],
      ...values.vocabulary.map((phrase, index): [string, string] => [`vocabulary[${index}]`, phrase]),
    ];
    return withHook(
      () =>
        useForm(trackerSchema, {
          onSubmit(event, { value }) {
            event.preventDefault();
            accepted = value;
          },
        }),
      async (latest, act) => {
        const { id } = latest().form;
        const element = document.getElementById(id) as HTMLFormElement;
        await act(() => element.querySelector("button")?.click());
        const { form } = latest();
        return {
          accepted,
          messages: [
            ...(form.errors ?? []).map((message): [string, string] => ["", String(message)]),
            ...Object.entries(form.fieldErrors).flatMap(([path, messages]) =>
              messages.map((message): [string, string] => [pointerOf(path), String(message)]),
            ),
          ],
        };
      },
      ({ form }) =>
        createElement(
          "form",
          form.props,
          inputs.map(([name, defaultValue]) => createElement("input", { key: name, name, defaultValue })),
          createElement("button", { type: "submit" }),
        ),
    );
  },
};
