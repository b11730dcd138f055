/** Creates many trackers from a file, in three steps: choose the file, check the dry run, create. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Stage } from "../../bulk/creation.js";
import { useApp } from "../context.js";
import { ChooseFile } from "./ChooseFile.js";
import { DryRun } from "./DryRun.js";
import { JobProgress } from "./JobProgress.js";

const TITLES: Record<Stage, string> = {
  loading: "",
  choose: "Create trackers from a file",
  check: "Check what would be created",
  running: "Creating trackers…",
  stopped: "Stopped before the end",
  done: "Trackers created from a file",
};

export function BulkCreation() {
  const { bulk } = useApp();
  const { value: stage } = bulk.stage;
  const { value: problem } = bulk.problem;
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(stage);

  // The element that had the focus was removed with the last step.
  useEffect(() => {
    if (shown.current !== stage && shown.current !== "loading") heading.current?.focus();
    shown.current = stage;
  }, [stage]);

  const [isOver, setOver] = useState(false);
  const drag = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer?.files[0];
    if (file && (stage === "choose" || stage === "check")) void bulk.chooseFile(file);
  };

  return (
    <section
      class={`bulk ${isOver ? "dropping" : ""}`}
      aria-label="Create trackers from a file"
      onDragOver={drag}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h3 tabIndex={-1} ref={heading}>
        {TITLES[stage]}
      </h3>
      {problem && (
        <p class="issue" role="alert">
          {problem}
        </p>
      )}
      {stage === "choose" && <ChooseFile />}
      {stage === "check" && <DryRun />}
      {(stage === "running" || stage === "stopped" || stage === "done") && <JobProgress />}
    </section>
  );
}
