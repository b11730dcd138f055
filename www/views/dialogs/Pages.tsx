/** Buttons to page through a long table. Renders nothing if there is only one page. */
interface Props {
  /** The current page, from 0. */
  page: number;
  size: number;
  total: number;
  /** What is counted: "differences". */
  of: string;
  onPage: (page: number) => void;
}

export function Pages({ page, size, total, of, onPage }: Props) {
  if (total <= size) return null;
  const last = Math.ceil(total / size) - 1;
  const number = (count: number) => count.toLocaleString("en");
  return (
    <nav class="pages" aria-label={`Pages of ${of}`}>
      <button type="button" aria-disabled={page === 0} onClick={() => page > 0 && onPage(page - 1)}>
        Previous
      </button>
      <span aria-live="polite">
        {number(page * size + 1)} to {number(Math.min(total, (page + 1) * size))} of {number(total)} {of}
      </span>
      <button type="button" aria-disabled={page === last} onClick={() => page < last && onPage(page + 1)}>
        Next
      </button>
    </nav>
  );
}
