/** What came of the last call: attempts, outcome, and which phrases the service kept or dropped. */
import type { Attempt, AttemptEvent, Tracker } from "symbl-tracker";
import type { Call } from "../call.js";
import { made, part } from "../page.js";
import { attemptWords, counted, eventWords, grouped, OUTCOMES, shortened } from "../words.js";

/** Phrases listed before "and N more". */
const MOST = 50;

/** @param load takes what the service holds into the editor */
export function answer(load: () => void): { show(call: Call | undefined): void } {
  const section = part("answer", HTMLElement);
  const content = part("answer-content", HTMLDivElement);

  return {
    show(call) {
      section.ariaBusy = `${call?.state === "sending"}`;
      if (!call) content.replaceChildren(made("p", "Nothing sent yet.", "empty"));
      else if (call.state === "sending")
        content.replaceChildren(made("p", "Waiting…", "empty"), lines(lately(call.events).map(eventWords)));
      else {
        const verdict = made("p", OUTCOMES[call.outcome], "verdict");
        verdict.dataset.outcome = call.outcome;
        content.replaceChildren(verdict, made("p", call.words));
        if (call.result) {
          const { kept, dropped } = call.result;
          content.append(
            ...phrases("Kept, although not sent", kept),
            ...phrases("Sent, but dropped", dropped),
          );
        }
        if (call.differs) {
          const button = made("button", "Load what the service has");
          button.type = "button";
          button.addEventListener("click", load);
          content.append(button);
        }
        content.append(...attempts(call.attempts));
        if (call.result) content.append(asJson(call.result.tracker));
      }
    },
  };
}

function phrases(title: string, texts: string[]): HTMLElement[] {
  if (texts.length === 0) return [];
  const list = made("ul", "", "phrases-list");
  list.append(...texts.slice(0, MOST).map(item));
  if (texts.length > MOST) list.append(made("li", `and ${grouped(texts.length - MOST)} more`, "empty"));
  return [made("h3", `${title} (${grouped(texts.length)})`), list];
}

function item(text: string): HTMLElement {
  const item = made("li", text);
  item.dir = "auto";
  return item;
}

function attempts(all: Attempt[]): HTMLElement[] {
  if (all.length === 0) return [];
  return [made("h3", counted(all.length, "attempt")), lines(all.map(attemptWords))];
}

/** That a request was sent is news until it is known what came of it. */
function lately(events: AttemptEvent[]): AttemptEvent[] {
  return events.filter((event, index) => event.type !== "start" || index === events.length - 1);
}

function lines(texts: string[]): HTMLElement {
  const list = made("ol", "", "attempts");
  list.append(...texts.map((text) => made("li", text)));
  return list;
}

function asJson(tracker: Tracker): HTMLElement {
  const text = made("textarea");
  text.readOnly = true;
  text.ariaLabel = "The answer as JSON";
  text.value = shortened(JSON.stringify({ tracker }, null, 2));
  const details = made("details");
  details.append(made("summary", "As JSON"), text);
  return details;
}
