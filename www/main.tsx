/** Starts the dashboard. */
import "symbl-tracker/editor";
import { render } from "preact";
import { ConfigError, loadConfig } from "./config.js";
import { App } from "./state/app.js";
import { Screen } from "./views/App.js";
import { ConfigProblem } from "./views/ConfigProblem.js";
import { AppContext } from "./views/context.js";

const config = await loadConfig().catch((error: unknown) => {
  if (error instanceof ConfigError) render(<ConfigProblem error={error} />, document.body);
  throw error;
});
const app = new App(config);
render(
  <AppContext.Provider value={app}>
    <Screen />
  </AppContext.Provider>,
  document.body,
);
await app.start();
