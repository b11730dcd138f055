// A document for the libraries that draw: React and Vue look for it when they are loaded.

import { Window } from "happy-dom";

const window = new Window({ url: "http://localhost/" });
const { document } = window;
for (const name of [
  ...[
    "Element",
    "HTMLElement",
    "HTMLFormElement",
    "HTMLInputElement",
    "HTMLTextAreaElement",
    "HTMLButtonElement",
  ],
  ...[
    "HTMLSelectElement",
    "HTMLFieldSetElement",
    "HTMLIFrameElement",
    "SVGElement",
    "Node",
    "DocumentFragment",
  ],
  ...[
    "MutationObserver",
    "Event",
    "InputEvent",
    "SubmitEvent",
    "FormData",
    "RadioNodeList",
    "File",
    "FileList",
  ],
]) {
  Reflect.set(globalThis, name, Reflect.get(window, name));
}
for (const [name, value] of Object.entries({ window, document, navigator: window.navigator })) {
  // From Node 21 on, `navigator` is a getter.
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

/** A new element in the document. */
export function container(): HTMLElement {
  const element = document.createElement("div");
  document.body.append(element);
  return element as unknown as HTMLElement;
}
