/** Below the list: how many issues and suggestions there are, how much room is left, and what was done last. */
import type { Context } from "./context.js";
import { attribute, h, write } from "./dom.js";
import type { Action } from "./toolbar.js";
import { adviceWords, issueWords } from "./words.js";

/** Some gateways count 1 MB as 1,000,000 bytes. */
const NEAR = 0.95;

export class Status {
  readonly element: HTMLElement;
  /** The live regions. They are there in every mode: a region that is shown with its text is not read. */
  readonly regions: HTMLElement;
  readonly #tracker = h("ul", { class: "problems", part: "problems" });
  readonly #issues = h("span", { class: "count" });
  readonly #advice = h("span", { class: "count" });
  readonly #issueButtons = h("span", { class: "group" });
  readonly #adviceButtons = h("span", { class: "group" });
  readonly #counts = h("div", { class: "counts" });
  readonly #leftOut = h("p", { class: "soft" });
  readonly #meter = h("meter", { min: "0" });
  readonly #size = h("span", { class: "size" });
  readonly #said = h("p", { role: "status", class: "said", part: "status" });
  /** The sentences about the tracker that are shown. */
  #words = "";
  /** For what is on the screen already. */
  readonly #unseen = h("p", { role: "status", class: "unseen" });

  constructor(private readonly context: Context) {
    const { messages } = context;
    const button = (does: Action, key: "issues.next" | "issues.previous" | "advice.review") =>
      messages.bind(h("button", { type: "button", "data-does": does, class: "small" }), key);
    const next = button("next-issue", "issues.next");
    attribute(next, "aria-keyshortcuts", "F8");
    const previous = button("previous-issue", "issues.previous");
    attribute(previous, "aria-keyshortcuts", "Shift+F8");
    this.#issueButtons.append(previous, next);
    this.#adviceButtons.append(button("review", "advice.review"));
    messages.bind(this.#meter, "size.label", "aria-label");
    this.#counts.append(
      h("span", { class: "group" }, this.#issues, this.#issueButtons),
      h("span", { class: "group" }, this.#advice, this.#adviceButtons),
      h("span", { class: "group room" }, this.#meter, this.#size),
    );
    this.element = h("div", { class: "status" }, this.#tracker, this.#counts, this.#leftOut);
    this.regions = h("div", {}, this.#said, this.#unseen);
  }

  /** @param isEmpty whether nothing was entered yet: then nothing is wrong either */
  show(isEmpty: boolean): void {
    const { messages, draft, summary, canEdit } = this.context;
    this.#counts.hidden = isEmpty;
    const { issueCount, bytes, limit, leftOut } = summary;
    write(
      this.#issues,
      issueCount > 0 ? messages.text("issues.count", { count: issueCount }) : messages.text("issues.none"),
    );
    this.#issues.classList.toggle("bad", issueCount > 0);
    const { issues, advice } = this.#showTracker();
    // An issue of the tracker as a whole is not in a field that could get the focus.
    this.#issueButtons.hidden = issueCount === issues;
    const suggestions = draft.adviceCount - advice;
    write(this.#advice, suggestions > 0 ? messages.text("advice.count", { count: suggestions }) : "");
    this.#adviceButtons.hidden = suggestions === 0 || !canEdit;
    write(this.#leftOut, leftOut > 0 ? messages.text("left_out", { count: leftOut }) : "");
    this.element.classList.toggle("over", bytes > limit);
    this.showSize();
  }

  showSize(): void {
    const { messages, summary } = this.context;
    const { bytes, limit } = summary;
    const size = messages.text("size", { bytes, limit });
    write(this.#size, size);
    this.#meter.max = limit;
    this.#meter.high = NEAR * limit;
    this.#meter.value = bytes;
    attribute(this.#meter, "aria-valuetext", size);
  }

  say(text: string): void {
    tell(this.#said, text);
  }

  announce(text: string): void {
    tell(this.#unseen, text);
  }

  /**
   * Shows the issues of the tracker as a whole. Those of its name and phrases are shown in their fields.
   *
   * @returns how many there are
   */
  #showTracker(): { issues: number; advice: number } {
    const { messages, draft, summary } = this.context;
    const isWhole = ({ path: [field, index] }: { path: (string | number)[] }) =>
      field !== "name" && typeof index !== "number";
    const issues = summary.issues
      .filter(isWhole)
      .map((issue) => h("li", { class: "bad" }, issueWords(messages, issue)));
    const listed = draft.adviceCount > 0 && draft.length > 0 ? draft.advice() : [];
    const advice = listed.filter(isWhole).map((piece) => h("li", {}, adviceWords(messages, piece)));
    const words = [...issues, ...advice].map((item) => item.textContent).join("\n");
    if (words !== this.#words) this.#tracker.replaceChildren(...issues, ...advice);
    this.#words = words;
    return { issues: issues.length, advice: advice.length };
  }
}

/** A screen reader reads only what differs. */
function tell(region: HTMLElement, text: string): void {
  region.textContent = text !== "" && text === region.textContent ? `${text}\u00a0` : text;
}
