/** The heading of the open page. It sets the title of the document, and moves the focus when the address changes. */
import { useEffect, useRef } from "preact/hooks";
import { addressOf, type Route, route, wasReplaced } from "../state/route.js";
import { useApp } from "./context.js";

export function Navigation() {
  const { account, open } = useApp();
  const { value: to } = route;
  const title = titleOf(to, open?.name.value, account.loadedAt.value !== undefined);
  useEffect(() => {
    document.title = title === "" ? "Trackers" : `${title} – Trackers`;
  }, [title]);

  const heading = useRef<HTMLHeadingElement>(null);
  const address = addressOf(to);
  const shown = useRef(address);
  useEffect(() => {
    if (shown.current === address) return;
    shown.current = address;
    const isLost = document.activeElement === document.body || document.activeElement === null;
    // When a tracker was just created, the address is replaced while the person may be typing.
    if (wasReplaced() && !isLost) return;
    if (to.page === "new" && open && !open.isModified.value)
      document.querySelector("tracker-editor")?.focus();
    else heading.current?.focus({ preventScroll: true });
  }, [address]);
  return (
    <h2 class="page-heading" tabIndex={-1} ref={heading}>
      {title === "" ? "Trackers" : title}
    </h2>
  );
}

function titleOf({ page }: Route, name: string | undefined, isLoaded: boolean): string {
  if (page === "create-many") return "Create trackers from a file";
  if (page === "trackers") return "";
  if (name === undefined) return isLoaded ? "No such tracker" : "";
  if (name.trim() !== "") return name;
  return page === "new" ? "New tracker" : "No name";
}
