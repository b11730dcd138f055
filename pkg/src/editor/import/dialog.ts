/** The dialog that adds many phrases: it says what it will add before it does. */
import type { Context } from "../context.js";
import { attribute, h, write } from "../dom.js";
import type { MessageKey } from "../messages.js";
import { shown } from "../visible.js";
import { decodeFile } from "./decode.js";
import { detectColumn, detectFormat, detectHeading, FORMATS, type Format, type Place } from "./options.js";
import { read, type Source } from "./read.js";
import { type Kind, type Known, know, type Sifted, sift } from "./sift.js";

/** A longer text is not put into the text area, which would take seconds to lay it out. */
const EDITABLE_LENGTH = 200_000;

/** How long typing may pause before the text is read, in milliseconds. */
const DELAY_MS = 200;

const KINDS = ["new", "repeated", "near", "blank"] as const;

export class ImportDialog {
  readonly element = h("dialog", { class: "dialog", part: "dialog", "aria-labelledby": "import-title" });
  readonly #text = h("textarea", { rows: "8", id: "import-text", spellcheck: "false" });
  readonly #file = h("input", {
    type: "file",
    accept: ".txt,.csv,.tsv,.json,text/*,application/json",
    hidden: "",
  });
  readonly #source = h("p", { class: "source" });
  readonly #other: HTMLButtonElement;
  readonly #format = h("select", { id: "import-format" });
  readonly #heading = h("input", { type: "checkbox" });
  readonly #column = h("select", { id: "import-column" });
  readonly #columnField: HTMLElement;
  readonly #headingField: HTMLElement;
  readonly #commas = h("input", { type: "checkbox" });
  readonly #near = h("input", { type: "checkbox" });
  readonly #place = h("select", { id: "import-place" });
  readonly #progress = h("progress", { max: "1" });
  readonly #problem = h("p", { class: "issue", role: "alert" });
  readonly #kinds = new Map(
    KINDS.map((kind) => [kind, h("details", {}, h("summary"), h("ul", { class: "samples" }))] as const),
  );
  readonly #add = h("button", { type: "button", class: "primary" });
  /** A text that is too long for the text area. */
  #long: string | undefined;
  #name = "";
  #here: number | undefined;
  #known: Known = { exact: new Set(), folded: new Set() };
  #read: Source = { rows: [], isExact: false };
  #sifted: Sifted | undefined;
  #work = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param add adds what was looked at */
  constructor(
    private readonly context: Context,
    private readonly add: (phrases: string[], place: Place, here: number | undefined) => boolean,
  ) {
    const { messages } = context;
    const label = (key: MessageKey, target: HTMLElement) =>
      h("div", { class: "field" }, messages.bind(h("label", { for: target.id }), key), target);
    const check = (key: MessageKey, box: HTMLInputElement) =>
      h("label", { class: "check" }, box, messages.bind(h("span"), key));
    for (const format of FORMATS)
      this.#format.append(messages.bind(h("option", { value: format }), `import.${format}`));
    for (const place of ["here", "end", "replace"]) this.#place.append(h("option", { value: place }));
    messages.bind(this.#progress, "import.busy", "aria-label");
    const choose = messages.bind(h("button", { type: "button" }), "import.file");
    this.#other = messages.bind(h("button", { type: "button" }), "import.other");
    const cancel = messages.bind(h("button", { type: "button" }), "cancel");
    this.#columnField = label("import.column", this.#column);
    this.#headingField = check("import.heading", this.#heading);
    this.element.append(
      messages.bind(h("h2", { id: "import-title" }), "import.title"),
      messages.bind(h("label", { for: "import-text" }), "import.text"),
      this.#text,
      this.#source,
      h("div", { class: "buttons" }, choose, this.#other, this.#file),
      h(
        "div",
        { class: "fields" },
        label("import.format", this.#format),
        this.#columnField,
        label("import.place", this.#place),
      ),
      h(
        "div",
        { class: "fields" },
        this.#headingField,
        check("import.commas", this.#commas),
        check("import.near_leave", this.#near),
      ),
      this.#progress,
      this.#problem,
      h("div", { class: "kinds" }, ...this.#kinds.values()),
      h("div", { class: "buttons end" }, cancel, this.#add),
    );
    this.#text.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#load(this.#text.value), DELAY_MS);
    });
    this.#text.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text.length <= EDITABLE_LENGTH) return;
      event.preventDefault();
      this.#setText(text, "");
    });
    choose.addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => {
      const file = this.#file.files?.[0];
      if (file) this.#openFile(file);
      this.#file.value = "";
    });
    this.#other.addEventListener("click", () => {
      this.#setText("", "");
      this.#text.focus();
    });
    this.#format.addEventListener("change", () => this.#load(this.#current, this.#format.value as Format));
    for (const control of [this.#heading, this.#column, this.#commas, this.#near, this.#place])
      control.addEventListener("change", () => this.#look());
    cancel.addEventListener("click", () => this.element.close());
    this.element.addEventListener("close", () => this.#work.abort());
    this.#add.addEventListener("click", () => this.#confirm());
  }

  /**
   * @param here the index of the phrase below which the phrases may go
   * @param source a text, or a file
   */
  open(here: number | undefined, source: string | File = ""): void {
    const { messages } = this.context;
    this.#here = here;
    const [below, end, all] = this.#place.options;
    if (!below || !end || !all) return;
    below.disabled = here === undefined;
    below.textContent = here === undefined ? "—" : messages.text("import.here", { phrase: here + 1 });
    end.textContent = messages.text("import.end");
    all.textContent = messages.text("import.replace");
    this.#place.value = "end";
    if (!this.element.open) this.element.showModal();
    if (typeof source === "string") this.#setText(source, "");
    else this.#openFile(source);
    (this.#long === undefined ? this.#text : this.#add).focus();
  }

  get #current(): string {
    return this.#long ?? this.#text.value;
  }

  async #openFile(file: File): Promise<void> {
    try {
      this.#setText(await decodeFile(file), file.name);
    } catch {
      write(this.#problem, this.context.messages.text("import.unreadable"));
    }
  }

  #setText(text: string, name: string): void {
    const { messages } = this.context;
    this.#name = name;
    this.#long = text.length > EDITABLE_LENGTH ? text : undefined;
    this.#text.hidden = this.#long !== undefined;
    this.#other.hidden = this.#long === undefined;
    this.#text.value = this.#long === undefined ? text : "";
    const source =
      this.#long === undefined
        ? ""
        : messages.text("import.source", { name: name || "…", count: text.length });
    write(this.#source, source);
    this.#load(text);
  }

  /** Reads the text, as what it most likely is unless the person has chosen. */
  async #load(text: string, chosen?: Format): Promise<void> {
    clearTimeout(this.#timer);
    const signal = this.#begin();
    const { draft } = this.context;
    this.#format.value = chosen ?? detectFormat(text, this.#name);
    const format = this.#format.value as Format;
    this.#read = await read(text, format, draft.limit, signal, (share) => this.#show(share / 2));
    if (signal.aborted) return;
    const { rows } = this.#read;
    const columns = Math.max(1, ...rows.slice(0, 50).map((row) => row.length));
    const column = detectColumn(rows);
    const isTable = format === "csv" || format === "tsv";
    this.#columnField.hidden = columns < 2;
    this.#headingField.hidden = !isTable;
    this.#heading.checked = isTable && detectHeading(rows, column);
    const named = (index: number) => {
      const params = { column: index + 1, text: shown((rows[0]?.[index] ?? "").slice(0, 40)) };
      return h("option", { value: `${index}` }, this.context.messages.text("import.column_name", params));
    };
    this.#column.replaceChildren(...Array.from({ length: columns }, (_, index) => named(index)));
    this.#column.value = `${column}`;
    this.#known = await know(draft.toTracker().vocabulary, signal);
    if (!signal.aborted) await this.#look();
  }

  /** Looks at what the text adds. */
  async #look(): Promise<void> {
    const signal = this.#begin();
    const isReplacing = this.#place.value === "replace";
    const known = isReplacing ? { exact: new Set<string>(), folded: new Set<string>() } : this.#known;
    const options = {
      heading: this.#heading.checked,
      column: Number(this.#column.value),
      commas: this.#commas.checked,
      leaveOutNear: this.#near.checked,
      limit: this.context.draft.limit,
    };
    const sifted = await sift(this.#read, known, options, signal, (share) => this.#show(0.5 + share / 2));
    if (signal.aborted) return;
    this.#sifted = sifted;
    this.#show(1);
  }

  #begin(): AbortSignal {
    this.#work.abort();
    this.#work = new AbortController();
    this.#sifted = undefined;
    this.#show(0);
    return this.#work.signal;
  }

  /** @param share of the work that is done */
  #show(share: number): void {
    const { messages, draft } = this.context;
    const sifted = this.#sifted;
    const isReplacing = this.#place.value === "replace";
    this.#progress.value = share;
    this.#progress.hidden = share === 1 || this.#current.length < EDITABLE_LENGTH;
    attribute(this.element, "aria-busy", `${share < 1}`);
    const count = sifted?.phrases.length ?? 0;
    write(this.#add, messages.text(isReplacing ? "import.replace_with" : "import.add", { count }));
    this.#add.disabled = count === 0 || sifted?.isTooMuch === true;
    const kinds = {
      new: sifted?.fresh,
      repeated: sifted?.repeated,
      near: sifted?.near,
      blank: sifted?.blank,
    };
    for (const [kind, details] of this.#kinds) {
      details.hidden = !sifted || this.#current === "" || kinds[kind]?.count === 0;
      if (sifted)
        fill(details, messages.text(`import.${kind}`, { count: kinds[kind]?.count ?? 0 }), kinds[kind]);
    }
    write(this.#problem, sifted && this.#current !== "" ? this.#problemWords(sifted, isReplacing) : "");
    if (sifted?.isTooMuch)
      this.#problem.textContent = messages.text("import.too_many", {
        bytes: sifted.bytes + (isReplacing ? 0 : draft.bytes),
        limit: draft.limit,
      });
  }

  #problemWords(sifted: Sifted, isReplacing: boolean): string {
    const { messages, draft } = this.context;
    const { problem } = this.#read;
    const { limit } = draft;
    if (problem?.key === "import.bad_csv") return messages.text(problem.key, { row: problem.row });
    if (problem) return messages.text(problem.key, { bytes: this.#current.length, limit });
    const over = sifted.bytes + (isReplacing ? 0 : draft.bytes) - limit;
    return over > 0 && sifted.phrases.length > 0 ? messages.text("import.over", { count: over, limit }) : "";
  }

  #confirm(): void {
    const sifted = this.#sifted;
    if (!sifted || !this.add(sifted.phrases, this.#place.value as Place, this.#here)) return;
    this.element.close();
    this.#setText("", "");
  }
}

function fill(details: HTMLDetailsElement, title: string, kind: Kind | undefined): void {
  const [summary, list] = details.children;
  if (!summary || !list) return;
  write(summary, title);
  list.replaceChildren(...(kind?.first ?? []).map((text) => h("li", { dir: "auto" }, shown(text))));
  if (kind && kind.count > kind.first.length) list.append(h("li", {}, "…"));
}
