/** The dialog that explains a split, and carries it out. */
import { useMemo } from "preact/hooks";
import { MAX_TRACKERS } from "../../state/account/account.js";
import { carryOut, planSplit, type SplitPlan } from "../../state/account/split.js";
import type { Edit } from "../../state/edit.js";
import { overLimitWords } from "../../words/size.js";
import { useApp } from "../context.js";
import { Dialog } from "./Dialog.js";

export function SplitDialog({ edit, onClose }: { edit: Edit; onClose: () => void }) {
  const { account, names } = useApp();
  // Planned once, so that the split is exactly what the dialog says.
  const plan = useMemo(() => planSplit(edit, account, names), []);
  const cancel = (
    <button type="button" onClick={onClose}>
      {typeof plan === "string" ? "Close" : "Cancel"}
    </button>
  );
  if (typeof plan === "string")
    return (
      <Dialog title="Split the tracker" onClose={onClose}>
        <p>{plan}</p>
        <p class="buttons">{cancel}</p>
      </Dialog>
    );
  return (
    <Dialog title={`Split “${plan.name}”`} onClose={onClose}>
      <Consequences plan={plan} isCreated={edit.id !== undefined} />
      <p class="buttons">
        <button
          type="button"
          class="primary"
          onClick={() => {
            carryOut(plan, edit, account);
            onClose();
          }}
        >
          Split into {plan.parts.length} trackers
        </button>
        {cancel}
      </p>
    </Dialog>
  );
}

function Consequences({ plan, isCreated }: { plan: SplitPlan; isCreated: boolean }) {
  const { name, bytes, limit, parts, total, surplus } = plan;
  const added = parts.length - (isCreated ? 1 : 0);
  return (
    <>
      <p>
        “{name}” is {overLimitWords(bytes, limit)}. It would become {parts.length} trackers
        {isCreated
          ? `: the first keeps its id, ${added === 1 ? "1 is new and gets an id of its own" : `${added} are new and get ids of their own`}.`
          : ", which are all new."}
      </p>
      <ol class="parts">
        {parts.map((part, index) => (
          <li key={part.name}>
            <strong dir="auto">{part.name}</strong>
            <span>
              {part.vocabulary.length.toLocaleString("en")} phrases
              {index === 0 && isCreated ? ", keeps its id" : ", new"}
            </span>
          </li>
        ))}
      </ol>
      <p>
        The account then has {total.toLocaleString("en")} of {MAX_TRACKERS} trackers.{" "}
        {surplus > 0 &&
          `${surplus === 1 ? "1 of them" : `${surplus} of them`} cannot be created before others are deleted.`}
      </p>
      <p class="help">
        Nothing is sent yet. Send each of them with “{isCreated ? "Update" : "Create"} tracker” and “Create
        tracker”. Whatever uses the id of this tracker only finds the phrases of the first one.
      </p>
    </>
  );
}
