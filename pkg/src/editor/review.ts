/** The dialog that shows what following the advice changes, before it does. */
import type { Advice } from "../types.js";
import type { Context } from "./context.js";
import { h, write } from "./dom.js";
import { scan } from "./scan.js";
import { shown } from "./visible.js";
import { adviceWords, placeWords } from "./words.js";

/** How many pieces of advice are listed. */
const LISTED = 200;

export class Review {
  readonly element = h("dialog", { class: "dialog", part: "dialog", "aria-labelledby": "review-title" });
  readonly #list = h("ul", { class: "reviewed" });
  readonly #more = h("p", { class: "soft" });
  readonly #take = h("button", { type: "button", class: "primary" });
  #advice: Advice[] = [];
  readonly #left = new Set<Advice>();

  constructor(private readonly context: Context) {
    const { messages } = context;
    const cancel = messages.bind(h("button", { type: "button" }), "cancel");
    this.element.append(
      messages.bind(h("h2", { id: "review-title" }), "review.title"),
      this.#list,
      this.#more,
      h("div", { class: "buttons end" }, cancel, this.#take),
    );
    cancel.addEventListener("click", () => this.element.close());
    this.#take.addEventListener("click", () => {
      this.element.close();
      this.#apply(this.#advice.filter((piece) => !this.#left.has(piece)));
    });
  }

  async open(): Promise<void> {
    const { messages, draft } = this.context;
    this.#advice = await this.#collect();
    this.#left.clear();
    this.#list.replaceChildren(...this.#advice.slice(0, LISTED).map((piece) => this.#item(piece)));
    const more = this.#advice.length - LISTED;
    if (this.#advice.length === 0) write(this.#more, messages.text("review.none"));
    else write(this.#more, more > 0 ? messages.text("review.more", { count: more }) : "");
    this.#count();
    if (draft.length >= 0) this.element.showModal();
    this.#take.focus();
  }

  /** Follows all advice that says what to write. */
  async takeAll(): Promise<void> {
    this.#apply(await this.#collect());
  }

  #apply(advice: Advice[]): void {
    const { context } = this;
    const { messages, draft } = context;
    if (advice.length === 0) context.say(messages.text("said.nothing"));
    else if (context.edit(() => draft.applyAdvice(advice)))
      context.say(messages.text("said.taken", { count: advice.length }));
  }

  /** Advice that can be followed, of all rows: `draft.advice()` lists only the first. */
  async #collect(): Promise<Advice[]> {
    const { draft, signal } = this.context;
    const listed = draft.advice();
    let all = listed;
    if (listed.length < draft.adviceCount) {
      all = listed.filter(({ path }) => typeof path[1] !== "number");
      await scan(
        () => draft.length,
        (index) => void all.push(...draft.adviceAt(index)),
        signal,
      );
    }
    return all.filter(({ replacement }) => replacement !== undefined);
  }

  #item(piece: Advice): HTMLElement {
    const { messages, draft } = this.context;
    const box = h("input", { type: "checkbox", checked: "" });
    box.addEventListener("change", () => {
      if (box.checked) this.#left.delete(piece);
      else this.#left.add(piece);
      this.#count();
    });
    const [, index] = piece.path;
    const before = typeof index === "number" ? draft.phraseAt(index) : draft.name;
    const isRemoved = piece.code === "near_duplicate";
    const after = isRemoved ? messages.text("review.removed") : shown(piece.replacement ?? "");
    const params = { place: placeWords(messages, piece), why: adviceWords(messages, piece) };
    return h(
      "li",
      {},
      h("label", { class: "check" }, box, h("span", {}, messages.text("review.from", params))),
      h("p", { class: "before", dir: "auto" }, h("del", {}, shown(before))),
      h("p", { class: "after", dir: "auto" }, isRemoved ? h("em", {}, after) : h("ins", {}, after)),
    );
  }

  #count(): void {
    const count = this.#advice.length - this.#left.size;
    write(this.#take, this.context.messages.text("review.take", { count }));
    this.#take.disabled = count === 0;
  }
}
