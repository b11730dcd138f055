/** One difference between two versions of a tracker, and the choice between them. */
import { useId } from "preact/hooks";
import type { Choice, Difference, Fate } from "../../state/sending/merge-choices.js";

interface Props {
  difference: Difference;
  choice: Choice;
  onChoose: (choice: Choice) => void;
}

export function DifferenceRow({ difference, choice, onChoose }: Props) {
  const { kind, isConflict } = difference;
  const mark = isConflict && <strong class="conflict">Conflict</strong>;
  if (kind === "phrase") {
    const { text, mine, theirs } = difference;
    return (
      <tr>
        <th scope="row">
          <span class="text">{text}</span> {mark}
        </th>
        <td>{FATES[mine]}</td>
        <td>{FATES[theirs]}</td>
        <td>
          <label class="choice">
            <input
              type="checkbox"
              checked={choice === "include"}
              aria-label={`Include “${text}”`}
              onChange={({ currentTarget }) => onChoose(currentTarget.checked ? "include" : "leave_out")}
            />
            {choice === "include" ? "Included" : "Left out"}
          </label>
        </td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">
        {kind === "name" ? "Name" : "Spelling"} {mark}
      </th>
      <td class="text">{difference.mine}</td>
      <td class="text">{difference.theirs}</td>
      <td>
        <Sides {...{ difference, choice, onChoose }} options={kind === "name" ? NAME : SPELLING} />
      </td>
    </tr>
  );
}

const FATES: Record<Fate, string> = {
  added: "Added",
  removed: "Removed",
  unchanged: "Unchanged",
  absent: "–",
};

const NAME: [Choice, string][] = [
  ["mine", "Mine"],
  ["theirs", "Theirs"],
];
const SPELLING: [Choice, string][] = [...NAME, ["both", "Both"]];

function Sides({ difference, choice, onChoose, options }: Props & { options: [Choice, string][] }) {
  const name = useId();
  const label = difference.kind === "name" ? "Name in the result" : "Spelling in the result";
  return (
    <fieldset class="sides">
      <legend class="visually-hidden">{label}</legend>
      {options.map(([side, text]) => (
        <label key={side} class="choice">
          <input type="radio" name={name} checked={choice === side} onChange={() => onChoose(side)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
}
