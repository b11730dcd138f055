/** Why nothing was sent, with a link to each place. Shown when somebody tries to send it anyway. */
import type { Issue } from "symbl-tracker";
import type { Editing } from "../editing.js";
import { made, part } from "../page.js";
import { counted, grouped, issueWords, jsonIssueWords, placeWords } from "../words.js";

export interface Summary {
  /** Shows the issues and takes the focus. */
  refuse(editing: Editing): void;
  /** Follows what was mended meanwhile. */
  show(editing: Editing): void;
}

/** How many issues are worth a link of their own. */
const MOST = 10;

/** @param follow goes to where the issue is */
export function summary(follow: (issue: Issue) => void): Summary {
  const section = part("summary", HTMLElement);
  const title = part("summary-title", HTMLHeadingElement);
  const list = part("summary-list", HTMLUListElement);

  function fill({ judgement: { issues, issueCount }, json }: Editing): void {
    const [place, words] =
      json === undefined
        ? [placeWords, issueWords]
        : [({ pointer }: Issue) => pointer || "Tracker", jsonIssueWords];
    title.textContent = `Not sent: ${counted(issueCount, "issue")} to mend first`;
    const items = issues.slice(0, MOST).map((issue) => {
      const link = made("a", place(issue));
      link.href = "#editor";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        follow(issue);
      });
      const item = made("li");
      item.append(link, ` ${words(issue)}`);
      return item;
    });
    const more = issueCount - items.length;
    list.replaceChildren(...items, ...(more > 0 ? [made("li", `And ${grouped(more)} more.`)] : []));
  }

  return {
    refuse(editing) {
      fill(editing);
      section.hidden = false;
      section.focus();
    },
    show(editing) {
      if (section.hidden) return;
      if (editing.judgement.ok) section.hidden = true;
      else fill(editing);
    },
  };
}
