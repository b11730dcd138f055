/** Chooses a problem to simulate in the next call. Renders nothing unless the host is a sandbox. */
import { useEffect } from "preact/hooks";
import { SCENARIOS, type UpdateMode } from "../../state/sending/simulation.js";
import { useApp } from "../context.js";

export function Simulate() {
  const { simulation } = useApp();
  useEffect(() => void simulation?.readUpdateMode(), [simulation]);
  if (!simulation) return null;
  const { value: struck } = simulation.struck;
  const { value: chosen } = simulation.chosen;
  return (
    <section class="simulate" aria-label="Sandbox">
      <label for="simulate">Simulate</label>
      <select
        id="simulate"
        value={chosen}
        onChange={({ currentTarget }) => {
          simulation.chosen.value = currentTarget.value;
        }}
      >
        <option value="">Nothing</option>
        {Object.entries(SCENARIOS).map(([heading, scenarios]) => (
          <optgroup key={heading} label={heading}>
            {Object.keys(scenarios).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </optgroup>
        ))}
      </select>
      <p class="help">
        {chosen !== ""
          ? "It will be simulated in the next call, of any kind."
          : struck
            ? `“${struck.name}” was simulated for: ${struck.title}`
            : "This service is a sandbox, so it can simulate problems."}
      </p>
      <label for="update-mode">Removed phrases</label>
      <select
        id="update-mode"
        value={simulation.updateMode.value ?? ""}
        onChange={({ currentTarget }) => void simulation.setUpdateMode(currentTarget.value as UpdateMode)}
      >
        {simulation.updateMode.value === undefined && <option value="">…</option>}
        <option value="merge">An update keeps them</option>
        <option value="replace">An update removes them</option>
      </select>
      {simulation.hasFailed.value && <p class="issue">The sandbox does not answer.</p>}
    </section>
  );
}
