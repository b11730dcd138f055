/** The list of the account's trackers. */
import type { Account } from "../account.js";
import { createElement, getElement } from "../page.js";
import { counted } from "../words.js";

/** The number of trackers from which the search field is shown. */
const SEARCH_FROM = 8;

export interface Picker {
  show(): void;
  /** Moves the focus to the open tracker. */
  focus(): void;
}

/** @param pick called with the id of the chosen tracker, or undefined for a new one */
export function picker(account: Account, pick: (id: string | undefined) => void): Picker {
  const find = getElement("find", HTMLInputElement);
  const list = getElement("trackers", HTMLUListElement);
  const create = getElement("new", HTMLButtonElement);

  function show(): void {
    const { trackers } = account;
    const openId = account.open.id;
    find.hidden = trackers.length < SEARCH_FROM;
    const query = find.hidden ? "" : find.value.trim().toLowerCase();
    const found = trackers.filter(({ name }) => name.toLowerCase().includes(query));
    const focusedId = list.contains(document.activeElement) ? openId : undefined;
    list.replaceChildren(
      ...found.map(({ id, name, vocabulary }) => {
        const button = createElement("button");
        button.type = "button";
        const label = createElement("span", name, "tracker");
        // The full name, because only six lines of it are shown.
        label.title = name;
        label.dir = "auto";
        button.append(label, createElement("span", counted(vocabulary.length, "phrase"), "count"));
        if (account.isEdited(id)) button.append(createElement("span", "edited", "edited"));
        if (id === openId) button.setAttribute("aria-current", "true");
        button.addEventListener("click", () => pick(id));
        const item = createElement("li");
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
