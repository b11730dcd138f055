/** Typing into fields: what is a run, what is an input method's, what the draft cannot hold. */
import type { Context } from "./context.js";
import { type Field, PAUSE_MS, type Typing } from "./history.js";
import { edited, shown } from "./visible.js";

/** A field that edits one text of the draft. */
export interface TextField {
  readonly input: HTMLInputElement;
  readonly field: Field;
  /** The text that the draft holds, or the one that it refused. */
  readonly held: string;
  setComposing(isComposing: boolean): void;
  /** Keeps a text that the draft refused; undefined once it holds what is shown. */
  keep(text: string | undefined): void;
}

/**
 * Whether a key belongs to an input method. Safari reports the key that ends a composition after it, with the code 229.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/**
 * Has typing in an element's fields edit the draft.
 *
 * @param fieldOf the field that an event came from
 * @param onPause called once the person has paused after typing
 */
export function handleTyping(
  element: HTMLElement,
  context: Context,
  fieldOf: (target: EventTarget | null) => TextField | undefined,
  onPause: (field: TextField) => void,
): void {
  let from = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;

  element.addEventListener("beforeinput", (event) => {
    const field = fieldOf(event.target);
    if (!field) return;
    const { selectionStart, selectionEnd } = field.input;
    // A selection that is replaced starts another step.
    from = selectionStart !== null && selectionStart === selectionEnd ? selectionStart : -1;
  });

  element.addEventListener("input", (event) => {
    const field = fieldOf(event.target);
    if (!field) return;
    const { input } = field;
    const to = input.selectionEnd ?? input.value.length;
    const kind = kindOf(event as InputEvent);
    const text = edited(field.held, input.value, to);
    const typing = kind && { kind, from, to };
    const change = context.edit(
      () => context.history.setText(field.field, text, typing),
      typing !== undefined,
    );
    field.keep(change ? undefined : text);
    clearTimeout(timer);
    timer = setTimeout(() => onPause(field), PAUSE_MS);
  });

  element.addEventListener("compositionstart", ({ target }) => {
    context.history.end();
    fieldOf(target)?.setComposing(true);
  });
  element.addEventListener("compositionend", ({ target }) => {
    fieldOf(target)?.setComposing(false);
    // Chromium's last input event comes before this one, Safari's after: it starts no step, as nothing differs any more.
    context.history.end();
  });

  element.addEventListener("focusout", ({ target }) => {
    if (!fieldOf(target)) return;
    clearTimeout(timer);
    context.history.end();
    // Not while the list is being painted, which is when a row that is removed loses the focus.
    queueMicrotask(() => context.commit());
  });

  // The clipboard gets the characters that the field shows as symbols.
  for (const type of ["copy", "cut"] as const) {
    element.addEventListener(type, (event) => {
      const field = fieldOf(event.target);
      if (!field || shown(field.held) === field.held) return;
      const { selectionStart: start, selectionEnd: end } = field.input;
      if (start === null || end === null || start === end) return;
      event.preventDefault();
      event.clipboardData?.setData("text/plain", field.held.slice(start, end));
      if (type === "copy" || !context.canEdit) return;
      const text = field.held.slice(0, start) + field.held.slice(end);
      if (context.edit(() => context.history.setText(field.field, text))) {
        field.input.value = shown(text);
        field.input.setSelectionRange(start, start);
      }
    });
  }
}

/** The kind of run that an edit is part of; undefined for an edit that is a step of its own. */
function kindOf({ inputType, isComposing }: InputEvent): Typing["kind"] | undefined {
  if (isComposing || inputType === "insertCompositionText") return "compose";
  if (inputType === "insertText") return "insert";
  if (inputType.startsWith("delete") && inputType !== "deleteByCut" && inputType !== "deleteByDrag")
    return "delete";
  return undefined;
}
