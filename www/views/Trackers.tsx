/** The table of the account's trackers. */
import { MAX_TRACKERS } from "../state/account.js";
import { addressOf } from "../state/route.js";
import { useApp } from "./context.js";

export function Trackers({ onPick }: { onPick: () => void }) {
  const app = useApp();
  const { account } = app;
  return (
    <nav class="trackers" aria-label="Trackers of this account">
      <table aria-label="Trackers">
        <tbody>
          {[...account.trackers.value.values()].map(({ id, name, vocabulary }) => (
            <tr key={id}>
              <th scope="row">
                <a
                  href={addressOf({ page: "tracker", id })}
                  aria-current={app.open?.id === id}
                  onClick={onPick}
                >
                  {name}
                </a>
              </th>
              <td>{vocabulary.length}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        {account.trackers.value.size} of {MAX_TRACKERS} trackers
      </p>
      <button type="button" onClick={() => app.startNew()}>
        New tracker
      </button>
    </nav>
  );
}
