/** In a server's renderer there is no `HTMLElement`, and importing the editor must not throw there. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** The internals of an element, which only the editor may change. */
export let internalsOf: (element: FormElement) => ElementInternals;

/** Sets properties again that a page set before the element was defined: until now they hide the accessors. */
export function upgradeProperties(element: HTMLElement, names: string[]): void {
  for (const name of names) {
    if (!Object.hasOwn(element, name)) continue;
    const value: unknown = Reflect.get(element, name);
    Reflect.deleteProperty(element, name);
    Reflect.set(element, name, value);
  }
}

/** What every form control has, and the properties that are attributes. */
export class FormElement extends Base {
  static readonly formAssociated = true;

  readonly #internals = this.attachInternals();

  static {
    internalsOf = (element) => element.#internals;
  }

  get form(): HTMLFormElement | null {
    return this.#internals.form;
  }

  get labels(): NodeList {
    return this.#internals.labels;
  }

  get validity(): ValidityState {
    return this.#internals.validity;
  }

  get validationMessage(): string {
    return this.#internals.validationMessage;
  }

  get willValidate(): boolean {
    return this.#internals.willValidate;
  }

  checkValidity(): boolean {
    return this.#internals.checkValidity();
  }

  reportValidity(): boolean {
    return this.#internals.reportValidity();
  }

  get type(): string {
    return this.localName;
  }

  get name(): string {
    return this.getAttribute("name") ?? "";
  }

  set name(name: string) {
    this.setAttribute("name", name);
  }

  /** What the editor is called for assistive technology. */
  get label(): string {
    return this.getAttribute("label") ?? "";
  }

  set label(label: string) {
    this.setAttribute("label", label);
  }

  /** The id of the tracker that the form updates; empty if there is none. */
  get trackerId(): string {
    return this.getAttribute("tracker-id") ?? "";
  }

  set trackerId(id: string) {
    this.setAttribute("tracker-id", id);
  }

  /** Whether the tracker is shown as a list or as JSON. */
  get mode(): "list" | "json" {
    return this.getAttribute("mode") === "json" ? "json" : "list";
  }

  set mode(mode: "list" | "json") {
    this.setAttribute("mode", mode);
  }

  get disabled(): boolean {
    return this.hasAttribute("disabled");
  }

  set disabled(isDisabled: boolean) {
    this.toggleAttribute("disabled", isDisabled);
  }

  get readOnly(): boolean {
    return this.hasAttribute("readonly");
  }

  set readOnly(isReadOnly: boolean) {
    this.toggleAttribute("readonly", isReadOnly);
  }

  get required(): boolean {
    return this.hasAttribute("required");
  }

  set required(isRequired: boolean) {
    this.toggleAttribute("required", isRequired);
  }
}
