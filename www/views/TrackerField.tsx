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
    const typed = () => {
      timer ??= setTimeout(read, READ_MS);
    };
    editor.addEventListener("input", typed, { capture: true });
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
