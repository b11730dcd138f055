/** The account's trackers, to pick one from. */
import type { Account } from "../account.js";
import { made, part } from "../page.js";
import { counted } from "../words.js";

/** From how many trackers on a search is of use. */
const SEARCH_FROM = 8;

export interface Picker {
  show(): void;
  /** Puts the focus on the tracker that is open. */
  focus(): void;
}

/** @param pick undefined: a new tracker */
export function picker(account: Account, pick: (id: string | undefined) => void): Picker {
  const find = part("find", HTMLInputElement);
  const list = part("trackers", HTMLUListElement);
  const create = part("new", HTMLButtonElement);

  function show(): void {
    const { trackers } = account;
    const openId = account.open.id;
    find.hidden = trackers.length < SEARCH_FROM;
    const sought = find.hidden ? "" : find.value.trim().toLowerCase();
    const found = trackers.filter(({ name }) => name.toLowerCase().includes(sought));
    const focusedId = list.contains(document.activeElement) ? openId : undefined;
    list.replaceChildren(
      ...found.map(({ id, name, vocabulary }) => {
        const button = made("button");
        button.type = "button";
        const label = made("span", name, "tracker");
        // Six lines of it are shown.
        label.title = name;
        label.dir = "auto";
        button.append(label, made("span", counted(vocabulary.length, "phrase"), "count"));
        if (account.isEdited(id)) button.append(made("span", "edited", "edited"));
        if (id === openId) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => pick(id));
        const item = made("li");
        item.append(button);
        return item;
      }),
    );
    if (openId === undefined) create.setAttribute("aria-current", "true");
    else create.removeAttribute("aria-current");
    if (focusedId !== undefined) list.querySelector<HTMLElement>("[aria-current]")?.focus();
  }

  find.addEventListener("input", show);
  create.addEventListener("click", () => pick(undefined));
  return {
    show,
    focus: () => document.querySelector<HTMLElement>(".picker [aria-current]")?.focus(),
  };
}
