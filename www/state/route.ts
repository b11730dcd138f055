/**
 * The route: what is shown, in the part of the address after `#`, so that reloading and the back button work on any
 * static host.
 */
import { type ReadonlySignal, signal } from "@preact/signals";

export type Route =
  /** The table of trackers, with no tracker open. */
  | { page: "trackers" }
  /** A tracker of the service. */
  | { page: "tracker"; id: string }
  /** A tracker that is not created yet. */
  | { page: "new"; key: string }
  /** Creating many trackers from a file. */
  | { page: "create-many" };

/** The address of a route, relative to the page. */
export function addressOf(route: Route): string {
  switch (route.page) {
    case "trackers":
      return "#/";
    case "tracker":
      return `#/tracker/${encodeURIComponent(route.id)}`;
    case "new":
      return `#/new/${encodeURIComponent(route.key)}`;
    case "create-many":
      return "#/create-many";
  }
}

/** The route of an address. An unknown address leads to the table of trackers. */
function routeOf(hash: string): Route {
  const [, page = "", text = ""] = hash.split("/");
  let name = "";
  try {
    name = decodeURIComponent(text);
  } catch {
    return { page: "trackers" };
  }
  if (page === "tracker" && name !== "") return { page, id: name };
  if (page === "new" && name !== "") return { page, key: name };
  return page === "create-many" ? { page } : { page: "trackers" };
}

const current = signal(routeOf(location.hash));
window.addEventListener("hashchange", () => {
  isReplaced = false;
  current.value = routeOf(location.hash);
});

export const route: ReadonlySignal<Route> = current;

let isReplaced = false;
/** Whether the last change of the route replaced the address, so that the person did not navigate. */
export const wasReplaced = (): boolean => isReplaced;

/** @param options.replace whether the new address replaces the current one in the history */
export function go(to: Route, { replace = false } = {}): void {
  const address = addressOf(to);
  isReplaced = replace;
  if (replace) history.replaceState(null, "", address);
  else if (location.hash !== address) history.pushState(null, "", address);
  current.value = to;
}
