import { type Tracker, trackerSchema } from "symbl-tracker";
import { type Library, pointerOf } from "../library.js";
import { withSetup } from "./vue.js";

const { useForm } = await import("vee-validate");

export const library: Library = {
  name: "vee-validate",
  holds: "values",
  submit: (initialValues: Tracker) =>
    withSetup(
      () => useForm({ validationSchema: trackerSchema, initialValues }),
      async (form) => {
        let accepted: unknown;
        await form.handleSubmit((tracker) => {
          accepted = tracker;
        })();
        return {
          accepted,
          messages: Object.entries(form.errorBag.value).flatMap(([path, messages]) =>
            (messages ?? []).map((message): [string, string] => [pointerOf(path), message]),
          ),
        };
      },
    ),
};
