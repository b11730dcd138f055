/** The screen: the list of trackers, the editor, the details of the last call, and the bar with the buttons. */
import { useState } from "preact/hooks";
import { route } from "../state/route.js";
import { Bar } from "./Bar.js";
import { BulkCreation } from "./BulkCreation.js";
import { useApp } from "./context.js";
import { Details } from "./Details.js";
import { Editor } from "./Editor.js";
import { Trackers } from "./Trackers.js";

export function Screen() {
  const app = useApp();
  const [isListOpen, setListOpen] = useState(false);
  const [isDetailed, setDetailed] = useState(false);
  const { page } = route.value;
  return (
    <div class={`screen ${isListOpen ? "list-open" : ""} ${isDetailed ? "detailed" : ""}`}>
      <header class="top">
        <button
          type="button"
          class="menu"
          aria-expanded={isListOpen}
          onClick={() => setListOpen(!isListOpen)}
        >
          All trackers
        </button>
        <h1>Trackers</h1>
        <p class="where">{app.config.account}</p>
        <button
          type="button"
          class="details-toggle"
          aria-expanded={isDetailed}
          onClick={() => setDetailed(!isDetailed)}
        >
          Details
        </button>
      </header>
      <Trackers onPick={() => setListOpen(false)} />
      <main>{page === "create-many" ? <BulkCreation /> : <Editor />}</main>
      {isDetailed && <Details />}
      <Bar />
    </div>
  );
}
