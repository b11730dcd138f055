import { TrackerDraft } from "../draft/TrackerDraft.js";
import type { DraftedTracker } from "../draft/types.js";
import type { Advice, Issue, TrackerParts } from "../types.js";
import type { Imported } from "./actions.js";
import { Editor } from "./editor.js";
import { FormControl } from "./form.js";
import { FormElement, internalsOf, upgradeProperties } from "./form-element.js";
import type { EditorHost } from "./host.js";
import type { ImportOptions } from "./import/options.js";
import { languageOf, observeLanguage } from "./language.js";
import type { Translations } from "./messages.js";
import { RULES, rulesOf } from "./rules.js";
import { styles } from "./styles.js";
import { isSent, sentTracker } from "./summary.js";

/** Properties that a page may set before the element is defined. */
const EARLY = [
  ...["name", "label", "disabled", "readOnly", "required", "mode", "trackerId", "maxBytes", "for"],
  ...["translations", "draft", "defaultValue", "value"],
];

/**
 * `<tracker-editor>`: edits a tracker, alone or in a form.
 *
 * @fires input after every edit of the person's
 * @fires change when typing has ended, and after every other edit
 * @fires tracker-change with `input`, and what the edit did
 * @fires tracker-before-import before phrases are added from a list; can be cancelled
 *
 * @example
 * import "symbl-tracker/editor";
 * const editor = document.querySelector("tracker-editor");
 * editor.value = { id: "42", name: "Sale", vocabulary: ["on sale"] };
 * editor.addEventListener("change", () => console.log(editor.value));
 */
export class TrackerEditor extends FormElement {
  /** @hidden */
  static readonly observedAttributes = [
    ...RULES,
    ...["name", "disabled", "readonly", "required", "label", "mode", "lang"],
  ];

