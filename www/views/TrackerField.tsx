/** `<tracker-editor>` with the draft of an edit. */
import { effect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Edit } from "../state/edit.js";
import { useApp } from "./context.js";

/** A long JSON text that is being typed is read this often, in milliseconds: reading it takes longer than a key. */
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
    // The event of the field itself. The editor's own comes only when typing pauses, if the JSON text is long.
    const typed = (event: Event) => {
      timer ??= setTimeout(read, READ_MS);
      keepLooseText(event, edit);
    };
    editor.addEventListener("input", typed, { capture: true });
    // Phrases were added, or the person closed the dialog with them.
    const closed = () => {
      edit.looseText = undefined;
    };
    editor.shadowRoot?.addEventListener("close", closed, { capture: true });
    // Going between the list and the JSON changes nothing, so it is no input.
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

/** Takes notice of a text that the editor has in a field only. */
function keepLooseText(event: Event, edit: Edit): void {
  const [field] = event.composedPath();
  if (field instanceof HTMLTextAreaElement && field.closest("dialog")) {
    edit.looseText = field.value || undefined;
  } else if (field instanceof HTMLInputElement && /^(name|phrase)$/.test(field.getAttribute("part") ?? "")) {
    const { revision } = edit.draft;
    // After the event, the draft has the text, unless the tracker would be many times too long.
    setTimeout(() => {
      if (!edit.hasEnded) edit.looseText = edit.draft.revision === revision ? field.value : undefined;
    });
  }
}
