/** The editor in a form: its value, its validity, its states. */
import type { Editor } from "./editor.js";
import type { FormElement } from "./form-element.js";
import type { Summary } from "./summary.js";
import { issueWords, placeWords } from "./words.js";

/** The element, as far as its form needs to know it. */
export interface FormOwner extends FormElement {
  readonly isModified: boolean;
  readonly value: unknown;
}

export class FormControl {
  #form: HTMLFormElement | null = null;
  #custom = "";

  constructor(
    readonly internals: ElementInternals,
    private readonly editor: Editor,
    private readonly owner: FormOwner,
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
    const { internals, owner, editor } = this;
    const { summary } = editor;
    this.#setState("dirty", owner.isModified);
    this.#setState("over-limit", summary.bytes > summary.limit);
    const message = this.#message(summary);
    if (message === "") {
      internals.setValidity({});
      this.#setState("user-invalid", false);
      return;
    }
    const flags: ValidityStateFlags = {};
    if (this.#custom !== "") flags.customError = true;
    else if (editor.isEmpty) flags.valueMissing = true;
    else if (summary.bytes > summary.limit || editor.hasUnheld) flags.tooLong = true;
    else flags.badInput = true;
    internals.setValidity(flags, message, editor.anchor());
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
    const { owner, editor } = this;
    if (owner.name === "" || owner.matches(":disabled")) return;
    // Like an empty text field, an editor in which nothing was entered sends an empty text.
    formData.append(owner.name, editor.isEmpty ? "" : JSON.stringify(owner.value));
  };

  #message(summary: Summary): string {
    const { owner, editor } = this;
    const { messages } = editor;
    if (this.#custom !== "") return this.#custom;
    if (editor.hasUnheld) return messages.text("said.too_long");
    if (editor.isEmpty) return owner.required ? messages.text("issue.required") : "";
    if (summary.ok) return "";
    const [first] = summary.issues;
    const count = messages.text("issues.count", { count: summary.issueCount });
    if (!first) return count;
    const words = `${placeWords(messages, first)}: ${issueWords(messages, first)}`;
    return summary.issueCount === 1 ? words : `${count}. ${words}`;
  }

  #setState(state: string, isOn: boolean): void {
    if (isOn) this.internals.states.add(state);
    else this.internals.states.delete(state);
  }
}
