/** Renders `<tracker-editor>`, and connects it to an edit. */
import { effect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Edit } from "../state/edit.js";
import { useApp } from "./context.js";

/** The JSON text is read at most this often while it is typed, in milliseconds, because a long one is slow to read. */
const READ_MS = 100;

export function TrackerField({ edit }: { edit: Edit }) {
  const { safekeeping } = useApp();
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const editor = document.createElement("tracker-editor");
    editor.draft = edit.draft;
    place.current?.append(editor);
    const stopShowing = effect(() => {
      const text = edit.jsonText;
      if (text === editor.jsonText) return;
      editor.jsonText = text;
      editor.mode = text === undefined ? "list" : "json";
    });
    const stopLocking = effect(() => {
      editor.readOnly = !safekeeping.canEdit(edit);
    });
    const detach = edit.attach(editor);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      clearTimeout(timer);
      timer = undefined;
      edit.sync();
    };
    editor.addEventListener("input", read);
    editor.addEventListener("change", read);
    // Captures the event of the inner field: for a long JSON text, the editor's own event comes only after a pause.
    const typed = (event: Event) => {
      timer ??= setTimeout(read, READ_MS);
      keepLooseText(event, edit);
    };
    editor.addEventListener("input", typed, { capture: true });
    // When the dialog for phrases closes, they were added or cancelled.
    const closed = () => {
      edit.looseText = undefined;
    };
    editor.shadowRoot?.addEventListener("close", closed, { capture: true });
    // Switching between the list and the JSON fires no input event.
    const mode = new MutationObserver(read);
    mode.observe(editor, { attributeFilter: ["mode"] });
    return () => {
      read();
      stopShowing();
      stopLocking();
      mode.disconnect();
      editor.remove();
      detach();
    };
  }, [edit, safekeeping]);
  return <div class="tracker-field" ref={place} />;
}

/** Keeps a text that is in a field of the editor but not in the draft. */
function keepLooseText(event: Event, edit: Edit): void {
  const [field] = event.composedPath();
  if (field instanceof HTMLTextAreaElement && field.closest("dialog")) {
    edit.looseText = field.value || undefined;
  } else if (field instanceof HTMLInputElement && /^(name|phrase)$/.test(field.getAttribute("part") ?? "")) {
    const { revision } = edit.draft;
    // After the event, the draft has the text, unless the text is far too long for a draft.
    setTimeout(() => {
      if (!edit.hasEnded) edit.looseText = edit.draft.revision === revision ? field.value : undefined;
    });
  }
}
