/** The issues that prevent sending, each with a link to its field. Shown when the user tries to send the tracker. */
import type { Issue } from "symbl-tracker";
import type { Editing } from "../editing.js";
import { createElement, getElement } from "../page.js";
import { counted, grouped, issueWords, placeWords } from "../words.js";

export interface Summary {
  /** Shows the issues and moves the focus to them. */
  refuse(editing: Editing): void;
  /** Updates the issues after an edit, if they are shown. */
  show(editing: Editing): void;
}

/** The maximum number of issues to list. */
const MAX_LISTED = 10;

/** @param follow moves the focus to the field of the issue */
export function summary(follow: (issue: Issue) => void): Summary {
  const section = getElement("summary", HTMLElement);
  const title = getElement("summary-title", HTMLHeadingElement);
  const list = getElement("summary-list", HTMLUListElement);

  function fill({ validation: { issues, issueCount } }: Editing): void {
    title.textContent = `Not sent: ${counted(issueCount, "issue")} to fix first`;
    const items = issues.slice(0, MAX_LISTED).map((issue) => {
      const link = createElement("a", placeWords(issue));
      link.href = "#editor";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        follow(issue);
      });
      const item = createElement("li");
      item.append(link, `: ${issueWords(issue)}`);
      return item;
    });
    const more = issueCount - items.length;
    list.replaceChildren(...items, ...(more > 0 ? [createElement("li", `And ${grouped(more)} more.`)] : []));
  }

  return {
    refuse(editing) {
      fill(editing);
      section.hidden = false;
      section.focus();
    },
    show(editing) {
      if (section.hidden) return;
      if (editing.validation.ok) section.hidden = true;
      else fill(editing);
    },
  };
}
