/** The open tracker for printing, with all phrases. The editor only renders those in view. */
import { useEffect, useState } from "preact/hooks";
import { useApp } from "../context.js";

export function PrintedTracker() {
  const { open } = useApp();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  if (!isPrinting || !open) return null;
  // While a JSON text cannot be read, the paper shows what it was before.
  const { name, vocabulary } = open.readable() ?? open.draft.toTracker();
  return (
    <article class="printed">
      <h1 dir="auto">{name}</h1>
      <ol>
        {vocabulary.map((phrase, index) => (
          <li key={index} dir="auto">
            {phrase}
          </li>
        ))}
      </ol>
    </article>
  );
}
