/** The language of the page at an element. */

/** The parent, out of a shadow root if need be. */
function parentOf(node: Element): Element | null {
  const root = node.parentNode;
  return root instanceof ShadowRoot ? root.host : node.parentElement;
}

/** The nearest `lang`; empty if there is none. */
export function languageOf(element: Element): string {
  for (let node: Element | null = element; node; node = parentOf(node)) {
    const language = node.getAttribute("lang");
    if (language) return language;
  }
  return "";
}

/** Calls `changed` when the language may be another one. */
export function observeLanguage(element: Element, changed: () => void): MutationObserver {
  const observer = new MutationObserver(changed);
  for (let node: Element | null = element; node; node = parentOf(node))
    observer.observe(node, { attributes: true, attributeFilter: ["lang"] });
  return observer;
}
