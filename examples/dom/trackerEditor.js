import { TrackerDraft } from "symbl-tracker";

/** Shows the phrases of a tracker in an element. Returns a function that frees the draft. */
export function trackerEditor(element, tracker) {
  const draft = new TrackerDraft(tracker);
  const messages = new Map();
  const show = (key) => {
    messages.get(key).data = draft.issuesAt(draft.indexOf(key))[0]?.message ?? "";
  };
  for (const [index, phrase] of draft.vocabulary.entries()) {
    const key = draft.keyAt(index);
    const input = Object.assign(document.createElement("input"), { value: phrase });
    input.addEventListener("input", () => draft.setPhrase(draft.indexOf(key), input.value));
    messages.set(key, new Text());
    show(key);
    element.appendChild(document.createElement("label")).append(input, messages.get(key));
  }
  draft.subscribe(({ changed }) => changed.forEach(show));
  return () => draft.dispose();
}
