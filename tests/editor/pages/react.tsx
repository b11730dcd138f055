import "symbl-tracker/editor";
import "symbl-tracker/editor/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";

const SALE = { id: "42", name: "Sale", vocabulary: ["on sale"] };

function Page() {
  const [tracker, setTracker] = useState<typeof SALE>(SALE);
  const [count, setCount] = useState(0);
  return (
    <form method="post" encType="multipart/form-data">
      <tracker-editor
        name="tracker"
        required
        value={tracker}
        onInput={(event) => setTracker(event.currentTarget.value as typeof SALE)}
        ontracker-change={({ detail }) => setCount(detail.issueCount)}
      />
      <p>
        {tracker.vocabulary.length} phrases, {count} wrong
      </p>
      <button type="submit">Send</button>
    </form>
  );
}

const root = document.createElement("div");
document.body.append(root);
createRoot(root).render(<Page />);
