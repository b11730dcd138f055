/** Access to the elements of index.html. */

/** Returns the element with this id. @throws {Error} if index.html has no such element */
export function getElement<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`index.html has no ${type.name} with the id ${id}`);
}

/** Creates an element. The text is set as text, never as markup. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** Sets an element's text if it differs. Setting the same text again would cause a new layout. */
export function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows the issue of a field, or else the advice, and associates it with the field for assistive technology. */
export function describe(field: HTMLElement, place: HTMLElement, issue: string, advice = ""): void {
  setText(place, issue || advice);
  place.hidden = place.textContent === "";
  place.classList.toggle("advice", issue === "");
  if (issue === "") field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
  if (place.hidden) field.removeAttribute("aria-describedby");
  else field.setAttribute("aria-describedby", place.id);
}
