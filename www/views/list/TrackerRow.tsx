/** A row of the table of trackers. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import {
  figuresOfRow,
  nameOf,
  phraseCountOf,
  type Row,
  routeOfRow,
  stateOf,
} from "../../state/account/tracker-row.js";
import { addressOf } from "../../state/route.js";
import { sizeWords } from "../../words/size.js";
import { useApp } from "../context.js";
import { Rename } from "./Rename.js";

const STATES = {
  saved: "",
  edited: "edited",
  new: "new, not created yet",
  gone: "deleted by someone else",
};

interface Props {
  row: Row;
  /** The first phrase that matches the search, if the name does not. */
  phrase: string | undefined;
  /** How many phrases match the search. */
  phraseCount: number;
  isOpen: boolean;
  isTabStop: boolean;
  isMenuOpen: boolean;
  onFocus: (key: string) => void;
  onMenu: (menu: { row: Row; button: HTMLElement }) => void;
  onPick: () => void;
}

export function TrackerRow(props: Props) {
  const { row, phrase, phraseCount, isOpen, isTabStop, isMenuOpen, onFocus, onMenu, onPick } = props;
  const { renaming, deletions } = useApp();
  const name = nameOf(row);
  const state = stateOf(row);
  const figures = figuresOfRow(row);
  const { value: note } = renaming.note;
  const isBeingDeleted = deletions.underWay(row.key) !== undefined;
  const tr = useRef<HTMLTableRowElement>(null);
  const isRenaming = renaming.key.value === row.key;
  const wasRenaming = useRef(isRenaming);
  useLayoutEffect(() => {
    const isLost = wasRenaming.current && document.activeElement === document.body;
    wasRenaming.current = isRenaming;
    if (isLost && !isRenaming) tr.current?.querySelector("a")?.focus();
  }, [isRenaming]);
  useEffect(() => {
    if (isOpen) tr.current?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);

  const classes = `${state} ${isOpen ? "open" : ""} ${isBeingDeleted ? "being-deleted" : ""}`;
  if (isRenaming)
    return (
      <tr class={classes} ref={tr}>
        <th scope="row">
          <Rename row={row} />
        </th>
        <td class="column-phrases" />
        <td class="column-size" />
        <td class="column-issues" />
        <td class="column-edited" />
        <td class="column-menu" />
      </tr>
    );
  // The style sheet shows it in the first column on a narrow screen, and in its own column otherwise.
  const badge = STATES[state] && <span class="badge">{STATES[state]}</span>;
  return (
    <tr class={classes} ref={tr}>
      <th scope="row">
        <a
          href={addressOf(routeOfRow(row))}
          class="name"
          dir="auto"
          data-key={row.key}
          tabIndex={isTabStop ? 0 : -1}
          aria-current={isOpen ? "page" : undefined}
          aria-keyshortcuts="F2 Delete"
          onFocus={() => onFocus(row.key)}
          onClick={onPick}
        >
          {name.trim() === "" ? "No name" : name}
        </a>
        {badge}
        {phrase !== undefined && (
          <span class="found">
            <q dir="auto">{phrase}</q>
            {phraseCount > 1 && ` and ${(phraseCount - 1).toLocaleString("en")} more`}
          </span>
        )}
        {note?.key === row.key && (
          <span class="note" role="alert">
            {note.text}
          </span>
        )}
      </th>
      <td class="column-phrases">{phraseCountOf(row).toLocaleString("en")}</td>
      <td class="column-size">{figures ? sizeWords(figures.bytes) : "…"}</td>
      <td class={`column-issues ${figures?.issueCount ? "some" : ""}`}>
        {figures ? figures.issueCount.toLocaleString("en") : "…"}
      </td>
      <td class="column-edited">{badge}</td>
      <td class="column-menu">
        <button
          type="button"
          class="quiet"
          tabIndex={isTabStop ? 0 : -1}
          aria-label={`Actions for ${name.trim() === "" ? "the tracker without a name" : name}`}
          aria-haspopup="menu"
          aria-expanded={isMenuOpen}
          onClick={(event) => onMenu({ row, button: event.currentTarget })}
        >
          <span aria-hidden="true">⋯</span>
        </button>
      </td>
    </tr>
  );
}
