import type { Context } from "./context.js";
import type { Find } from "./find.js";
import type { Grid } from "./grid.js";
import type { EditorHost } from "./host.js";
import type { ImportDialog } from "./import/dialog.js";
import type { JsonPanel } from "./json.js";
import type { NameField } from "./name.js";
import type { Review } from "./review.js";
import type { Rows } from "./rows.js";

/** The parts of an editor that its buttons and shortcuts act on. */
export interface Parts extends Context {
  readonly host: EditorHost;
  readonly name: NameField;
  readonly rows: Rows;
  readonly grid: Grid;
  readonly find: Find;
  readonly review: Review;
  readonly importer: ImportDialog;
  readonly json: JsonPanel;
  undo(): void;
  redo(): void;
}
