/** Notices about the open tracker: it was deleted, the account is full, its name is taken, or it is too large. */
import { useState } from "preact/hooks";
import { createAgain } from "../../state/account/copies.js";
import type { Holder } from "../../state/account/names.js";
import type { Edit } from "../../state/edit.js";
import { addressOf } from "../../state/route.js";
import { overLimitWords } from "../../words/size.js";
import { useApp } from "../context.js";
import { SplitDialog } from "../dialogs/SplitDialog.js";

export function AccountNotices({ edit }: { edit: Edit }) {
  return (
    <div class="account-notices" aria-live="polite">
      <Gone edit={edit} />
      <Full edit={edit} />
      <TakenName edit={edit} />
      <OverLimit edit={edit} />
    </div>
  );
}

function Gone({ edit }: { edit: Edit }) {
  const app = useApp();
  if (!app.account.isGone(edit)) return null;
  return (
    <div class="notice warn">
      <p>This tracker was deleted. Your version is still here: create it again as a new tracker.</p>
      <p class="buttons">
        <button type="button" onClick={() => createAgain(app, edit)}>
          Create again
        </button>
      </p>
    </div>
  );
}

function Full({ edit }: { edit: Edit }) {
  const { account, reader } = useApp();
  const obstacle = edit.id === undefined ? account.obstacleToCreate : undefined;
  if (obstacle === undefined) return null;
  return (
    <div class="notice bad">
      <p>{obstacle}</p>
      <p class="buttons">
        <button
          type="button"
          aria-disabled={reader.isReading.value}
          onClick={() => !reader.isReading.value && reader.read()}
        >
          Refresh the list
        </button>
      </p>
    </div>
  );
}

function TakenName({ edit }: { edit: Edit }) {
  const { names } = useApp();
  const name = edit.name.value;
  const holder = names.holder(name, edit.key);
  if (holder)
    return (
      <p class="notice bad">
        Another tracker has this name: <TrackerLink holder={holder} />. Choose a different one.
      </p>
    );
  const lookalike = names.lookalike(name, edit.key);
  if (!lookalike) return null;
  return (
    <p class="notice warn">
      Another tracker is called <TrackerLink holder={lookalike} />. The names only differ in upper case or
      spaces, and are easily mistaken for each other.
    </p>
  );
}

/** A link to the tracker that has a name. */
function TrackerLink({ holder: { key, id, name } }: { holder: Holder }) {
  const address = addressOf(id === undefined ? { page: "new", key } : { page: "tracker", id });
  return (
    <>
      <a href={address} dir="auto">
        {name}
      </a>
      {id === undefined && " (not created yet)"}
    </>
  );
}

function OverLimit({ edit }: { edit: Edit }) {
  const [isOpen, setOpen] = useState(false);
  const { bytes, limit } = edit.validation.value;
  if (bytes <= limit && !isOpen) return null;
  return (
    <div class="notice bad">
      <p>This tracker is {overLimitWords(bytes, limit)}. Remove phrases, or split it.</p>
      <p class="buttons">
        <button type="button" onClick={() => setOpen(true)}>
          Split…
        </button>
      </p>
      {isOpen && <SplitDialog edit={edit} onClose={() => setOpen(false)} />}
    </div>
  );
}
