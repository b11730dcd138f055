/**
 * The vocabulary: a grid that may have thousands of rows, of which only those in view are mounted.
 *
 * One row at a time is in the tab order. It stays mounted when it is scrolled out of view. The arrow keys move between
 * rows. aria-rowcount and aria-rowindex do what aria-setsize and aria-posinset do in a list.
 */
import type { Editing } from "../editing.js";
import { getElement, setText } from "../page.js";
import { rowsInView, scrollTo } from "../rows.js";
import { grouped } from "../words.js";
import { Row } from "./row.js";

export interface Phrases {
  show(editing: Editing): void;
  /** Scrolls to a row and puts the cursor into it. */
  reveal(index: number): void;
}

/** @param onPaste called with a text of several lines that was pasted into a row */
export function phrases(onPaste: (text: string) => void): Phrases {
  const view = getElement("phrases", HTMLDivElement);
  const grid = getElement("grid", HTMLTableElement);
  const canvas = getElement("rows", HTMLTableSectionElement);
  const none = getElement("no-phrases", HTMLParagraphElement);
  const help = getElement("phrases-help", HTMLParagraphElement);
  const count = getElement("phrase-count", HTMLSpanElement);

  /** The mounted rows by the draft's key, which stays the same when a phrase moves. */
  const mounted = new Map<number, Row>();
  let editing: Editing | undefined;
  /** The key of the row in the tab order, and its last index. */
  let current: number | undefined;
  let currentIndex = 0;

  /** Updates the page from the draft. Updates all mounted rows, because a screenful of them costs little. */
  function render(): void {
    const draft = editing?.draft;
    if (!draft) return;
    const focused = document.activeElement;
    const hasFocus = canvas.contains(focused);
    const rowHeight = Number.parseFloat(getComputedStyle(view).getPropertyValue("--row"));
    const { start, end } = rowsInView(view.scrollTop, view.clientHeight, rowHeight, draft.length);

    setText(count, grouped(draft.length));
    view.style.setProperty("--digits", `${grouped(draft.length).length}`);
    none.hidden = draft.length > 0;
    view.hidden = draft.length === 0;
    help.hidden = draft.length === 0;
    grid.setAttribute("aria-rowcount", `${draft.length}`);
    canvas.style.blockSize = `${draft.length * rowHeight}px`;

    let at = current === undefined ? -1 : draft.indexOf(current);
    if (at < 0) {
      // The current row was removed: continue with the row that took its place.
      at = Math.min(hasFocus ? currentIndex : start, draft.length - 1);
      current = at < 0 ? undefined : draft.keyAt(at);
    }
    currentIndex = at;
    const indices = new Set(Array.from({ length: end - start }, (_, i) => start + i));
    if (at >= 0) indices.add(at);

    const wanted = [...indices].sort((a, b) => a - b).map((index) => [index, draft.keyAt(index)] as const);
    const keys = new Set(wanted.map(([, key]) => key));
    for (const [key, row] of mounted) {
      if (!keys.has(key)) {
        row.element.remove();
        mounted.delete(key);
      }
    }
    let next = canvas.firstElementChild;
    for (const [index, key] of wanted) {
      let row = mounted.get(key);
      if (!row) {
        row = new Row(key);
        mounted.set(key, row);
      }
      // In the order of the list, because assistive technology reads the page in document order.
      if (row.element === next) next = next.nextElementSibling;
      else canvas.insertBefore(row.element, next);
      row.show(draft, index, index * rowHeight, key === current);
    }
    if (!hasFocus) return;
    // A row loses the focus when it is moved in the document or removed.
    if (focused instanceof HTMLElement && canvas.contains(focused)) focused.focus({ preventScroll: true });
    else if (current === undefined) getElement("add", HTMLButtonElement).focus();
    else reveal(at);
  }

  function reveal(index: number, control = "input"): void {
    const draft = editing?.draft;
    if (!draft || draft.length === 0) return;
    const at = Math.max(0, Math.min(index, draft.length - 1));
    current = draft.keyAt(at);
    const rowHeight = Number.parseFloat(getComputedStyle(view).getPropertyValue("--row"));
    view.scrollTop = scrollTo(at, view.scrollTop, view.clientHeight, rowHeight);
    render();
    if (current !== undefined) mounted.get(current)?.focus(control);
  }

  function rowOf(target: EventTarget | null): Row | undefined {
    const element = target instanceof Element ? target.closest<HTMLElement>("[data-key]") : null;
    return element ? mounted.get(Number(element.dataset.key)) : undefined;
  }

  function move(from: number, to: number, control: string): void {
    if (!editing || to < 0 || to >= editing.draft.length) return;
    editing.draft.movePhrase(from, to);
    reveal(to, control);
  }

  function remove(index: number, next: number): void {
    if (!editing) return;
    editing.draft.removePhrase(index);
    if (editing.draft.length > 0) reveal(next);
    else getElement("add", HTMLButtonElement).focus();
  }

  view.addEventListener("scroll", render, { passive: true });
  new ResizeObserver(render).observe(view);

  grid.addEventListener("focusin", ({ target }) => {
    const row = rowOf(target);
    if (!row || row.key === current) return;
    current = row.key;
    render();
  });

  grid.addEventListener("input", ({ target }) => {
    const row = rowOf(target);
    if (row && editing) editing.draft.setPhrase(editing.draft.indexOf(row.key), row.input.value);
  });

  grid.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!/[\r\n]/.test(text.trim())) return;
    event.preventDefault();
    onPaste(text);
  });

  grid.addEventListener("click", ({ target }) => {
    const action =
      target instanceof Element ? target.closest<HTMLElement>("[data-action]")?.dataset.action : undefined;
    const row = rowOf(target);
    if (!row || !editing) return;
    // A click outside the text, perhaps on the issue: the issue is shown in full when the row has the focus.
    if (!action) return row.focus("input");
    const index = editing.draft.indexOf(row.key);
    if (action === "remove") remove(index, index);
    else if (action === "advice") {
      editing.draft.applyAdvice(editing.draft.adviceAt(index));
      reveal(index);
    } else move(index, action === "up" ? index - 1 : index + 1, `[data-action=${action}]`);
  });

  grid.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row || !editing || event.isComposing) return;
    const { draft } = editing;
    const index = draft.indexOf(row.key);
    const inText = event.target === row.input;
    const control = inText ? "input" : `[data-action=${(event.target as HTMLElement).dataset.action}]`;
    const page = Math.max(1, Math.floor(view.clientHeight / row.element.offsetHeight) - 1);
    const jump = event.ctrlKey || event.metaKey;

    if (event.altKey && event.key === "ArrowUp") move(index, index - 1, control);
    else if (event.altKey && event.key === "ArrowDown") move(index, index + 1, control);
    else if (event.key === "ArrowUp") reveal(index - 1, control);
    else if (event.key === "ArrowDown") reveal(index + 1, control);
    else if (event.key === "PageUp") reveal(index - page, control);
    else if (event.key === "PageDown") reveal(index + page, control);
    else if (jump && event.key === "Home") reveal(0, control);
    else if (jump && event.key === "End") reveal(draft.length - 1, control);
    else if (inText && !jump && event.key === "Enter") {
      draft.insertPhrase(index + 1, "");
      reveal(index + 1);
    } else if (inText && event.key === "Backspace" && row.input.value === "" && !event.repeat) {
      remove(index, index - 1);
    } else return;
    event.preventDefault();
  });

  return {
    show(next) {
      if (next !== editing) {
        editing = next;
        // The rows are different, except for those of a tracker that was just created and has the focus.
        current = rowOf(document.activeElement)?.key;
        if (current === undefined) view.scrollTop = 0;
      }
      render();
    },
    reveal,
  };
}
