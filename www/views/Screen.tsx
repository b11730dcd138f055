/** The screen: the list of trackers, the editor, the details, and the bar. */
import { useEffect, useState } from "preact/hooks";
import { route } from "../state/route.js";
import { Bar } from "./bar/Bar.js";
import { BulkCreation } from "./bulk/BulkCreation.js";
import { useApp } from "./context.js";
import { Details } from "./details/Details.js";
import { SendingDialogs } from "./dialogs/SendingDialogs.js";
import { Editor } from "./editor/Editor.js";
import { PrintedTracker } from "./editor/PrintedTracker.js";
import { TrackerList } from "./list/TrackerList.js";
import { Navigation } from "./Navigation.js";

/** What can be opened over the editor on a narrow screen, or beside it on a wide one. */
type Drawer = "list" | "details";

export function Screen() {
  const app = useApp();
  const [drawer, setDrawer] = useState<Drawer | undefined>();
  const toggle = (which: Drawer) => setDrawer(drawer === which ? undefined : which);
  const { page } = route.value;

  useEffect(() => {
    if (drawer === undefined) return;
    const close = (event: KeyboardEvent) => {
      // Escape first closes whatever else is open, such as a dialog or the search of the editor.
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      setDrawer(undefined);
      document.getElementById(`${drawer}-button`)?.focus();
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [drawer]);

  return (
    <>
      <div class={`screen ${drawer ? `with-${drawer}` : ""}`}>
        <header class="top">
          <button
            type="button"
            id="list-button"
            class="list-button"
            aria-expanded={drawer === "list"}
            onClick={() => toggle("list")}
          >
            <span aria-hidden="true">☰</span> All trackers
          </button>
          <h1>Trackers</h1>
          <p class="account">{app.config.account}</p>
          <button
            type="button"
            id="details-button"
            aria-expanded={drawer === "details"}
            onClick={() => toggle("details")}
          >
            Details
          </button>
        </header>
        <TrackerList onPick={() => drawer === "list" && setDrawer(undefined)} />
        <main>
          <Navigation />
          {page === "create-many" ? <BulkCreation /> : <Editor />}
        </main>
        {drawer && (
          <button
            type="button"
            class="scrim"
            aria-label="Back to the editor"
            onClick={() => setDrawer(undefined)}
          />
        )}
        {drawer === "details" && <Details />}
        <Bar />
      </div>
      <SendingDialogs />
      <PrintedTracker />
    </>
  );
}
