/** Says that the open tracker is being edited in another tab, and can take it over. */
import type { Edit } from "../../state/edit.js";
import { useApp } from "../context.js";

export function OtherTabNotice({ edit }: { edit: Edit }) {
  const { presence } = useApp().safekeeping;
  const holder = presence.holderOf(edit.key);
  if (holder !== "elsewhere" && holder !== "taken") return null;
  return (
    <div class="notice" role="status">
      <p>
        {holder === "taken"
          ? "Another tab took over. You can continue editing there."
          : "This tracker is being edited in another tab."}
      </p>
      <p class="buttons">
        <button type="button" onClick={() => presence.takeOver(edit.key)}>
          Take over
        </button>
      </p>
    </div>
  );
}
