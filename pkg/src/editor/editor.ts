/** Builds the editor's parts, and keeps them up to date with the draft. */
import type { TrackerDraft } from "../draft/TrackerDraft.js";
import type { Change } from "../draft/types.js";
import { Actions, type Imported } from "./actions.js";
import { h, write } from "./dom.js";
import { Find } from "./find.js";
import { Grid } from "./grid.js";
import { History } from "./history.js";
import type { EditorHost } from "./host.js";
import { ImportDialog } from "./import/dialog.js";
import type { ImportOptions } from "./import/options.js";
import { JsonPanel } from "./json.js";
import { Messages } from "./messages.js";
import { NameField } from "./name.js";
import type { Parts } from "./parts.js";
import { Repeats } from "./repeats.js";
import { Review } from "./review.js";
import { Rows } from "./rows.js";
import { Status } from "./status.js";
import { isEmpty, type Summary, summaryOf } from "./summary.js";
import { Toolbar } from "./toolbar.js";

/** Everything is updated when typing pauses for this long, in milliseconds. */
const SETTLE_MS = 250;

export class Editor implements Parts {
  readonly messages = new Messages();
  readonly history = new History(() => this.draft);
  readonly rows: Rows;
  readonly grid: Grid;
  readonly find: Find;
  readonly json: JsonPanel;
  readonly name: NameField;
  readonly review: Review;
  readonly importer: ImportDialog;
  summary: Summary;
  readonly #status: Status;
  readonly #toolbar: Toolbar;
  readonly #repeats: Repeats;
  readonly #element = h("div", { class: "editor", part: "editor", role: "group" });
  readonly #form = h("div", { class: "form" });
  readonly #none = h("p", { class: "none", part: "empty", tabindex: "-1" });
  readonly #actions: Actions;
  #work = new AbortController();
  #unsubscribe: (() => void) | undefined;
  #isScheduled = false;
  /** Set while an update is due in the next pause of typing. */
  #settling: ReturnType<typeof setTimeout> | undefined;
  #adviceCount = 0;
  /** Whether there was an edit since the page got a `change` event. */
  #isUncommitted = false;

