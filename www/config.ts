/**
 * The settings of a hosted dashboard: `config.json` beside the page. The page reads it when it starts, so whoever hosts
 * the dashboard can change it without a build.
 */
import { restrictConnections } from "./policy.js";

/** What `config.json` says, checked and complete. */
export interface Config {
  /** Where the Trackers Management API is, without a slash at the end: `https://api.example.com/symbl`. */
  host: string;
  /** An absolute URL. A POST to it answers `{"accessToken": string, "expiresIn": seconds}`. */
  tokenEndpoint: string;
  /** The account's name, as the people who use the dashboard know it. */
  account: string;
  /** Whether the host is a sandbox, which can simulate faults. */
  sandbox: boolean;
}

/** The settings are missing or wrong. The texts are for whoever hosts the dashboard. */
export class ConfigError extends Error {
  override name = "ConfigError";
  /** Where the settings were looked for. */
  readonly url: string;
  /** One sentence for each thing to change. */
  readonly problems: readonly string[];

  constructor(url: string, problems: readonly string[]) {
    super(`${url}: ${problems.join(" ")}`);
    this.url = url;
    this.problems = problems;
  }
}

/**
 * Reads `config.json`, and limits the page's connections to the addresses that it names.
 *
 * @throws {ConfigError} if the file is missing or wrong
 */
export async function loadConfig(): Promise<Config> {
  const url = new URL("config.json", location.href);
  const config = readConfig(await fetchText(url), url);
  restrictConnections(config);
  return config;
}

async function fetchText(url: URL): Promise<string> {
  let response: Response;
  try {
    // Revalidates a cached copy, because the file is edited in place.
    response = await fetch(url, { cache: "no-cache" });
  } catch {
    throw new ConfigError(url.href, [
      "The file cannot be loaded: the server did not respond. Reload the page to try again.",
    ]);
  }
  if (response.status === 404) {
    throw new ConfigError(url.href, ["There is no such file on the server. Put it beside index.html."]);
  }
  if (!response.ok) {
    throw new ConfigError(url.href, [
      `The server responded with status ${response.status}. The file must be readable without signing in.`,
    ]);
  }
  return response.text();
}

const KEYS = ["host", "tokenEndpoint", "account", "sandbox"];

/**
 * @param text the content of `config.json`
 * @param url where it was read; a relative token endpoint is relative to it
 * @throws {ConfigError} that names everything to change
 */
export function readConfig(text: string, url: URL): Config {
  const data = parse(text, url);
  const problems: string[] = [];
  const attempt = (read: () => string): string => {
    try {
      return read();
    } catch (error) {
      problems.push((error as Error).message);
      return "";
    }
  };
  const config: Config = {
    host: attempt(() => readHost(data.host)),
    tokenEndpoint: attempt(() => readTokenEndpoint(data.tokenEndpoint, url)),
    account: attempt(() => readText("account", data.account, "the account's name as people know it")),
    sandbox: data.sandbox === true,
  };
  if (data.sandbox !== undefined && typeof data.sandbox !== "boolean")
    problems.push(`"sandbox" must be true or false, without quotes; it is ${JSON.stringify(data.sandbox)}.`);
  for (const key of Object.keys(data).filter((key) => !KEYS.includes(key)))
    problems.push(`"${key}" is not a setting. The settings are ${KEYS.join(", ")}.`);
  if (problems.length > 0) throw new ConfigError(url.href, problems);
  return config;
}

function parse(text: string, url: URL): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    // Many hosts serve their start page instead of a missing file.
    const problem = /^\s*</.test(text)
      ? "The server returned a web page instead of this file. Put the file beside index.html."
      : `The file is not JSON: ${(error as Error).message}.`;
    throw new ConfigError(url.href, [problem]);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    throw new ConfigError(url.href, [
      'The file must hold one object: { "host": …, "tokenEndpoint": …, "account": … }.',
    ]);
  }
  return data as Record<string, unknown>;
}

function readText(key: string, value: unknown, meaning: string): string {
  if (value === undefined) throw new Error(`"${key}" is missing: ${meaning}.`);
  if (typeof value !== "string") throw new Error(`"${key}" must be a text in quotes: ${meaning}.`);
  if (value.trim() === "") throw new Error(`"${key}" is empty: ${meaning}.`);
  return value.trim();
}

function readHost(value: unknown): string {
  const text = readText("host", value, "the address of the API, such as https://api.example.com");
  if (!URL.canParse(text)) throw new Error(`"host" is not an absolute URL: ${text}.`);
  const url = new URL(text);
  requireSecure("host", url);
  if (url.search || url.hash || text.includes("?") || text.includes("#"))
    throw new Error('"host" must not have a query or a fragment (what follows "?" or "#").');
  const path = url.pathname.replace(/\/+$/, "");
  if (/\/v1$/.test(path)) throw new Error('"host" ends with /v1, which is added to it. Leave it out.');
  return url.origin + path;
}

function readTokenEndpoint(value: unknown, base: URL): string {
  const text = readText("tokenEndpoint", value, "where this page gets access tokens, such as /token");
  if (!URL.canParse(text, base)) throw new Error(`"tokenEndpoint" is not a URL: ${text}.`);
  const url = new URL(text, base);
  requireSecure("tokenEndpoint", url);
  if (text.includes("#")) throw new Error('"tokenEndpoint" must not have a fragment (what follows "#").');
  return url.href;
}

/** A Content-Security-Policy cannot express IPv6 addresses, so `[::1]` is not one of them. */
const LOOPBACK = ["localhost", "127.0.0.1"];

function requireSecure(key: string, url: URL): void {
  if (url.username || url.password) throw new Error(`"${key}" must not contain a user name or a password.`);
  if (url.hostname.startsWith("["))
    throw new Error(`"${key}" must have a host name instead of an IPv6 address: ${url.href}.`);
  if (url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.includes(url.hostname))) return;
  throw new Error(
    `"${key}" must be an https URL, so that no one can read the access token on the way; it is ${url.href}. ` +
      "http is only allowed to localhost and 127.0.0.1.",
  );
}
