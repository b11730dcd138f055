/** The tracker that is open, in the package's own editor. */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Edit } from "../state/edit.js";
import { useApp } from "./context.js";

export function Editor() {
  const { open } = useApp();
  if (!open) return <p class="empty">Choose a tracker, or create a new one.</p>;
  return (
    <div class="editor">
      <TrackerField key={open.key} edit={open} />
    </div>
  );
}

/** `<tracker-editor>` with the edit's draft. */
function TrackerField({ edit }: { edit: Edit }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const editor = document.createElement("tracker-editor");
    editor.draft = edit.draft;
    place.current?.append(editor);
    if (edit.jsonText !== undefined) editor.jsonText = edit.jsonText;
    const read = () => {
      edit.jsonText = editor.jsonText;
    };
    editor.addEventListener("input", read);
    editor.addEventListener("change", read);
    // Going between the list and the JSON changes nothing, so it is no input.
    const mode = new MutationObserver(read);
    mode.observe(editor, { attributeFilter: ["mode"] });
    return () => {
      mode.disconnect();
      editor.remove();
    };
  }, [edit]);
  return <div class="tracker-field" ref={place} />;
}
