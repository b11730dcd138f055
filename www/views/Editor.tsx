/** The open tracker in `<tracker-editor>`, below the notices about it. */
import { AccountNotices } from "./AccountNotices.js";
import { useApp } from "./context.js";
import { NothingOpen } from "./NothingOpen.js";
import { OtherTab } from "./OtherTab.js";
import { Restored } from "./Restored.js";
import { TrackerField } from "./TrackerField.js";
import { Unkept } from "./Unkept.js";

export function Editor() {
  const { open } = useApp();
  if (!open) return <NothingOpen />;
  return (
    <div class="editor">
      <Unkept />
      <OtherTab edit={open} />
      <Restored key={open.key} edit={open} />
      <AccountNotices edit={open} />
      <TrackerField edit={open} />
    </div>
  );
}
