/** The screen is written down in index.html; this is how a panel finds its part of it. */

/** @throws {Error} where index.html has no such element: the two are edited together */
export function part<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (element instanceof type) return element;
  throw new Error(`index.html has no ${type.name} with the id ${id}`);
}

/** An element with text, for what the page cannot know before. Text only: data is never markup. */
export function made<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  text = "",
  className = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** Shows the issue beside its field, and ties the two together for assistive technology. */
export function showIssue(field: HTMLElement, place: HTMLElement, text: string): void {
  place.textContent = text;
  place.hidden = text === "";
  if (text === "") {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  } else {
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", place.id);
  }
}
