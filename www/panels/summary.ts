/** Why nothing was sent, with a link to each place. Shown when somebody tries to send it anyway. */
import type { Issue } from "symbl-tracker";
import type { Judgement } from "../editing.js";
import { made, part } from "../page.js";
import { counted, grouped, issueWords, placeWords } from "../words.js";

export interface Summary {
  /** Shows the issues and takes the focus. */
  refuse(judgement: Judgement): void;
  /** Follows what was mended meanwhile. */
  show(judgement: Judgement): void;
}

/** How many issues are worth a link of their own. */
const MOST = 10;

/** @param follow goes to where the issue is */
export function summary(follow: (issue: Issue) => void): Summary {
  const section = part("summary", HTMLElement);
  const title = part("summary-title", HTMLHeadingElement);
  const list = part("summary-list", HTMLUListElement);

  function fill({ issues, issueCount }: Judgement): void {
    title.textContent = `Not sent: ${counted(issueCount, "issue")} to mend first`;
    const items = issues.slice(0, MOST).map((issue) => {
      const link = made("a", placeWords(issue));
      link.href = "#editor";
      link.addEventListener("click", (event) => {
        event.preventDefault();
        follow(issue);
      });
      const item = made("li");
      item.append(link, ` ${issueWords(issue)}`);
      return item;
    });
    const more = issueCount - items.length;
    list.replaceChildren(...items, ...(more > 0 ? [made("li", `And ${grouped(more)} more.`)] : []));
  }

  return {
    refuse(judgement) {
      fill(judgement);
      section.hidden = false;
      section.focus();
    },
    show(judgement) {
      if (section.hidden) return;
      if (judgement.ok) section.hidden = true;
      else fill(judgement);
    },
  };
}
