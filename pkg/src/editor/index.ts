import { TrackerEditor } from "./element.js";

export type { Imported } from "./actions.js";
export type { TrackerBeforeImportDetail, TrackerChangeDetail } from "./events.js";
export type { Format, ImportOptions, Place } from "./import/options.js";
export { addTranslations, type Message, type MessageKey, type Translations } from "./messages.js";
export { english } from "./translations/en.js";
export { TrackerEditor };

declare global {
  interface HTMLElementTagNameMap {
    "tracker-editor": TrackerEditor;
  }
}

// Where there are no custom elements, as on a server, there is nothing to define; and a page may load the package twice.
if (globalThis.customElements && !customElements.get("tracker-editor"))
  customElements.define("tracker-editor", TrackerEditor);
