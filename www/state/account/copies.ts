/** New trackers that start with the content of another one. Nothing is sent. */
import type { App } from "../app.js";
import type { Edit } from "../edit.js";
import { go } from "../route.js";
import { contentOf, contentOfEdit, nameOf, type Row } from "./tracker-row.js";

/** Starts a copy under a free name, and opens it. */
export function duplicate(app: App, row: Row): void {
  const { vocabulary } = contentOf(row);
  app.startNew({ name: app.names.free(`Copy of ${nameOf(row)}`.trim()), vocabulary });
}

/** Replaces the edit of a tracker that the service no longer has with a new tracker of the same content. */
export function createAgain(app: App, edit: Edit): void {
  edit.sync();
  const next = app.account.begin(contentOfEdit(edit));
  next.restoredText = edit.textOutsideDraft;
  // A JSON text that is not a tracker stays a text.
  if (!edit.readable()) next.jsonText = edit.jsonText;
  go({ page: "new", key: next.key }, { replace: true });
  app.account.drop(edit.key);
}
