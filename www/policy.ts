/** The page's Content-Security-Policy, as far as it depends on the settings. The rest is in index.html. */
/// <reference types="vite/types/importMeta.d.ts" />
import type { Config } from "./config.js";

/**
 * Limits the page's connections to the API, the token endpoint and a sandbox's controls. All policies of a document
 * apply together, so this one cannot allow anything that index.html forbids.
 */
export function restrictConnections(config: Config): void {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  // Vite's development server reloads the page over a connection of its own.
  meta.content = connectionPolicy(config) + (import.meta.env.DEV ? " 'self'" : "");
  document.head.append(meta);
}

/** In a policy, a path that ends with a slash covers everything below it; any other path matches exactly. */
export function connectionPolicy({ host, tokenEndpoint, sandbox }: Config): string {
  const { origin, pathname } = new URL(tokenEndpoint);
  const sources = [`${host}/v1/manage/`, origin + pathname];
  if (sandbox) sources.push(`${host}/sandbox/`);
  // A semicolon or a comma would end the directive or the policy. Encoded, they mean the same in a URL.
  return `connect-src ${sources.map((source) => source.replaceAll(";", "%3B").replaceAll(",", "%2C")).join(" ")}`;
}
