/** The dialog that merges two versions after someone else changed the tracker. */
import { useMemo, useState } from "preact/hooks";
import type { Tracker } from "symbl-tracker";
import {
  type Choice,
  choiceOfSide,
  compare,
  type Difference,
  merged,
  proposedChoice,
} from "../../state/sending/merge-choices.js";
import type { Stale as StaleTracker } from "../../state/sending/sending.js";
import { counted } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { Dialog } from "./Dialog.js";
import { DifferenceRow } from "./DifferenceRow.js";
import { Pages } from "./Pages.js";

const PAGE_SIZE = 50;
const TITLE = "Someone else changed this tracker";

export function MergeDialog() {
  const { sending } = useApp();
  const { value: stale } = sending.stale;
  if (!stale) return null;
  const { edit, current } = stale;
  if (edit.validation.value.ok) return <Compare key={JSON.stringify(current)} {...stale} />;
  return (
    <Dialog title={TITLE} onClose={() => sending.closeStale()}>
      <p>What you typed has issues now. Fix them, then send it again to compare it with the other version.</p>
      <div class="buttons">
        <button type="button" onClick={() => sending.closeStale()}>
          Keep editing
        </button>
      </div>
    </Dialog>
  );
}

function Compare({ edit, current }: StaleTracker) {
  const { sending } = useApp();
  const [choices, setChoices] = useState<ReadonlyMap<string, Choice>>(new Map());
  const [page, setPage] = useState(0);
  const { revision, base } = edit;
  // The edit can change while the dialog is open. The choices for other differences stay.
  const comparison = useMemo(
    () => compare(base ?? current, edit.snapshot().tracker as Tracker, current),
    [edit, current, base, revision],
  );
  const { differences, sameCount } = comparison;
  const result = useMemo(() => merged(comparison, choices), [comparison, choices]);
  const shown = differences.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE);
  const conflicts = differences.filter(({ isConflict }) => isConflict).length;
  const choose = (key: string, choice: Choice) => setChoices(new Map(choices).set(key, choice));
  const chooseAll = (choiceOf: (difference: Difference) => Choice) =>
    setChoices(new Map(differences.map((difference) => [difference.key, choiceOf(difference)])));

  return (
    <Dialog title={TITLE} isWide onClose={() => sending.closeStale()}>
      <p>
        {counted(differences.length, "difference")} between your version and the service’s.{" "}
        {conflicts > 0
          ? `${counted(conflicts, "of them is a conflict", "of them are conflicts")}: decide ${conflicts === 1 ? "it" : "them"} first.`
          : "None of them is a conflict: what each of you changed is taken."}{" "}
        {counted(sameCount, "phrase is", "phrases are")} in both.
      </p>
      <fieldset class="buttons">
        <legend class="visually-hidden">Choose for all differences</legend>
        <button type="button" onClick={() => chooseAll((difference) => choiceOfSide(difference, "mine"))}>
          Take all of mine
        </button>
        <button type="button" onClick={() => chooseAll((difference) => choiceOfSide(difference, "theirs"))}>
          Take all of theirs
        </button>
        <button type="button" onClick={() => setChoices(new Map())}>
          Take what each changed
        </button>
      </fieldset>
      <div class="differences">
        <table>
          <caption class="visually-hidden">Differences</caption>
          <thead>
            <tr>
              <th scope="col">What differs</th>
              <th scope="col">You</th>
              <th scope="col">They</th>
              <th scope="col">In the result</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((difference) => (
              <DifferenceRow
                key={difference.key}
                difference={difference}
                choice={choices.get(difference.key) ?? proposedChoice(difference)}
                onChoose={(choice) => choose(difference.key, choice)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <Pages page={page} size={PAGE_SIZE} total={differences.length} of="differences" onPage={setPage} />
      <p role="status">
        Result: “{result.name}” with {counted(result.vocabulary.length, "phrase")}.
      </p>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => sending.sendMerged(result)}>
          Use this and send
        </button>
        <button type="button" onClick={() => sending.closeStale()}>
          Keep editing
        </button>
      </div>
    </Dialog>
  );
}
