/** The dialog that shows what following the advice changes, before it does. */
import type { Advice } from "../types.js";
import type { Context } from "./context.js";
import { h, write } from "./dom.js";
import { scan } from "./scan.js";
import { shown } from "./visible.js";
import { adviceWords, placeWords } from "./words.js";

/** How many pieces of advice are listed at first, and how many more at a time. */
const PAGE = 200;

export class Review {
  readonly element = h("dialog", { class: "dialog", part: "dialog", "aria-labelledby": "review-title" });
  readonly #all = h("input", { type: "checkbox" });
  readonly #allWords = h("span");
  readonly #allField = h("label", { class: "check" }, this.#all, this.#allWords);
  readonly #list = h("ul", { class: "reviewed" });
  readonly #none = h("p", { class: "soft" });
  readonly #more = h("button", { type: "button" });
  readonly #take = h("button", { type: "button", class: "primary" });
  #advice: Advice[] = [];
  /** The advice that the person does not want to follow. */
  readonly #left = new Set<Advice>();

  constructor(private readonly context: Context) {
    const { messages } = context;
    const cancel = messages.bind(h("button", { type: "button" }), "cancel");
    this.element.append(
      messages.bind(h("h2", { id: "review-title" }), "review.title"),
      this.#allField,
      this.#list,
      messages.bind(this.#none, "review.none"),
      h("div", { class: "buttons end" }, this.#more, cancel, this.#take),
    );
    this.#all.addEventListener("change", () => {
      this.#left.clear();
      if (!this.#all.checked) for (const piece of this.#advice) this.#left.add(piece);
      for (const box of this.#list.querySelectorAll("input")) box.checked = this.#all.checked;
      this.#show();
    });
    this.#more.addEventListener("click", () => {
      const next = this.#list.childElementCount;
      this.#listMore();
      this.#show();
      this.#list.children[next]?.querySelector("input")?.focus();
    });
    cancel.addEventListener("click", () => this.element.close());
    this.#take.addEventListener("click", () => {
      this.element.close();
      const { draft } = context;
      const wanted = this.#advice.filter((piece) => !this.#left.has(piece));
      if (context.edit(() => draft.applyAdvice(wanted)))
        context.say(messages.text("said.taken", { count: wanted.length }));
    });
  }

  async open(): Promise<void> {
    const { signal } = this.context;
    this.#advice = await this.#collect();
    if (signal.aborted) return;
    this.#left.clear();
    this.#list.replaceChildren();
    this.#listMore();
    this.#show();
    this.element.showModal();
    this.#take.focus();
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

  #listMore(): void {
    const from = this.#list.childElementCount;
    this.#list.append(...this.#advice.slice(from, from + PAGE).map((piece) => this.#item(piece)));
  }

  #item(piece: Advice): HTMLElement {
    const { messages, draft } = this.context;
    const box = h("input", { type: "checkbox" });
    box.checked = !this.#left.has(piece);
    box.addEventListener("change", () => {
      if (box.checked) this.#left.delete(piece);
      else this.#left.add(piece);
      this.#show();
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

  #show(): void {
    const { messages } = this.context;
    const all = this.#advice.length;
    const count = all - this.#left.size;
    this.#all.checked = count === all;
    this.#all.indeterminate = count > 0 && count < all;
    write(this.#allWords, messages.text("advice.count", { count: all }));
    this.#allField.hidden = all < 2;
    this.#none.hidden = all > 0;
    const more = all - this.#list.childElementCount;
    this.#more.hidden = more === 0;
    write(this.#more, messages.text("review.more", { count: more }));
    write(this.#take, messages.text("review.take", { count }));
    this.#take.disabled = count === 0;
  }
}
