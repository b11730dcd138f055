/** Starts the dashboard. */
import "symbl-tracker/editor";
import { type ComponentChild, render } from "preact";
import { ConfigError, loadConfig } from "./config.js";
import { App } from "./state/app.js";
import { ConfigProblem } from "./views/ConfigProblem.js";
import { AppContext } from "./views/context.js";
import { Screen } from "./views/Screen.js";

/** Replaces what the page showed while the script was loading. */
function show(screen: ComponentChild): void {
  document.body.replaceChildren();
  render(screen, document.body);
}

const config = await loadConfig().catch((error: unknown) => {
  if (error instanceof ConfigError) show(<ConfigProblem error={error} />);
  throw error;
});
const app = new App(config);
show(
  <AppContext.Provider value={app}>
    <Screen />
  </AppContext.Provider>,
);
await app.start();
