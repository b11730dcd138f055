/** A heading with a count, and the first phrases of a list. Renders nothing if the list is empty. */

interface Props {
  title: string;
  phrases: readonly string[];
  /** The most phrases that are listed. */
  most: number;
  /** Whether the list scrolls on its own, and so has to be reached with the keyboard. */
  isScrollable?: boolean;
}

export function PhraseList({ title, phrases, most, isScrollable = false }: Props) {
  if (phrases.length === 0) return null;
  const more = phrases.length - most;
  return (
    <>
      <h3>
        {title}: {phrases.length.toLocaleString("en")}
      </h3>
      <ul class="phrases" {...(isScrollable ? { tabIndex: 0, "aria-label": title } : {})}>
        {phrases.slice(0, most).map((phrase) => (
          <li key={phrase}>{phrase}</li>
        ))}
        {more > 0 && <li class="help">and {more.toLocaleString("en")} more</li>}
      </ul>
    </>
  );
}
