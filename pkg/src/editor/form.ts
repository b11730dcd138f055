/** The editor in a form: its value, its validity, its states. */
import type { Context } from "./context.js";
import type { Verdict } from "./verdict.js";
import { issueWords, placeWords } from "./words.js";

/** What the form needs to know about the editor. */
export interface FormSource {
  readonly name: string;
  readonly required: boolean;
  readonly isDisabled: boolean;
  readonly isModified: boolean;
  readonly isEmpty: boolean;
  /** A text that the draft could not hold. */
  readonly hasUnheld: boolean;
  /** What is submitted, as JSON; empty for an editor in which nothing was entered. */
  text(): string;
  /** The field where the first problem is, if it is on the page. */
  anchor(): HTMLElement;
}

export class FormControl {
  #form: HTMLFormElement | null = null;
  #custom = "";

  constructor(
    readonly internals: ElementInternals,
    private readonly context: Context,
    private readonly source: FormSource,
  ) {}

  /**
   * The form takes the value when it is submitted. Telling it after every key with `setFormValue` would copy a megabyte
   * each time.
   */
  join(form: HTMLFormElement | null): void {
    this.#form?.removeEventListener("formdata", this.#onFormData);
    this.#form = form;
    form?.addEventListener("formdata", this.#onFormData);
  }

  setCustomValidity(message: string): void {
    this.#custom = message;
    this.update();
  }

  /** Brings validity and states up to date. */
  update(): void {
    const { internals, source } = this;
    const { verdict } = this.context;
    this.#setState("dirty", source.isModified);
    this.#setState("over-limit", verdict.bytes > verdict.limit);
    const message = this.#message(verdict);
    if (message === "") {
      internals.setValidity({});
      this.#setState("user-invalid", false);
      return;
    }
    const flags: ValidityStateFlags = {};
    if (this.#custom !== "") flags.customError = true;
    else if (source.isEmpty) flags.valueMissing = true;
    else if (verdict.bytes > verdict.limit || source.hasUnheld) flags.tooLong = true;
    else flags.badInput = true;
    internals.setValidity(flags, message, source.anchor());
  }

  /** The person has tried to send it: problems may be shown that were not before. */
  setUserInvalid(): void {
    this.#setState("user-invalid", true);
  }

  /** What the browser gives back to `formStateRestoreCallback` after a reload or a step back in the history. */
  remember(state: string): void {
    this.internals.setFormValue(null, state);
  }

  readonly #onFormData = ({ formData }: FormDataEvent): void => {
    const { name, isDisabled } = this.source;
    if (name !== "" && !isDisabled) formData.append(name, this.source.text());
  };

  #message(verdict: Verdict): string {
    const { source, context } = this;
    const { messages } = context;
    if (this.#custom !== "") return this.#custom;
    if (source.hasUnheld) return messages.text("said.too_long");
    if (source.isEmpty) return source.required ? messages.text("issue.required") : "";
    if (verdict.ok) return "";
    const [first] = verdict.issues;
    const count = messages.text("issues.count", { count: verdict.issueCount });
    if (!first) return count;
    const words = `${placeWords(messages, first)}: ${issueWords(messages, first)}`;
    return verdict.issueCount === 1 ? words : `${count}. ${words}`;
  }

  #setState(state: string, isOn: boolean): void {
    if (isOn) this.internals.states.add(state);
    else this.internals.states.delete(state);
  }
}
