/** Shown instead of the dashboard if `config.json` is missing or wrong, for whoever hosts it. */
import type { ConfigError } from "../config.js";

const EXAMPLE = `{
  "host": "https://api.example.com",
  "tokenEndpoint": "/token",
  "account": "Example Ltd."
}`;

export function ConfigProblem({ error }: { error: ConfigError }) {
  return (
    <main class="config-problem">
      <h1>This dashboard cannot start</h1>
      <p>
        Its settings in <code>{error.url}</code> cannot be used. This is for the person who hosts the
        dashboard:
      </p>
      <ul role="alert">
        {error.problems.map((problem) => (
          <li key={problem}>{problem}</li>
        ))}
      </ul>
      <p>A complete file looks like this:</p>
      <pre>{EXAMPLE}</pre>
      <button type="button" onClick={() => location.reload()}>
        Try again
      </button>
    </main>
  );
}
