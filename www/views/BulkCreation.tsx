/** Creates many trackers from a file. */
export function BulkCreation() {
  return <p class="empty">Choose a file.</p>;
}
