/** The menu of a row of the table, below the button that opened it. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { duplicate } from "../../state/account/copies.js";
import { nameOf, type Row } from "../../state/account/tracker-row.js";
import { useApp } from "../context.js";

interface Props {
  row: Row;
  button: HTMLElement;
  onClose: () => void;
  onPick: () => void;
}

export function TrackerMenu({ row, button, onClose, onPick }: Props) {
  const app = useApp();
  const { deletions, renaming } = app;
  const menu = useRef<HTMLDivElement>(null);
  const obstacle = deletions.underWay(row.key) ? "It is being deleted." : deletions.obstacle(row.key);

  useLayoutEffect(() => {
    const { current } = menu;
    if (!current) return;
    current.showPopover();
    const place = button.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = current;
    const below = place.bottom + 2;
    const top = below + offsetHeight <= innerHeight ? below : Math.max(4, place.top - offsetHeight - 2);
    current.style.top = `${top}px`;
    current.style.left = `${Math.max(4, Math.min(place.right - offsetWidth, innerWidth - offsetWidth - 4))}px`;
    current.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [button]);

  const choose = (action: () => void) => () => {
    menu.current?.hidePopover();
    action();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items.at(to % items.length)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") {
      menu.current?.hidePopover();
      button.focus();
      if (event.key === "Tab") return;
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={menu}
      popover="auto"
      role="menu"
      class="tracker-menu"
      aria-label={`Actions for ${nameOf(row)}`}
      onKeyDown={onKeyDown}
      onToggle={(event) => event.newState === "closed" && onClose()}
    >
      <button type="button" role="menuitem" onClick={choose(() => renaming.start(row))}>
        Rename <kbd>F2</kbd>
      </button>
      <button
        type="button"
        role="menuitem"
        onClick={choose(() => {
          duplicate(app, row);
          onPick();
        })}
      >
        Duplicate
      </button>
      <button
        type="button"
        role="menuitem"
        class="danger"
        aria-disabled={obstacle !== undefined}
        onClick={obstacle === undefined ? choose(() => deletions.start(row)) : undefined}
      >
        {row.tracker ? "Delete" : "Discard"} <kbd>Del</kbd>
        {obstacle !== undefined && <span class="help">{obstacle}</span>}
      </button>
    </div>
  );
}
