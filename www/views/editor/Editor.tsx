/** The open tracker in `<tracker-editor>`, below the notices about it. */

import { useApp } from "../context.js";
import { AccountNotices } from "./AccountNotices.js";
import { NothingOpen } from "./NothingOpen.js";
import { OtherTabNotice } from "./OtherTabNotice.js";
import { RestoredNotices } from "./RestoredNotices.js";
import { StorageWarning } from "./StorageWarning.js";
import { TrackerField } from "./TrackerField.js";

export function Editor() {
  const { open } = useApp();
  if (!open) return <NothingOpen />;
  return (
    <div class="editor">
      <StorageWarning />
      <OtherTabNotice edit={open} />
      <RestoredNotices key={open.key} edit={open} />
      <AccountNotices edit={open} />
      <TrackerField edit={open} />
    </div>
  );
}
