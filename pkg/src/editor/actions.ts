/** What the buttons and shortcuts of the editor do. */
import { doesOf } from "./dom.js";
import { type ExportFormat, exportPhrases } from "./export.js";
import {
  detectColumn,
  detectFormat,
  detectHeading,
  type ImportOptions,
  type Place,
} from "./import/options.js";
import { read } from "./import/read.js";
import { know, sift } from "./import/sift.js";
import type { Parts } from "./parts.js";
import { NONE } from "./selection.js";
import { sentTracker } from "./summary.js";
import type { Action } from "./toolbar.js";
import { isComposing } from "./typing.js";

/** What `importText` did. */
export interface Imported {
  /** How many phrases were added. */
  added: number;
  /** How many were left out because the tracker or the text has them already. */
  repeated: number;
  /** How many differ from another only in case, spacing or Unicode form. */
  near: number;
  /** How many were empty, and left out. */
  blank: number;
}

export class Actions {
  constructor(private readonly editor: Parts) {}

  /** Listens to shortcuts, to what is dropped, and to the buttons below the list. */
  listen(element: HTMLElement, status: HTMLElement): void {
    element.addEventListener("keydown", (event) => {
      if (this.#key(event)) event.preventDefault();
    });
    element.addEventListener("beforeinput", (event) => {
      if (event.defaultPrevented || !this.#isOfDraft(event)) return;
      if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
      event.preventDefault();
      if (event.inputType === "historyUndo") this.editor.undo();
      else this.editor.redo();
    });
    status.addEventListener("click", (event) => {
      const action = doesOf(event) as Action | undefined;
      if (action) this.act(action);
    });
    // Only outside of fields, which handle a paste themselves.
    element.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const { target } = event;
      if (event.defaultPrevented || !this.editor.canEdit || !this.#isOfDraft(event) || text.trim() === "")
        return;
      if (target instanceof Element && target.matches("input, textarea, select")) return;
      event.preventDefault();
      this.importFrom(text);
    });
    element.addEventListener("dragover", (event) => {
      if (!this.editor.canEdit || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      element.classList.add("dropping");
    });
    for (const type of ["dragleave", "drop"])
      element.addEventListener(type, () => element.classList.remove("dropping"));
    element.addEventListener("drop", (event) => {
      const [file] = event.dataTransfer?.files ?? [];
      const text = event.dataTransfer?.getData("text/plain") ?? "";
      if (!this.editor.canEdit || (!file && !/[\r\n\t]/.test(text.trim()))) return;
      event.preventDefault();
      this.importFrom(file ?? text);
    });
  }

  act(action: Action): void {
    const { editor } = this;
    const { draft, grid, rows, messages, find, review } = editor;
    const current = rows.current ?? -1;
    const save = (format: ExportFormat) => exportPhrases(format, draft.name, sentTracker(draft).vocabulary);
    const table: Record<Action, () => unknown> = {
      add: () => this.#addRow(),
      add_many: () => this.importFrom(""),
      undo: () => editor.undo(),
      redo: () => editor.redo(),
      find: () => (find.isOpen ? find.close() : find.open()),
      remove_duplicates: () => this.#removeMany(() => draft.removeDuplicates()),
      remove_blank: () => this.#removeMany(() => draft.removeBlank()),
      sort: () =>
        draft.length > 1 && editor.edit(() => draft.sort()) && editor.say(messages.text("said.sorted")),
      "export.text": () => save("text"),
      "export.csv": () => save("csv"),
      "export.json": () => save("json"),
      json: () => this.openJson(),
      "selected.remove": () => grid.removeSelected(),
      "selected.copy": () => grid.copySelected(),
      "selected.clear": () => grid.select(NONE),
      "row.up": () => grid.move(current, -1, "input"),
      "row.down": () => grid.move(current, 1, "input"),
      "row.fix": () => grid.fix(current),
      "row.remove": () => grid.remove(current),
      "next-issue": () => this.nextIssue(1),
      "previous-issue": () => this.nextIssue(-1),
      review: () => review.open(),
    };
    table[action]();
  }

  nextIssue(step: 1 | -1): void {
    this.editor.name.demand();
    void this.editor.find.nextIssue(step, this.editor.name);
  }

  openJson(): void {
    this.editor.history.end();
    this.editor.json.open();
    this.editor.refresh();
    this.editor.host.modeChanged("json");
    this.editor.json.text.focus();
  }

  /** Switches back to the list, with the content of the JSON. */
  closeJson(): void {
    const { editor } = this;
    const { json, draft, messages } = editor;
    const { tracker, isModified } = json;
    if (!tracker) {
      editor.say(messages.text("json.stay"));
      return;
    }
    json.close();
    if (isModified) editor.edit(() => draft.replaceAll(tracker));
    editor.refresh();
    editor.host.modeChanged("list");
    editor.name.input.focus();
  }

  /** Opens the dialog with a text or a file. */
  importFrom(source: string | File): void {
    const { editor } = this;
    if (!editor.canEdit) return;
    const { current } = editor.rows;
    const here = current === undefined ? -1 : editor.draft.indexOf(current);
    editor.importer.open(here < 0 ? undefined : here, source);
  }

  /** @returns whether they were added */
  addPhrases(phrases: string[], place: Place, here: number | undefined): boolean {
    const { editor } = this;
    const { draft, rows, messages, summary } = editor;
    const detail = { phrases, place };
    const event = new CustomEvent("tracker-before-import", {
      bubbles: true,
      composed: true,
      cancelable: true,
      detail,
    });
    if (!editor.host.dispatch(event)) return false;
    const { id, name } = draft;
    // Before the empty rows at the end, which would be in the middle otherwise.
    const index = place === "here" && here !== undefined ? here + 1 : draft.length - summary.leftOut;
    const change = editor.edit(() =>
      place === "replace"
        ? draft.replaceAll({ ...(id === undefined ? {} : { id }), name, vocabulary: phrases })
        : draft.insertPhrases(index, phrases),
    );
    if (!change) return false;
    editor.find.clear();
    rows.scrollTo(place === "replace" ? 0 : index);
    editor.say(messages.text("said.added", { count: phrases.length }));
    return true;
  }

  async importText(text: string, options: ImportOptions): Promise<Imported> {
    const { editor } = this;
    const { limit } = editor.draft;
    const signal = options.signal ?? new AbortController().signal;
    const format = options.format ?? detectFormat(text);
    const place = options.place ?? "end";
    const source = await read(text, format, limit, signal, () => {});
    if (source.problem)
      throw new RangeError(
        editor.messages.text(source.problem.key, { ...source.problem, limit, bytes: text.length }),
      );
    const column = options.column ?? detectColumn(source.rows);
    const isTable = format === "csv" || format === "tsv";
    const heading = options.heading ?? (isTable && detectHeading(source.rows, column));
    const known = await know(place === "replace" ? [] : editor.draft.toTracker().vocabulary, signal);
    const { commas = false, leaveOutNear = false } = options;
    const sifted = await sift(
      source,
      known,
      { heading, column, commas, leaveOutNear, limit },
      signal,
      () => {},
    );
    signal.throwIfAborted();
    const { current } = editor.rows;
    const here = current === undefined ? undefined : editor.draft.indexOf(current);
    const { phrases, repeated, near, blank } = sifted;
    const isAdded = phrases.length > 0 && this.addPhrases(phrases, place, here);
    return {
      added: isAdded ? phrases.length : 0,
      repeated: repeated.count,
      near: near.count,
      blank: blank.count,
    };
  }

  #addRow(): void {
    const { draft, grid, summary, rows } = this.editor;
    // An empty row that is there already.
    if (summary.leftOut > 0) {
      const index = draft.length - summary.leftOut;
      rows.fresh.add(draft.keyAt(index));
      grid.goTo(index);
    } else grid.addRow();
  }

  #removeMany(work: Parameters<Parts["edit"]>[0]): void {
    const { editor } = this;
    const before = editor.draft.length;
    if (editor.summary.issueCount + editor.summary.leftOut > 0) editor.edit(work);
    const count = before - editor.draft.length;
    editor.say(
      count > 0 ? editor.messages.text("said.removed", { count }) : editor.messages.text("said.nothing"),
    );
  }

  /** Whether the event is not from a text that has a history of its own: the JSON, or a dialog. */
  #isOfDraft({ target }: Event): boolean {
    return target instanceof Element && !target.closest("dialog, .json");
  }

  #key(event: KeyboardEvent): boolean {
    if (isComposing(event) || !this.#isOfDraft(event)) return false;
    const { editor } = this;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    if (isCommand && key === "z" && !event.shiftKey) editor.undo();
    else if (isCommand && (key === "y" || key === "z")) editor.redo();
    else if (isCommand && key === "f" && !event.shiftKey && !editor.find.isOpen) editor.find.open();
    else if (key === "f8") this.nextIssue(event.shiftKey ? -1 : 1);
    else return false;
    return true;
  }
}
