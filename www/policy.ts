/** The page's Content-Security-Policy, as far as it depends on the settings. The rest is in index.html. */
/// <reference types="vite/types/importMeta.d.ts" />
import type { Config } from "./config.js";

/**
 * From now on, the page only connects to the API, the token endpoint and a sandbox's controls. A document's policies
 * all apply, so a policy that is added can only take permissions away.
 */
export function restrictConnections(config: Config): void {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  // Vite's development server reloads the page over a connection of its own.
  meta.content = connectionPolicy(config) + (import.meta.env.DEV ? " 'self'" : "");
  document.head.append(meta);
}

/** A path that ends with a slash stands for everything below it, any other for exactly that path. */
export function connectionPolicy({ host, tokenEndpoint, sandbox }: Config): string {
  const { origin, pathname } = new URL(tokenEndpoint);
  const sources = [`${host}/v1/manage/`, origin + pathname];
  if (sandbox) sources.push(`${host}/sandbox/`);
  // These two characters would end the source or the directive. They mean the same when they are encoded.
  return `connect-src ${sources.map((source) => source.replaceAll(";", "%3B").replaceAll(",", "%2C")).join(" ")}`;
}
