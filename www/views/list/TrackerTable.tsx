/** The table of trackers. The arrow keys move between rows, and only one row is in the tab order. */
import { useEffect, useState } from "preact/hooks";
import type { Column } from "../../state/account/tracker-list.js";
import { type Row, routeOfRow } from "../../state/account/tracker-row.js";
import { addressOf, route } from "../../state/route.js";
import { useApp } from "../context.js";
import { TrackerMenu } from "./TrackerMenu.js";
import { TrackerRow } from "./TrackerRow.js";

const COLUMNS: [Column, string][] = [
  ["name", "Name"],
  ["phrases", "Phrases"],
  ["size", "Size"],
  ["issues", "Issues"],
  ["edited", "Edited"],
];

/** How many rows are rendered at once. The others follow in parts, so that the page stays responsive. */
const PART = 80;

export function TrackerTable({ onPick }: { onPick: () => void }) {
  const { list, renaming, deletions } = useApp();
  const { value: hits } = list.hits;
  const [focused, setFocused] = useState<string | undefined>();
  const [menu, setMenu] = useState<{ row: Row; button: HTMLElement } | undefined>();
  const [limit, setLimit] = useState(PART);
  useEffect(() => {
    if (limit >= hits.length) return;
    const timer = setTimeout(() => setLimit(limit + PART));
    return () => clearTimeout(timer);
  }, [limit, hits.length]);
  const address = addressOf(route.value);
  const open = hits.find(({ row }) => addressOf(routeOfRow(row)) === address)?.row.key;
  const hasRow = (key: string | undefined) => hits.some(({ row }) => row.key === key);
  const tabStop = [focused, open, hits[0]?.row.key].find(hasRow);

  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLTableElement }) => {
    const { target } = event;
    if (!(target instanceof HTMLAnchorElement) || event.ctrlKey || event.altKey || event.metaKey) return;
    const links = [...event.currentTarget.querySelectorAll<HTMLElement>("th[scope=row] a")];
    const at = links.indexOf(target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    const hit = hits.find(({ row }) => row.key === target.dataset.key);
    if (to !== undefined) links[to]?.focus();
    else if (event.key === "F2" && hit) renaming.start(hit.row);
    else if (event.key === "Delete" && hit) deletions.start(hit.row);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <table aria-label="Trackers" onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {COLUMNS.map(([column, label]) => (
              <Heading key={column} column={column} label={label} />
            ))}
            <th scope="col" class="column-menu">
              <span class="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {hits.slice(0, limit).map((hit) => (
            <TrackerRow
              key={hit.row.key}
              row={hit.row}
              phrase={hit.phrase}
              phraseCount={hit.phraseCount}
              isOpen={hit.row.key === open}
              isTabStop={hit.row.key === tabStop}
              isMenuOpen={menu?.row.key === hit.row.key}
              onFocus={setFocused}
              onMenu={setMenu}
              onPick={onPick}
            />
          ))}
        </tbody>
      </table>
      {menu && <TrackerMenu {...menu} onClose={() => setMenu(undefined)} onPick={onPick} />}
    </>
  );
}

function Heading({ column, label }: { column: Column; label: string }) {
  const { list } = useApp();
  const { value: order } = list.order;
  const isSorted = order.column === column;
  const direction = order.isDescending ? "descending" : "ascending";
  return (
    <th scope="col" class={`column-${column}`} aria-sort={isSorted ? direction : undefined}>
      <button type="button" class="sort" onClick={() => list.sortBy(column)}>
        {label}
        <span aria-hidden="true">{isSorted && (order.isDescending ? " ↓" : " ↑")}</span>
      </button>
    </th>
  );
}
