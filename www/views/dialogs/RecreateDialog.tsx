/** The dialog that replaces a tracker with a new one, in three steps. After each, it says what the service has. */

import type { Progress, Recreation } from "../../state/sending/recreation.js";
import { reason } from "../../words/errors.js";
import { progressWords } from "../../words/outcomes.js";
import { useApp } from "../context.js";
import { Dialog } from "./Dialog.js";

const ORDER: Progress[] = ["nothing", "created", "deleted", "renamed"];

export function RecreateDialog() {
  const { recreations } = useApp();
  const { value: recreation } = recreations.current;
  return recreation ? <Steps recreation={recreation} onClose={() => recreations.close()} /> : null;
}

function Steps({ recreation, onClose }: { recreation: Recreation; onClose: () => void }) {
  const { account } = useApp();
  const { name, temporaryName, newId } = recreation;
  const { value: progress } = recreation.progress;
  const { value: call } = recreation.call;
  const { value: problem } = recreation.problem;
  const done = ORDER.indexOf(progress);
  const isRunning = call !== undefined;
  const steps = [
    `Create “${temporaryName}” with your phrases`,
    `Delete the former “${name}”`,
    `Name the new one “${name}”`,
  ];
  return (
    <Dialog title={`Recreate “${name}” under a new id`} onClose={() => !isRunning && onClose()}>
      {progress === "nothing" && !isRunning && (
        <p>
          The new tracker gets another id. Whatever refers to the old id, such as another system or a stored
          report, no longer finds the tracker. Names are unique, so it takes three steps:
        </p>
      )}
      {progress === "nothing" && account.room.value === 0 && (
        <p class="issue">
          The account is full. Delete another tracker first: this needs room for one more for a moment.
        </p>
      )}
      <ol class="steps">
        {steps.map((text, index) => (
          <li key={text} class={index < done ? "done" : index === done && isRunning ? "running" : ""}>
            <span class="visually-hidden">
              {index < done ? "Done: " : index === done && isRunning ? "In progress: " : "To do: "}
            </span>
            {text}
          </li>
        ))}
      </ol>
      <p role="status">
        {call ? progressWords(call) : problem ? problemWords(problem) : ""}{" "}
        {TRUTHS[progress](name, temporaryName)} {newId !== undefined && `The new id is ${newId}.`}
      </p>
      <div class="buttons">
        {isRunning && (
          <button type="button" onClick={() => call.cancel()}>
            Cancel this step
          </button>
        )}
        {!isRunning && progress !== "renamed" && (
          <button type="button" class="primary" onClick={() => void recreation.run()}>
            {problem ? "Try this step again" : "Recreate"}
          </button>
        )}
        {!isRunning && (
          <button type="button" class={progress === "renamed" ? "primary" : ""} onClick={onClose}>
            {progress === "renamed" ? "Close" : done > 0 ? "Stop here" : "Cancel"}
          </button>
        )}
      </div>
    </Dialog>
  );
}

/** What the service has after each step, as a sentence. */
const TRUTHS: Record<Progress, (name: string, temporary: string) => string> = {
  nothing: (name) => `“${name}” is on the service as it was.`,
  created: (name, temporary) =>
    `Now there are two trackers: “${name}” as it was, and “${temporary}” with your phrases.`,
  deleted: (_, temporary) =>
    `The former tracker is deleted. The new one, with your phrases, is still named “${temporary}”.`,
  renamed: (name) => `“${name}” is on the service with your phrases only.`,
};

function problemWords(problem: NonNullable<Recreation["problem"]["value"]>): string {
  if (problem.outcome === "not_sent") return `Not sent. ${problem.reason}`;
  const why = problem.isCancelled ? "You cancelled it." : reason(problem.error);
  return problem.outcome === "unknown"
    ? `Unknown whether this step was applied. ${why} If you try again, that is checked first.`
    : `Not applied. ${why}`;
}
