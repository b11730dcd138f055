/** Gives the components access to the application's state. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { App } from "../state/app.js";

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error("unreachable: the components are rendered inside AppContext");
  return app;
}
