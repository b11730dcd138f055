/** The result of the last call: its outcome, its attempts, and the phrases that the service kept or dropped. */
import type { Attempt, AttemptEvent, Tracker } from "symbl-tracker";
import type { Call } from "../call.js";
import { createElement, getElement } from "../page.js";
import { attemptWords, counted, eventWords, grouped, OUTCOMES, shortened } from "../words.js";

/** Phrases listed before "and N more". */
const MAX_LISTED = 50;

/** @param load loads the service's version into the editor */
export function response(load: () => void): { show(call: Call | undefined): void } {
  const section = getElement("response", HTMLElement);
  const content = getElement("response-content", HTMLDivElement);

  return {
    show(call) {
      section.ariaBusy = `${call?.state === "sending"}`;
      if (!call) content.replaceChildren(createElement("p", "Nothing sent yet.", "empty"));
      else if (call.state === "sending")
        content.replaceChildren(
          createElement("p", "Waiting…", "empty"),
          lines(latest(call.events).map(eventWords)),
        );
      else {
        const outcome = createElement("p", OUTCOMES[call.outcome], "outcome");
        outcome.dataset.outcome = call.outcome;
        content.replaceChildren(outcome, createElement("p", call.words));
        if (call.result) {
          const { kept, dropped } = call.result;
          content.append(...phrases("Not sent, but kept", kept), ...phrases("Sent, but dropped", dropped));
        }
        if (call.differs) {
          const button = createElement("button", "Load the service’s version");
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
  const list = createElement("ul", "", "phrases-list");
  list.append(...texts.slice(0, MAX_LISTED).map(item));
  if (texts.length > MAX_LISTED)
    list.append(createElement("li", `and ${grouped(texts.length - MAX_LISTED)} more`, "empty"));
  return [createElement("h3", `${title} (${grouped(texts.length)})`), list];
}

function item(text: string): HTMLElement {
  const item = createElement("li", text);
  item.dir = "auto";
  return item;
}

function attempts(all: Attempt[]): HTMLElement[] {
  if (all.length === 0) return [];
  return [createElement("h3", counted(all.length, "attempt")), lines(all.map(attemptWords))];
}

/** Leaves out the start of each attempt that has ended. */
function latest(events: AttemptEvent[]): AttemptEvent[] {
  return events.filter((event, index) => event.type !== "start" || index === events.length - 1);
}

function lines(texts: string[]): HTMLElement {
  const list = createElement("ol", "", "attempts");
  list.append(...texts.map((text) => createElement("li", text)));
  return list;
}

function asJson(tracker: Tracker): HTMLElement {
  const text = createElement("textarea");
  text.readOnly = true;
  text.ariaLabel = "The response as JSON";
  text.value = shortened(JSON.stringify({ tracker }, null, 2));
  const details = createElement("details");
  details.append(createElement("summary", "As JSON"), text);
  return details;
}
