/** Types of `<tracker-editor>` in React 19's JSX: `import "symbl-tracker/editor/react"` in one file of the application. */
import type * as React from "react";
import type { TrackerEditor } from "./element.js";
import type { TrackerBeforeImportDetail, TrackerChangeDetail } from "./events.js";
import type { TrackerEditorProps } from "./props.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "tracker-editor": React.DetailedHTMLProps<
        Omit<React.HTMLAttributes<TrackerEditor>, keyof TrackerEditorProps>,
        TrackerEditor
      > &
        TrackerEditorProps & {
          "ontracker-change"?: (event: CustomEvent<TrackerChangeDetail>) => void;
          "ontracker-before-import"?: (event: CustomEvent<TrackerBeforeImportDetail>) => void;
        };
    }
  }
}
