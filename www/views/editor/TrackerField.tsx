/** Renders `<tracker-editor>`, and connects it to an edit. */
import { effect } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Edit } from "../../state/edit.js";
import { wasReplaced } from "../../state/route.js";
import { useApp } from "../context.js";

/** The JSON text is read at most this often while it is typed, in milliseconds, because a long one is slow to read. */
const READ_MS = 100;

export function TrackerField({ edit }: { edit: Edit }) {
  const { safekeeping } = useApp();
  const place = useRef<HTMLDivElement>(null);
  /** Where the caret was in the former editor. */
  const former = useRef<Caret | undefined>(undefined);
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
    // The person may be typing when the tracker was just created, or its edit was replaced.
    if (former.current && (wasReplaced() || former.current.key === edit.key))
      putCaret(editor, former.current);
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
      keepLooseText(event);
    };
    editor.addEventListener("input", typed, { capture: true });
    /** The field that has the edit's loose text. */
    let loose: Element | undefined;
    const setLoose = (field: Element, text: string | undefined) => {
      // What is typed in one field does not discard the loose text of another.
      if (edit.hasEnded || (text === undefined && loose !== field)) return;
      loose = field;
      edit.looseText = text;
    };
    /** Keeps a text that is in a field of the editor but not in the draft. */
    const keepLooseText = (event: Event) => {
      const [field] = event.composedPath();
      if (field instanceof HTMLTextAreaElement && field.closest("dialog")) {
        setLoose(field, field.value || undefined);
      } else if (
        field instanceof HTMLInputElement &&
        /^(name|phrase)$/.test(field.getAttribute("part") ?? "")
      ) {
        const { revision } = edit.draft;
        // After the event, the draft has the text, unless the text is far too long for a draft.
        setTimeout(() => {
          if (!edit.hasEnded) setLoose(field, edit.draft.revision === revision ? field.value : undefined);
        });
      }
    };
    // When the dialog for phrases closes, they were added or cancelled.
    const closed = ({ target }: Event) => {
      if (loose && target instanceof Element && target.contains(loose)) setLoose(loose, undefined);
    };
    editor.shadowRoot?.addEventListener("close", closed, { capture: true });
    // Switching between the list and the JSON fires no input event.
    const mode = new MutationObserver(read);
    mode.observe(editor, { attributeFilter: ["mode"] });
    return () => {
      read();
      former.current = caretOf(editor, edit.key);
      stopShowing();
      stopLocking();
      mode.disconnect();
      editor.remove();
      detach();
    };
  }, [edit, safekeeping]);
  return <div class="tracker-field" ref={place} />;
}

/** Where the caret is in an editor. */
interface Caret {
  /** The key of the edit. */
  key: string;
  /** The index of the phrase; undefined in the name or the JSON text. */
  phrase: number | undefined;
  start: number | null;
  end: number | null;
}

/** Undefined if the focus is not in the name, a phrase or the JSON text. */
function caretOf({ shadowRoot }: HTMLElement, key: string): Caret | undefined {
  const field = shadowRoot?.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return undefined;
  const row = field.closest("[aria-rowindex]");
  const isTracker = row !== null || field.part.contains("name") || field instanceof HTMLTextAreaElement;
  if (!isTracker || field.closest("dialog")) return undefined;
  const phrase = row ? Number(row.getAttribute("aria-rowindex")) - 1 : undefined;
  return { key, phrase, start: field.selectionStart, end: field.selectionEnd };
}

function putCaret(editor: HTMLElementTagNameMap["tracker-editor"], { phrase, start, end }: Caret): void {
  editor.focus(phrase === undefined ? {} : { phrase });
  const field = editor.shadowRoot?.activeElement;
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
    field.setSelectionRange(start, end);
}
