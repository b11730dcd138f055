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

/** Sets an element's text. Only where it differs: the same text anew has the browser lay it out again. */
export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows what there is to say about a field beside it, and ties the two together for assistive technology. */
export function describe(field: HTMLElement, place: HTMLElement, issue: string, advice = ""): void {
  write(place, issue || advice);
  place.hidden = place.textContent === "";
  place.classList.toggle("advice", issue === "");
  if (issue === "") field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
  if (place.hidden) field.removeAttribute("aria-describedby");
  else field.setAttribute("aria-describedby", place.id);
}
