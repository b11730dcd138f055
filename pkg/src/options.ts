/** Reads each option of the caller once, and says which one is wrong. */
import type { SendOptions, TrackerParts, ValidateOptions } from "./types.js";

/** The rules' options, complete. */
export interface Rules {
  create: boolean;
  trackerId: string | undefined;
  maxBodyBytes: number;
  maxIssues: number;
}

/** The defaults of the crate: tests/constants.test.ts compares them. */
export const DEFAULTS: Rules = {
  create: false,
  trackerId: undefined,
  maxBodyBytes: 1_048_576,
  maxIssues: 100,
};

/** @throws {TypeError} naming the option that is wrong */
export function readRules(options: ValidateOptions | undefined): Rules {
  if (options === undefined) return DEFAULTS;
  if (typeof options !== "object" || options === null) throw wrong("options", "an object");
  const {
    for: operation = "update",
    trackerId,
    maxBodyBytes = DEFAULTS.maxBodyBytes,
    maxIssues = DEFAULTS.maxIssues,
  } = options;
  if (operation !== "update" && operation !== "create") throw wrong("for", '"update" or "create"');
  if (trackerId !== undefined && !(typeof trackerId === "string" && isSendable(trackerId))) {
    throw wrong("trackerId", "a well-formed string of at most 1,048,576 characters");
  }
  if (!Number.isInteger(maxBodyBytes) || maxBodyBytes < 0 || maxBodyBytes > 2 ** 30) {
    throw wrong("maxBodyBytes", "a whole number from 0 to 2³⁰");
  }
  if (maxIssues !== Infinity && (!Number.isInteger(maxIssues) || maxIssues < 0)) {
    throw wrong("maxIssues", "a whole number from 0 on, or Infinity");
  }
  return {
    create: operation === "create",
    trackerId,
    maxBodyBytes,
    maxIssues: Math.min(maxIssues, 2 ** 32 - 1),
  };
}

/** Whether a body could carry it. Room for a text of 100 MB would stay in wasm memory for good. */
function isSendable(trackerId: string): boolean {
  return trackerId.length <= 2 ** 20 && !/\p{Surrogate}/u.test(trackerId);
}

/** The options of everything that sends, each of its type. Wasm decides what they mean. */
export interface SendSettings extends Omit<SendOptions, "maxBodyBytes" | "baseUrl" | "signal"> {
  baseUrl: string | undefined;
  signal: AbortSignal | undefined;
  /** The rules for what is sent. */
  rules: Rules;
}

/** The longest time that setTimeout can count: 24 days. */
const MAX_MS = 2 ** 31 - 1;

/** @throws {TypeError} naming the option that is wrong, never its value */
export function readSettings(
  options: SendOptions,
  rules?: Pick<ValidateOptions, "for" | "trackerId">,
): SendSettings {
  if (typeof options !== "object" || options === null) throw wrong("options", "an object");
  const {
    accessToken,
    baseUrl,
    signal,
    apiKey,
    timeoutMs,
    totalTimeoutMs,
    retries,
    onAttempt,
    fetch,
    verify,
    dangerouslyAllowHttp,
    maxBodyBytes,
  } = options;
  const address = isUrl(baseUrl) ? baseUrl.href : baseUrl;
  const isOptional = (type: string, value: unknown) => value === undefined || typeof value === type;
  if (typeof accessToken !== "string" && typeof accessToken !== "function") {
    throw wrong("accessToken", "a string, or a function that returns one");
  }
  if (!isOptional("string", address)) throw wrong("baseUrl", "a string or a URL");
  if (!isOptional("string", apiKey)) throw wrong("apiKey", "a string");
  if (!isOptional("function", onAttempt)) throw wrong("onAttempt", "a function");
  if (!isOptional("function", fetch)) throw wrong("fetch", "a function");
  if (!isOptional("boolean", verify)) throw wrong("verify", "true or false");
  if (!isOptional("boolean", dangerouslyAllowHttp)) throw wrong("dangerouslyAllowHttp", "true or false");
  if (signal !== undefined && signal !== null && typeof signal.addEventListener !== "function") {
    throw wrong("signal", "an AbortSignal");
  }
  const isWhole = (value: number | undefined, least: number, most: number) =>
    value === undefined || (Number.isInteger(value) && value >= least && value <= most);
  if (!isWhole(timeoutMs, 1, MAX_MS)) throw wrong("timeoutMs", "a whole number from 1 to 2³¹ − 1");
  if (!isWhole(totalTimeoutMs, 1, MAX_MS)) throw wrong("totalTimeoutMs", "a whole number from 1 to 2³¹ − 1");
  if (!isWhole(retries, 0, 100)) throw wrong("retries", "a whole number from 0 to 100");
  const settings = {
    accessToken,
    baseUrl: address,
    signal: signal ?? undefined,
    apiKey,
    timeoutMs,
    totalTimeoutMs,
    retries,
    onAttempt,
    fetch,
    verify,
    dangerouslyAllowHttp,
  };
  return { ...settings, rules: readRules({ ...rules, maxBodyBytes }) };
}

/** A `URL`, also one of another realm. */
function isUrl(value: unknown): value is URL {
  return typeof value === "object" && value !== null && typeof (value as Partial<URL>).href === "string";
}

/**
 * The JSON of the tracker as it was loaded.
 *
 * @throws {TypeError} if it has none
 */
export function readBase(base: TrackerParts | undefined): string | undefined {
  if (base === undefined) return undefined;
  const json: unknown = JSON.stringify(base);
  if (typeof json !== "string") throw wrong("base", "a tracker");
  return json;
}

/** @throws {TypeError} if a URL cannot carry the text */
export function readText(name: string, text: unknown): string {
  if (typeof text !== "string" || /\p{Surrogate}/u.test(text)) throw wrong(name, "a well-formed string");
  return text;
}

/** What to throw about an option. */
export function wrong(option: string, expected: string): TypeError {
  return new TypeError(`the option ${option} must be ${expected}`);
}
