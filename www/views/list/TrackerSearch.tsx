/** The search field above the table, and how many trackers match. */
import { useApp } from "../context.js";

export function TrackerSearch() {
  const { list } = useApp();
  const { query } = list;
  const isSearching = list.isSettled.value && query.value.trim() !== "";
  const count = list.hits.value.length;
  const total = list.rows.value.length;
  return (
    <div class="search">
      <input
        type="search"
        aria-label="Search names and phrases"
        placeholder="Search names and phrases"
        value={query.value}
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="search"
        onInput={(event) => {
          query.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || query.value === "") return;
          event.preventDefault();
          query.value = "";
        }}
      />
      <p class="help" aria-live="polite">
        {isSearching && `${count.toLocaleString("en")} of ${total.toLocaleString("en")} found`}
      </p>
    </div>
  );
}
