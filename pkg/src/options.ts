/** Reads each option of the caller's once, and says which one is wrong. */
import type { SendOptions, ValidateOptions } from "./types.js";

/** The rules' options, complete. */
export interface Rules {
  create: boolean;
  trackerId: string | undefined;
  maxBodyBytes: number;
  maxIssues: number;
}

const DEFAULTS: Rules = { create: false, trackerId: undefined, maxBodyBytes: 1_048_576, maxIssues: 100 };

/** @throws {TypeError} naming the option that is wrong */
export function readRules(options: ValidateOptions | undefined): Rules {
  if (options === undefined) return DEFAULTS;
  if (typeof options !== "object" || options === null) throw wrong("options", "an object");
  const { for: operation = "update", trackerId, maxBodyBytes = 1_048_576, maxIssues = 100 } = options;
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

/** The options of everything that sends, each of its type. What they mean is for wasm to judge. */
export interface SendSettings extends Omit<SendOptions, "maxBodyBytes"> {
  /** By what to judge what is sent. */
  rules: Rules;
}

/** What setTimeout can count: 24 days. */
const MOST_MS = 2 ** 31 - 1;

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
    maxBodyBytes,
  } = options;
  const isOptional = (type: string, value: unknown) => value === undefined || typeof value === type;
  if (typeof accessToken !== "string" && typeof accessToken !== "function") {
    throw wrong("accessToken", "a string, or a function that gives one");
  }
  if (!isOptional("string", baseUrl)) throw wrong("baseUrl", "a string");
  if (!isOptional("string", apiKey)) throw wrong("apiKey", "a string");
  if (!isOptional("function", onAttempt)) throw wrong("onAttempt", "a function");
  if (!isOptional("function", fetch)) throw wrong("fetch", "a function");
  if (signal !== undefined && typeof signal?.addEventListener !== "function")
    throw wrong("signal", "an AbortSignal");
  const isWhole = (value: number | undefined, least: number, most: number) =>
    value === undefined || (Number.isInteger(value) && value >= least && value <= most);
  if (!isWhole(timeoutMs, 1, MOST_MS)) throw wrong("timeoutMs", "a whole number from 1 to 2³¹ − 1");
  if (!isWhole(totalTimeoutMs, 1, MOST_MS)) throw wrong("totalTimeoutMs", "a whole number from 1 to 2³¹ − 1");
  if (!isWhole(retries, 0, 100)) throw wrong("retries", "a whole number from 0 to 100");
  const settings = {
    accessToken,
    baseUrl,
    signal,
    apiKey,
    timeoutMs,
    totalTimeoutMs,
    retries,
    onAttempt,
    fetch,
  };
  return { ...settings, rules: readRules({ ...rules, maxBodyBytes }) };
}

/** @throws {TypeError} where the text is none that a URL can carry */
export function readText(name: string, text: unknown): string {
  if (typeof text !== "string" || /\p{Surrogate}/u.test(text)) throw wrong(name, "a well-formed string");
  return text;
}

function wrong(option: string, expected: string): TypeError {
  return new TypeError(`the option ${option} must be ${expected}`);
}