  constructor(
    readonly root: ShadowRoot,
    public draft: TrackerDraft,
    readonly host: EditorHost,
  ) {
    const { messages } = this;
    this.summary = summaryOf(draft);
    const actions = new Actions(this);
    this.#actions = actions;
    this.rows = new Rows(this);
    this.grid = new Grid(this, this.rows, (text) => actions.importFrom(text));
    this.grid.onSelect = () => this.#toolbar.show();
    this.rows.onCurrent = () => this.#toolbar.show();
    this.find = new Find(this, this.rows, this.grid);
    this.name = new NameField(this);
    this.review = new Review(this);
    this.importer = new ImportDialog(this, (phrases, place, here) =>
      actions.addPhrases(phrases, place, here),
    );
    this.json = new JsonPanel(
      this,
      () => host.rules(),
      () => this.#jsonChanged(),
      () => actions.closeJson(),
    );
    this.#status = new Status(this);
    this.#toolbar = new Toolbar(this, this.rows, (action) => actions.act(action));
    this.#repeats = new Repeats(this, this.rows);
    const help = messages.bind(h("p", { id: "phrases-help", class: "unseen" }), "phrases.help");
    this.rows.grid.setAttribute("aria-labelledby", "phrases-title");
    this.rows.grid.setAttribute("aria-describedby", help.id);
    this.#form.append(
      h("slot", { name: "before" }),
      this.name.element,
      this.#toolbar.element,
      this.find.element,
      this.rows.view,
      this.#none,
      // Below the list, so that selecting a row does not move the rows.
      this.#toolbar.selected,
      this.#toolbar.rowbar,
      help,
      this.#status.element,
      h("slot", { name: "after" }),
    );
    this.#element.append(
      this.#form,
      this.json.element,
      this.#status.regions,
      this.importer.element,
      this.review.element,
    );
    root.append(this.#element);
    actions.listen(this.#element, this.#status.element);
  }

  get canEdit(): boolean {
    return !this.host.isLocked;
  }

  get signal(): AbortSignal {
    return this.#work.signal;
  }

  get isEmpty(): boolean {
    return !this.json.isOpen && isEmpty(this.draft, this.summary);
  }

  get hasUnheld(): boolean {
    return this.rows.unheld.size > 0 || this.name.unheld !== undefined;
  }

  /** Follows the draft, while the element is on a page. */
  connect(): void {
    this.#unsubscribe?.();
    if (this.#work.signal.aborted) this.#work = new AbortController();
    this.#unsubscribe = this.draft.subscribe(() => this.#schedule());
    this.refresh();
  }

  /** Leaves the draft alone: it no longer refers to the editor. */
  disconnect(): void {
    this.history.end();
    clearTimeout(this.#settling);
    this.#settling = undefined;
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#work.abort();
  }

  /** Edits another draft from now on. */
  use(draft: TrackerDraft): void {
    const wasConnected = this.#unsubscribe !== undefined;
    this.disconnect();
    this.draft = draft;
    this.summary = summaryOf(draft);
    this.json.close();
    this.say("");
    this.name.reset();
    this.rows.reset();
    this.find.clear();
    if (wasConnected) this.connect();
    else this.refresh();
  }

  edit(work: () => Change, isTyping = false): Change | undefined {
    if (!this.canEdit) return;
    if (!isTyping) this.history.end();
    let change: Change;
    try {
      change = work();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.say(this.messages.text("said.too_long"));
      this.refresh();
      return;
    }
    this.#announceEdit(change.changed, isTyping);
    if (!isTyping) this.commit();
    return change;
  }

  commit(): void {
    if (!this.#isUncommitted) return;
    this.#isUncommitted = false;
    this.host.dispatch(new Event("change", { bubbles: true }));
  }

  undo(): void {
    this.#travel("undo");
  }

  redo(): void {
    this.#travel("redo");
  }

  say(text: string): void {
    this.#status.say(text);
  }

  announce(text: string): void {
    this.#status.announce(text);
  }

  /** Switches back to the list, with the content of the JSON if the list can show it. */
  closeJson(): void {
    this.#actions.closeJson();
  }

  importText(text: string, options: ImportOptions): Promise<Imported> {
    return this.#actions.importText(text, options);
  }

  /** Brings everything up to date at once. */
  refresh(): void {
    this.#isScheduled = false;
    clearTimeout(this.#settling);
    this.#settling = undefined;
    const { draft, rows } = this;
    this.summary = this.json.summary ?? summaryOf(draft);
    this.#adviceCount = draft.adviceCount;
    const hasNotes = draft.issueCount + this.#adviceCount > 0;
    if (
      this.#form.hidden !== this.json.isOpen ||
      rows.view.hidden !== (rows.count === 0) ||
      rows.view.classList.contains("notes") !== hasNotes
    )
      rows.remeasure();
    this.#form.hidden = this.json.isOpen;
    rows.view.classList.toggle("notes", hasNotes);
    rows.view.classList.toggle("locked", !this.canEdit);
    rows.view.hidden = rows.count === 0;
    this.#none.hidden = rows.count > 0;
    write(this.#none, this.messages.text(draft.length === 0 ? "phrases.none" : "phrases.no_match"));
    this.name.show();
    rows.paint();
    this.#toolbar.show();
    this.#status.show(this.isEmpty);
    this.#repeats.look();
    this.host.updated();
  }

  /** Shows all sentences again: in another language, or as the element is locked or unlocked. */
  show(): void {
    this.json.show();
    this.#element.setAttribute("aria-label", this.host.label || this.messages.text("editor"));
    this.find.showHits();
    this.refresh();
  }

  setDisabled(isDisabled: boolean): void {
    this.#element.inert = isDisabled;
    this.#element.setAttribute("aria-disabled", `${isDisabled}`);
  }

  /** The field of the first problem; the list if that is not on the page. */
  anchor(): HTMLElement {
    if (this.json.isOpen) return this.json.text;
    const [first] = this.summary.issues;
    const index = first?.path[1];
    if (typeof index === "number" && index < this.draft.length) {
      const row = this.rows.mounted(this.draft.keyAt(index));
      if (row) return row.input;
    }
    return this.name.input;
  }

  /** Shows the first problem, and those that were not shown because nothing had been entered yet. */
  revealInvalid(): void {
    this.name.demand();
    this.rows.fresh.clear();
    const index = this.summary.issues[0]?.path[1];
    if (!this.json.isOpen && typeof index === "number" && index < this.draft.length) {
      const key = this.draft.keyAt(index);
      if (this.rows.positionOf(key) < 0) this.find.clear();
      this.rows.scrollTo(this.rows.positionOf(key));
    }
    this.refresh();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      if (this.#isScheduled) this.refresh();
    });
  }

  #jsonChanged(): void {
    this.#announceEdit([]);
  }

  /**
   * Updates what a key has changed. Most keys change one row and the size, but not the number of issues; everything else
   * is updated when typing pauses.
   */
  #refreshTyped(changed: number[]): void {
    const { draft, rows, summary: before } = this;
    const summary = summaryOf(draft);
    if (
      summary.issueCount !== before.issueCount ||
      summary.leftOut !== before.leftOut ||
      summary.bytes > summary.limit ||
      before.bytes > summary.limit ||
      draft.adviceCount !== this.#adviceCount
    ) {
      this.refresh();
      return;
    }
    this.#isScheduled = false;
    this.summary = summary;
    rows.update(rows.current === undefined ? changed : new Set([...changed, rows.current]));
    this.#toolbar.showHistory();
    this.#status.showSize();
    this.host.updated();
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.refresh(), SETTLE_MS);
  }

  #announceEdit(changed: number[], isTyping = false): void {
    this.#isUncommitted = true;
    if (isTyping) this.#refreshTyped(changed);
    else this.refresh();
    const { ok, bytes, issueCount } = this.summary;
    this.host.dispatch(new Event("input", { bubbles: true, composed: true }));
    const detail = { changed, ok, bytes, issueCount };
    this.host.dispatch(new CustomEvent("tracker-change", { bubbles: true, composed: true, detail }));
  }

  #travel(way: "undo" | "redo"): void {
    if (!this.canEdit) return;
    const { draft, rows } = this;
    const focused = this.root.activeElement;
    const isTyping = focused === this.name.input || rows.grid.contains(focused);
    const name = draft.name;
    const held = new Map(rows.all.map((row) => [row.key, row.held]));
    const done = this.history[way]();
    if (!done) {
      this.say(this.messages.text("said.nothing"));
      return;
    }
    this.#announceEdit(done.change.changed);
    this.commit();
    if (done.field === "name") {
      if (isTyping) this.name.revealChange(name);
    } else if (done.field !== undefined) {
      if (rows.positionOf(done.field) < 0) this.find.clear();
      rows.revealChange(rows.positionOf(done.field), held.get(done.field), isTyping);
    }
    this.say(this.messages.text(done.key, done.params));
  }
}
