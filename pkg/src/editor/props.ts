import type { TrackerDraft } from "../draft/TrackerDraft.js";
import type { TrackerParts } from "../types.js";
import type { Translations } from "./messages.js";

/** What a framework can set on `<tracker-editor>`. */
export interface TrackerEditorProps {
  value?: TrackerParts | null | undefined;
  defaultValue?: TrackerParts | undefined;
  draft?: TrackerDraft | undefined;
  name?: string | undefined;
  label?: string | undefined;
  for?: "update" | "create" | undefined;
  trackerId?: string | undefined;
  maxBytes?: number | undefined;
  mode?: "list" | "json" | undefined;
  disabled?: boolean | undefined;
  readOnly?: boolean | undefined;
  required?: boolean | undefined;
  translations?: Translations | undefined;
}
