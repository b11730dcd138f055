/** New trackers that begin with the content of another one. They are not created until they are sent. */
import type { App } from "./app.js";
import type { Edit } from "./edit.js";
import { go } from "./route.js";
import { contentOf, contentOfEdit, nameOf, type Row } from "./row.js";

/** Begins a copy under a name that is free, and shows it. */
export function duplicate(app: App, row: Row): void {
  const { vocabulary } = contentOf(row);
  app.startNew({ name: app.names.free(`Copy of ${nameOf(row)}`.trim()), vocabulary });
}

/** Continues with a new tracker where the service no longer has the one that was edited. */
export function createAgain(app: App, edit: Edit): void {
  const next = app.account.begin(contentOfEdit(edit));
  // A text that no list can show goes on as text.
  if (!edit.readable()) next.jsonText = edit.jsonText;
  go({ page: "new", key: next.key }, { replace: true });
  app.account.drop(edit.key);
}
