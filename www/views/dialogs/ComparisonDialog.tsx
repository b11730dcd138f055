/** The dialog that shows what an edit changes. */
import { useState } from "preact/hooks";
import type { Tracker } from "symbl-tracker";
import { differenceOf } from "../../state/difference.js";
import type { Edit } from "../../state/edit.js";
import { Dialog } from "./Dialog.js";

/** How many phrases are listed at first, and added by each “Show more”. */
const PART = 200;

interface Props {
  edit: Edit;
  /** The version that the edit is compared with. */
  before: Tracker;
  onClose: () => void;
}

export function ComparisonDialog({ edit, before, onClose }: Props) {
  return (
    <Dialog title="Your edits and the service’s version" onClose={onClose}>
      <Differences edit={edit} before={before} />
      <p class="buttons end">
        <button type="button" onClick={onClose}>
          Close
        </button>
      </p>
    </Dialog>
  );
}

function Differences({ edit, before }: Omit<Props, "onClose">) {
  const { jsonText } = edit;
  const after = edit.readable();
  if (!after)
    return (
      <>
        <p>The tracker was edited as JSON, and the text cannot be read as a tracker. This is the text:</p>
        <pre class="json-text">{jsonText}</pre>
      </>
    );
  const { name, added, removed, isReordered } = differenceOf(before, after);
  return (
    <div class="comparison">
      {name && (
        <p>
          The name is “<ins dir="auto">{name.after}</ins>” instead of “<del dir="auto">{name.before}</del>”.
        </p>
      )}
      <Phrases title="added" phrases={added} isAdded />
      <Phrases title="removed" phrases={removed} />
      {isReordered && <p>The phrases that both have are in another order.</p>}
      {!name && !isReordered && added.length + removed.length === 0 && (
        <p>Both have the same name and the same phrases.</p>
      )}
    </div>
  );
}

function Phrases({
  title,
  phrases,
  isAdded = false,
}: {
  title: string;
  phrases: readonly string[];
  isAdded?: boolean;
}) {
  const [shown, setShown] = useState(PART);
  if (phrases.length === 0) return null;
  const heading = `${phrases.length.toLocaleString("en")} ${phrases.length === 1 ? "phrase" : "phrases"} ${title}`;
  return (
    <section>
      <h3>{heading}</h3>
      <ul aria-label={heading}>
        {phrases.slice(0, shown).map((phrase, index) => (
          <li key={index} dir="auto">
            {isAdded ? <ins>{phrase}</ins> : <del>{phrase}</del>}
          </li>
        ))}
      </ul>
      {phrases.length > shown && (
        <button type="button" onClick={() => setShown(shown + PART)}>
          Show more
        </button>
      )}
    </section>
  );
}
