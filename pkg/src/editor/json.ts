/**
 * The tracker as a text in which anything can be written. While it is open it takes the place of the list: what is sent
 * and what is valid is what the text says. The text area is never written to while somebody types there, so that the caret stays
 * where it is. Its history is its own until the person goes back to the list, which then takes all of it over as one step.
 */
import type { Issue, RuleOptions, TrackerParts } from "../types.js";
import { validateTracker } from "../validate.js";
import type { Context } from "./context.js";
import { attribute, h } from "./dom.js";
import { jsonSyntax } from "./json-syntax.js";
import type { Summary } from "./summary.js";
import { TextHistory } from "./text-history.js";
import { issueWords, placeWords } from "./words.js";

/** A longer text is validated once typing pauses, not at every key. */
const AT_ONCE_LENGTH = 50_000;
const PAUSE_MS = 200;

/** How many problems are listed. */
const LISTED = 20;

export class JsonPanel {
  readonly element = h("div", { class: "json", part: "json" });
  readonly text = h("textarea", {
    id: "json-text",
    wrap: "off",
    spellcheck: "false",
    "aria-describedby": "json-problems",
  });
  readonly #problems = h("ul", { id: "json-problems", class: "problems" });
  readonly #back = h("button", { type: "button" });
  readonly #history: TextHistory;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #value: unknown;
  #summary: Summary | undefined;
  /** The text when it was opened. */
  #opened = "";

  /**
   * @param rules by which the text is validated
   * @param changed called after the person has changed the text
   */
  constructor(
    private readonly context: Context,
    private readonly rules: () => RuleOptions,
    private readonly changed: () => void,
    back: () => void,
  ) {
    const { messages } = context;
    this.element.hidden = true;
    this.element.append(
      messages.bind(h("label", { for: this.text.id }), "json.label"),
      this.text,
      this.#problems,
      h("div", { class: "buttons" }, messages.bind(this.#back, "form")),
    );
    this.#back.addEventListener("click", back);
    this.#history = new TextHistory(this.text, () => this.#typed());
    this.text.addEventListener("input", () => {
      clearTimeout(this.#timer);
      if (this.text.textLength <= AT_ONCE_LENGTH) this.#typed();
      else this.#timer = setTimeout(() => this.#typed(), PAUSE_MS);
    });
    // What is done next is done with the text as it is.
    this.text.addEventListener("blur", () => this.flush());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Whether the text differs from what it was when it was opened. */
  get isModified(): boolean {
    return this.isOpen && this.text.value !== this.#opened;
  }

  /** What the service would say of the text; undefined while the list is open. */
  get summary(): Summary | undefined {
    this.flush();
    return this.isOpen ? this.#summary : undefined;
  }

  /** The tracker that the text is, if the list could show it. */
  get tracker(): TrackerParts | undefined {
    this.flush();
    return this.isOpen && fitsList(this.#value) ? this.#value : undefined;
  }

  /** @param text that was typed earlier; otherwise the draft's */
  open(text?: string): void {
    if (this.isOpen && text === undefined) return;
    this.#opened = JSON.stringify(this.context.draft.toTracker(), null, 2);
    this.text.value = text ?? this.#opened;
    this.element.hidden = false;
    this.#history.reset();
    this.#read();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.element.hidden = true;
    this.#summary = undefined;
    this.#value = undefined;
  }

  /** Validates what was typed last, if that is still to be done. */
  flush(): void {
    if (this.#timer !== undefined) this.#typed();
  }

  /** Shows the sentences again, in another language. */
  show(): void {
    this.text.readOnly = !this.context.canEdit;
    if (this.isOpen) this.#read();
  }

  #typed(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#read();
    this.changed();
  }

  #read(): void {
    const { messages, draft } = this.context;
    const text = this.text.value;
    const sentences: string[] = [];
    const rules = this.rules();
    let summary: Summary;
    try {
      this.#value = JSON.parse(text);
      const result = validateTracker(this.#value, rules);
      const { issues, issueCount } = result.ok ? { issues: [] as Issue[], issueCount: 0 } : result;
      const repeated = jsonSyntax(text).repeated;
      for (const key of repeated) sentences.push(messages.text("json.repeated", { key }));
      for (const issue of issues.slice(0, LISTED - repeated.length))
        sentences.push(`${placeWords(messages, issue)}: ${issueWords(messages, issue)}`);
      const all = issueCount + repeated.length;
      const { limit, bytes = text.length } = result;
      summary = { ok: all === 0, issueCount: all, issues, bytes, limit, leftOut: 0 };
    } catch {
      this.#value = undefined;
      const sentence = brokenWords(this.context, text);
      sentences.push(sentence);
      const issue: Issue = {
        ...{ code: "unreadable", path: [], pointer: "" },
        ...{ message: sentence, params: { reason: sentence } },
      };
      summary = {
        ok: false,
        issueCount: 1,
        issues: [issue],
        bytes: text.length,
        limit: draft.limit,
        leftOut: 0,
      };
    }
    this.#summary = summary;
    this.#problems.replaceChildren(...sentences.map((sentence) => h("li", {}, sentence)));
    attribute(this.text, "aria-invalid", summary.ok ? undefined : "true");
  }
}

/** Where the text stops being JSON. */
function brokenWords({ messages }: Context, text: string): string {
  const before = text.slice(0, jsonSyntax(text).error ?? text.length).split("\n");
  return messages.text("json.broken_at", { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
}

/** Whether a name and a list of phrases can show it all. */
function fitsList(value: unknown): value is TrackerParts {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { id = "", name = "", vocabulary = [], ...others } = value as Record<string, unknown>;
  return (
    [id, name].every((text) => typeof text === "string") &&
    Array.isArray(vocabulary) &&
    vocabulary.every((phrase) => typeof phrase === "string") &&
    Object.keys(others).length === 0
  );
}
