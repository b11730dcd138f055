/** The list of the account's trackers: the search, the table, and the state of the list. */
import { useEffect } from "preact/hooks";
import { addressOf, route } from "../../state/route.js";
import { DeletionNotices } from "../bar/DeletionNotices.js";
import { useApp } from "../context.js";
import { TrackerListFooter } from "./TrackerListFooter.js";
import { TrackerSearch } from "./TrackerSearch.js";
import { TrackerTable } from "./TrackerTable.js";

/** @param props.onPick called when a tracker was chosen, to hide the list on a narrow screen */
export function TrackerList({ onPick }: { onPick: () => void }) {
  const app = useApp();
  const { account, list, reader } = app;

  useEffect(() => {
    const refresh = () => document.visibilityState === "visible" && reader.readIfOld();
    document.addEventListener("visibilitychange", refresh);
    return () => document.removeEventListener("visibilitychange", refresh);
  }, [reader]);

  const isEmpty = account.loadedAt.value !== undefined && list.rows.value.length === 0;
  const startNew = () => {
    app.startNew();
    onPick();
  };
  return (
    <>
      <nav
        class={`trackers ${route.value.page === "trackers" ? "is-alone" : ""}`}
        aria-label="Trackers of this account"
      >
        <div class="list-head">
          <TrackerSearch />
          <p class="list-actions">
            <button type="button" class={isEmpty ? "primary" : ""} onClick={startNew}>
              New tracker
            </button>
            <a href={addressOf({ page: "create-many" })} onClick={onPick}>
              Create many from a file…
            </a>
          </p>
        </div>
        <div class="list-rows">
          <TrackerTable onPick={onPick} />
          {isEmpty && (
            <p class="list-empty">
              This account has no trackers yet. Create the first one, or many from a file.
            </p>
          )}
        </div>
        <TrackerListFooter />
      </nav>
      <DeletionNotices />
    </>
  );
}
