import "symbl-tracker/editor";
import "symbl-tracker/editor/vue";
import type { TrackerEditor } from "symbl-tracker/editor";
import { createApp, h, ref } from "vue";

const tracker = ref({ id: "42", name: "Sale", vocabulary: ["on sale"] });
const wrong = ref(0);

createApp({
  setup: () => () =>
    h("form", { method: "post", enctype: "multipart/form-data" }, [
      h("tracker-editor", {
        name: "tracker",
        required: true,
        value: tracker.value,
        onInput: (event: Event) => {
          tracker.value = (event.currentTarget as TrackerEditor).value as typeof tracker.value;
        },
        onTrackerChange: (event: CustomEvent<{ issueCount: number }>) => {
          wrong.value = event.detail.issueCount;
        },
      }),
      h("p", `${tracker.value.vocabulary.length} phrases, ${wrong.value} wrong`),
      h("button", { type: "submit" }, "Send"),
    ]),
}).mount(document.body.appendChild(document.createElement("div")));
