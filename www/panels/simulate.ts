/** A menu of problems to simulate in the next call, to see how the dashboard reports them. */
import type { Tracker, TrackerDraft } from "symbl-tracker";
import { createElement, getElement } from "../page.js";
import type { Fault } from "../sandbox.js";

/** More requests than any call makes, including those that the browser repeats on its own. */
const ALWAYS = 99;

/** The options of the menu by heading. */
const SCENARIOS: Record<string, Record<string, (sent: Tracker | TrackerDraft) => Fault[]>> = {
  "The service refuses": {
    "409: the name is taken": () => [{ kind: "status", status: 409 }],
    "404: no such tracker": () => [{ kind: "status", status: 404 }],
    "400: with a message": () => [
      { kind: "status", status: 400, message: "A tracker can have at most 10 phrases." },
    ],
    "401 once: the token has expired": () => [{ kind: "unauthorized" }],
  },
  "The service fails": {
    "429 once": () => [{ kind: "status", status: 429 }],
    "502 twice": () => [{ kind: "status", status: 502, times: 2 }],
    "504 every time": () => [{ kind: "status", status: 504, times: ALWAYS }],
    "Responds after 4 seconds": () => [{ kind: "delay", ms: 4_000 }],
    "Never responds": () => [{ kind: "delay", times: ALWAYS }],
  },
  "The connection fails": {
    "Reset before the response": () => [{ kind: "reset", times: ALWAYS }],
    "Applied, then reset": () => [{ kind: "reset", applied: true, times: ALWAYS }],
    "Applied, then the response is cut short": () => [{ kind: "shortBody", times: ALWAYS }],
    "A response that the browser blocks": () => [{ kind: "noCors", times: ALWAYS }],
  },
  "The response is wrong": {
    "A web page": () => [{ kind: "html", times: ALWAYS }],
    "A redirect": () => [{ kind: "redirect", times: ALWAYS }],
    "Another tracker": () => [{ kind: "wrongTracker", times: ALWAYS }],
    "The last phrase is dropped": (sent) => {
      const tracker = "toTracker" in sent ? sent.toTracker() : sent;
      const body = { tracker: { ...tracker, vocabulary: tracker.vocabulary.slice(0, -1) } };
      return [{ kind: "badShape", applied: true, body }];
    },
  },
};

export function simulation(): { take(sent: Tracker | TrackerDraft): Fault[] } {
  const menu = getElement("simulate", HTMLSelectElement);
  menu.append(new Option("Nothing", ""));
  for (const [heading, scenarios] of Object.entries(SCENARIOS)) {
    const group = createElement("optgroup");
    group.label = heading;
    group.append(...Object.keys(scenarios).map((name) => new Option(name, name)));
    menu.append(group);
  }
  return {
    /** Returns the faults for the next call and resets the menu to "Nothing". */
    take(sent) {
      const chosen = menu.value;
      menu.value = "";
      for (const scenarios of Object.values(SCENARIOS)) {
        const scenario = scenarios[chosen];
        if (scenario) return scenario(sent);
      }
      return [];
    },
  };
}
