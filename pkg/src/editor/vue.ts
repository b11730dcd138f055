/** Types of `<tracker-editor>` in Vue's templates and JSX: `import "symbl-tracker/editor/vue"` in one file. */
import type { HTMLAttributes } from "vue";
import type { TrackerBeforeImportDetail, TrackerChangeDetail } from "./events.js";
import type { TrackerEditorProps } from "./props.js";

type VueProps = Omit<HTMLAttributes, keyof TrackerEditorProps> &
  TrackerEditorProps & {
    onInput?: (event: Event) => void;
    onChange?: (event: Event) => void;
    onTrackerChange?: (event: CustomEvent<TrackerChangeDetail>) => void;
    onTrackerBeforeImport?: (event: CustomEvent<TrackerBeforeImportDetail>) => void;
  };

declare module "vue" {
  interface GlobalComponents {
    "tracker-editor": new () => { $props: VueProps };
  }
}