  readonly #editor: Editor;
  readonly #form: FormControl;
  /** Whether the draft is the page's own. */
  #isAdopted = false;
  #default: TrackerParts = {};
  #translations: Translations = {};
  #languages: MutationObserver | undefined;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styles()];
    this.#editor = new Editor(root, new TrackerDraft({}, rulesOf(this, undefined)), this.#host());
    this.#form = new FormControl(internalsOf(this), this.#editor, this);
    // A click on a label of the element arrives at the element itself.
    this.addEventListener("click", (event) => {
      if (event.composedPath()[0] === this) this.focus();
    });
    this.addEventListener("invalid", () => {
      this.#form.setUserInvalid();
      this.#editor.revealInvalid();
    });
    // The page gets the element's own events, not those of its fields.
    for (const type of ["input", "change"]) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    root.addEventListener("focusout", (event) => {
      const { relatedTarget } = event as FocusEvent;
      // Only when the focus leaves the element: it copies the whole tracker.
      if (!(relatedTarget instanceof Node && root.contains(relatedTarget))) this.#remember();
    });
  }

  /** @hidden */
  connectedCallback(): void {
    upgradeProperties(this, EARLY);
    this.#languages = observeLanguage(this, () => this.#useLanguage());
    this.ownerDocument.defaultView?.addEventListener("pagehide", this.#remember);
    this.#useLanguage();
    if (this.mode === "json") this.#editor.json.open();
    this.#editor.connect();
  }

  /** @hidden */
  disconnectedCallback(): void {
    this.#languages?.disconnect();
    this.ownerDocument.defaultView?.removeEventListener("pagehide", this.#remember);
    this.#editor.disconnect();
  }

  /** @hidden */
  attributeChangedCallback(attribute: string, before: string | null, after: string | null): void {
    if (before === after) return;
    if (RULES.includes(attribute)) this.#applyRules();
    else if (attribute === "mode") this.#setMode(after === "json");
    else if (attribute === "lang") this.#useLanguage();
    else this.#editor.show();
  }

  /** @hidden */
  formAssociatedCallback(form: HTMLFormElement | null): void {
    this.#form.join(form);
  }

  /** @hidden */
  formDisabledCallback(isDisabled: boolean): void {
    this.#editor.setDisabled(isDisabled);
    this.#editor.show();
  }

  /** @hidden Goes back to {@link defaultValue}, in one step that can be undone. */
  formResetCallback(): void {
    this.#replace(this.#default);
    this.#editor.draft.markSaved();
    internalsOf(this).states.delete("user-invalid");
  }

  /** @hidden */
  formStateRestoreCallback(state: string | File | FormData | null): void {
    if (typeof state !== "string") return;
    const { tracker, json }: { tracker: TrackerParts; json?: string } = JSON.parse(state);
    this.#replace(tracker);
    if (json !== undefined) this.#editor.json.open(json);
    this.#editor.refresh();
  }

  /**
   * The tracker, without empty phrases at the end. Setting it loads another one: the undo history is cleared, and
   * {@link defaultValue} becomes this tracker. Setting an equal tracker changes nothing.
   * @throws {TypeError} where it has anything but texts
   */
  get value(): DraftedTracker {
    const { tracker } = this.#editor.json;
    if (!tracker) return sentTracker(this.#editor.draft);
    return structuredClone({ name: "", vocabulary: [], ...tracker }) as DraftedTracker;
  }

  set value(tracker: TrackerParts | null | undefined) {
    const parts = tracker ?? {};
    const { draft, json } = this.#editor;
    const id = parts.id ?? (this.trackerId || undefined);
    if (!json.isModified && isSent(draft, { ...parts, id })) return;
    this.#renew(parts);
    this.#default = parts;
    this.#editor.refresh();
  }

  /** The tracker that a reset of the form restores: the last {@link value} that was set or marked as saved. */
  get defaultValue(): TrackerParts {
    return this.#default;
  }

  set defaultValue(tracker: TrackerParts) {
    const wasModified = this.isModified;
    this.#default = tracker;
    if (!wasModified) this.#renew(tracker);
  }

  /** The draft that is edited. A draft that is set is the page's: it keeps its rules, and the page disposes of it. */
  get draft(): TrackerDraft {
    return this.#editor.draft;
  }

  set draft(draft: TrackerDraft) {
    const before = this.draft;
    if (draft === before) return;
    this.#editor.use(draft);
    if (!this.#isAdopted) before.dispose();
    this.#isAdopted = true;
    this.#default = draft.toTracker();
  }

  /**
   * The text as it was typed while the tracker is edited as JSON; otherwise undefined. Setting a text switches to JSON
   * and shows it; setting undefined switches back to the list and discards the text.
   */
  get jsonText(): string | undefined {
    const { json } = this.#editor;
    return json.isOpen ? json.text.value : undefined;
  }

  set jsonText(text: string | undefined) {
    const { json } = this.#editor;
    if (text === undefined) json.close();
    else json.open(text);
    this.#editor.refresh();
  }

  /** Whether the tracker differs from the one that was set, or was there at {@link markSaved}. */
  get isModified(): boolean {
    return this.#editor.json.isModified || this.#editor.draft.isModified;
  }

  /** What the service would refuse; the first ones, if there are many. */
  get issues(): Issue[] {
    return this.#editor.summary.issues;
  }

  /** What could be better; the first ones, if there are many. */
  get advice(): Advice[] {
    return this.#editor.draft.advice();
  }

  /** The length of the request body in bytes. */
  get bytes(): number {
    return this.#editor.summary.bytes;
  }

  /** Sentences that take the place of the language's. */
  get translations(): Translations {
    return this.#translations;
  }

  set translations(translations: Translations) {
    this.#translations = translations ?? {};
    this.#useLanguage();
  }

  /**
   * The request that the tracker is for.
   * @default "update" if the tracker has an id or there is a `tracker-id`; otherwise "create"
   */
  get for(): "update" | "create" {
    return rulesOf(this, this.#editor.draft.id).for ?? "update";
  }

  set for(operation: "update" | "create") {
    this.setAttribute("for", operation);
  }

  /**
   * The most bytes of the request body.
   * @default 1_048_576
   */
  get maxBytes(): number {
    return this.#editor.draft.limit;
  }

  set maxBytes(bytes: number) {
    this.setAttribute("max-bytes", `${bytes}`);
  }

  /** Makes the editor invalid with this message, like that of any form control. An empty message removes it. */
  setCustomValidity(message: string): void {
    this.#form.setCustomValidity(message);
  }

  /**
   * Moves the focus to the name, or to a phrase.
   *
   * @param options.phrase the index of the phrase
   */
  override focus(options: FocusOptions & { phrase?: number } = {}): void {
    const editor = this.#editor;
    if (options.phrase !== undefined && editor.grid.goTo(options.phrase)) return;
    (editor.json.isOpen ? editor.json.text : editor.name.input).focus(options);
  }

  /** Scrolls to the row with a key of the draft's, without moving the focus. */
  reveal(key: number): void {
    const { rows, find } = this.#editor;
    if (rows.positionOf(key) < 0) find.clear();
    if (rows.positionOf(key) >= 0) rows.scrollTo(rows.positionOf(key));
  }

  /** Undoes the last step. */
  undo(): void {
    this.#editor.history.undo();
  }

  /** Redoes the step that was undone last. */
  redo(): void {
    this.#editor.history.redo();
  }

  /**
   * Adds the phrases of a text as the dialog does: lines, a table with tabs, CSV or a JSON array.
   * @throws {RangeError} where the text cannot be read as phrases
   */
  importText(text: string, options: ImportOptions = {}): Promise<Imported> {
    return this.#editor.importText(text, options);
  }

  /** Makes the present content the one that {@link isModified} compares with and a reset goes back to. */
  markSaved(): void {
    this.#editor.history.end();
    this.#default = this.value;
    this.#editor.draft.markSaved();
  }

  /**
   * Edits a draft of this tracker, made by the attributes' rules. An adopted draft stays and takes the tracker over.
   *
   * @param saved what the tracker is compared with to tell whether it is modified
   */
  #renew(tracker: TrackerParts, saved = tracker): void {
    if (this.#isAdopted) {
      this.#replace(tracker);
      this.#editor.draft.markSaved();
      return;
    }
    const rules = rulesOf(this, tracker.id);
    const id = tracker.id ?? rules.trackerId;
    const withId = (parts: TrackerParts) => ({ ...parts, ...(id === undefined ? {} : { id }) });
    const before = this.draft;
    const renewed = new TrackerDraft(withId(saved), rules);
    if (saved !== tracker) renewed.replaceAll(withId(tracker));
    this.#editor.use(renewed);
    before.dispose();
  }

  /** Has the attributes' rules apply to what is there. An adopted draft has rules of its own. */
  #applyRules(): void {
    const { draft } = this.#editor;
    if (this.#isAdopted) return;
    const tracker = draft.toTracker();
    this.#renew(tracker, draft.isModified ? this.#default : tracker);
  }

  #replace(tracker: TrackerParts): void {
    const { json, draft, history } = this.#editor;
    history.end();
    json.close();
    const { id = draft.id, name, vocabulary } = tracker;
    draft.replaceAll({ ...(id === undefined ? {} : { id }), name, vocabulary });
    this.#editor.refresh();
  }

  #setMode(isJson: boolean): void {
    if (isJson) this.#editor.json.open();
    else if (this.#editor.json.isOpen) this.#editor.closeJson();
    this.#editor.refresh();
  }

  #useLanguage(): void {
    this.#editor.messages.use(languageOf(this), this.#translations);
    this.#editor.show();
  }

  readonly #remember = (): void => {
    if (!this.form || this.name === "") return;
    const { draft, json } = this.#editor;
    const state = { tracker: draft.toTracker(), json: json.isOpen ? json.text.value : undefined };
    this.#form.remember(JSON.stringify(state));
  };

  #host(): EditorHost {
    const element = this;
    return {
      get isLocked() {
        return element.matches(":disabled") || element.readOnly;
      },
      get label() {
        return element.label;
      },
      rules: () => rulesOf(element, element.#editor.draft.id),
      modeChanged: (mode) => {
        if (element.mode !== mode) element.mode = mode;
      },
      dispatch: (event) => element.dispatchEvent(event),
      updated: () => element.#form?.update(),
    };
  }
}
