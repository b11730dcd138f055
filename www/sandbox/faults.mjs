// Which call meets which fault: a queue that calls use up, and chaos. What a fault then does to the
// connection is in misbehave.mjs.

import { Refusal } from "./refusal.mjs";
import { requiring } from "./schema.mjs";

/** @import { Chaos, Settings } from "./settings.mjs" */

/**
 * What each kind does, and whether the call has taken effect before it strikes unless `applied` says otherwise.
 * Those that look like a success have: a server that says 200 did the work.
 *
 * @satisfies {Record<string, { applied: boolean }>}
 */
const KINDS = {
  status: { applied: false }, // any status, with a JSON message
  unauthorized: { applied: false }, // status 401, although the token is valid
  noCors: { applied: false }, // status 502 without CORS headers, as a gateway in front would answer
  redirect: { applied: false }, // 307 to `location`
  html: { applied: false }, // 200 with a web page: a captive portal, a login page
  delay: { applied: false }, // waits `ms`, then goes on; without `ms` forever
  reset: { applied: false }, // TCP RST before any byte of the answer
  close: { applied: false }, // TCP FIN before any byte of the answer
  closeReused: { applied: false }, // a kept-alive connection closes as the next request arrives on it
  resetWhileUploading: { applied: false }, // 413 before the body is read, then RST
  preflight: { applied: false }, // the preflight is answered 403
  stallBody: { applied: true }, // 200, headers and `bytes` of the body (0), then nothing
  shortBody: { applied: true }, // half of what Content-Length says, then FIN
  resetBody: { applied: true }, // half the body, RST after `ms`
  truncatedGzip: { applied: true }, // a gzip stream cut in half, in a complete HTTP message
  notJson: { applied: true }, // 200 with half the JSON, in a complete HTTP message
  empty: { applied: true }, // 200 (or `status`) without a body
  hugeBody: { applied: true }, // 200 and `bytes` of JSON without Content-Length
  wrongTracker: { applied: true }, // 200 with another tracker
  badShape: { applied: true }, // 200 with `body`, or JSON of another shape
};

/** These strike before there is anything to apply. */
const NEVER_APPLIED = new Set(["closeReused", "resetWhileUploading", "preflight"]);

/**
 * @typedef {object} FaultOptions
 * @property {keyof typeof KINDS} kind
 * @property {number} [times] how many calls it strikes. Default 1
 * @property {string} [key] only calls of this account (its appId); not for `preflight`, which carries no token
 * @property {string} [method] only calls of this method; for `preflight`, the method it asks for
 * @property {string} [path] only calls of exactly this path, as it is encoded in the request line
 * @property {boolean} [applied] whether the store takes the change first. A call that the contract refuses is
 *   then answered with that refusal, so that the record and the answer agree. Default: see KINDS
 * @property {number} [status] of the kinds that answer. Default: see KINDS
 * @property {Record<string, string>} [headers] added to the answer
 * @property {boolean} [expose] false: the answer hides its headers from other origins. Default: the setting
 * @property {boolean} [cors] false: the answer has no CORS headers. Default true, but for noCors and preflight
 * @property {string} [message] of `status`. Default: the contract's for this status
 * @property {number} [ms] milliseconds, of `delay` and `resetBody` (100: the head should have arrived)
 * @property {string} [location] of `redirect`. Default "/sandbox/redirected", which records who comes
 * @property {number} [bytes] of `hugeBody`, default 200 MiB; of `stallBody`, default 0: Firefox shows a page the head
 *   only when the first byte of the body comes
 * @property {unknown} [body] of `badShape`
 */

/** @typedef {FaultOptions & { times: number, applied: boolean, cors: boolean }} Fault */

/** @type {Partial<Record<keyof typeof KINDS, Partial<FaultOptions>>>} */
const PRESETS = {
  unauthorized: { status: 401 },
  noCors: { status: 502, cors: false },
  preflight: { status: 403, cors: false },
};

/** @type {(value: unknown) => FaultOptions[]} */
const faultList = requiring({
  type: "array",
  items: {
    type: "object",
    required: ["kind"],
    additionalProperties: false,
    properties: {
      kind: { enum: Object.keys(KINDS) },
      times: { type: "integer", minimum: 1 },
      key: { type: "string" },
      method: { type: "string" },
      path: { type: "string" },
      applied: { type: "boolean" },
      status: { type: "integer", minimum: 200, maximum: 599 },
      headers: { type: "object", additionalProperties: { type: "string" } },
      expose: { type: "boolean" },
      cors: { type: "boolean" },
      message: { type: "string" },
      ms: { type: "integer", minimum: 0 },
      location: { type: "string" },
      bytes: { type: "integer", minimum: 0 },
      body: true,
    },
  },
});

/**
 * @param {FaultOptions} options
 * @returns {Fault}
 */
function makeFault(options) {
  const { kind } = options;
  if (options.applied && NEVER_APPLIED.has(kind)) throw new Refusal(400, `${kind} cannot be applied.`);
  if (kind === "preflight" && options.key !== undefined) {
    throw new Refusal(400, "A preflight carries no token: choose it by path, not by key.");
  }
  return { times: 1, applied: KINDS[kind].applied, cors: true, ...PRESETS[kind], ...options };
}

/**
 * @typedef {object} Target what a fault can be chosen by
 * @property {boolean} preflight
 * @property {string | null} key
 * @property {string} method
 * @property {string} url
 * @property {boolean} reused
 */

/** The faults to come. */
export class Faults {
  #settings;
  /** @type {Fault[]} */
  #queue = [];
  /** @type {{ of: Chaos, random: () => number } | null} */
  #chaos = null;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /**
   * @param {unknown} faults FaultOptions, or an array of them
   * @throws {Refusal} 400 where a fault has an unknown kind, option or value; then none is added
   */
  add(faults) {
    this.#queue.push(...faultList(Array.isArray(faults) ? faults : [faults]).map(makeFault));
  }

  /** @param {string} [key] only the faults for this account; default: all */
  clear(key) {
    this.#queue = key === undefined ? [] : this.#queue.filter((fault) => fault.key !== key);
    if (key === undefined) this.#chaos = null;
  }

  /**
   * The fault that this call meets; one of its times is used up.
   *
   * @param {Target} target
   * @returns {Fault | null}
   */
  take(target) {
    const fault = this.#queue.find((candidate) => strikes(candidate, target));
    if (fault) {
      fault.times--;
      if (fault.times === 0) this.#queue = this.#queue.filter((other) => other !== fault);
      return fault;
    }
    return target.preflight ? null : this.#chaosFault(target);
  }

  /**
   * @param {Target} target
   * @returns {Fault | null}
   */
  #chaosFault({ key }) {
    const { chaos } = this.#settings;
    if (!chaos || (chaos.key !== undefined && chaos.key !== key)) return null;
    if (this.#chaos?.of !== chaos) this.#chaos = { of: chaos, random: generator(chaos.seed) };
    const { random } = this.#chaos;
    if (random() >= chaos.rate) return null;
    const options = CHAOS[Math.floor(random() * CHAOS.length)];
    // Random where the contract leaves it open: clients cannot tell.
    return options ? makeFault({ applied: random() < 0.5, ...options }) : null;
  }
}

/** @type {readonly FaultOptions[]} */
const CHAOS = [
  { kind: "status", status: 429, applied: false },
  { kind: "status", status: 500 },
  { kind: "status", status: 502 },
  { kind: "status", status: 503 },
  { kind: "status", status: 504 },
  { kind: "reset" },
  { kind: "close" },
  { kind: "shortBody", applied: true },
  { kind: "resetBody", applied: true },
  { kind: "truncatedGzip", applied: true },
];

/**
 * @param {Fault} fault
 * @param {Target} target
 * @returns {boolean}
 */
function strikes(fault, { preflight, key, method, url, reused }) {
  return (
    (fault.kind === "preflight") === preflight &&
    (fault.kind !== "closeReused" || reused) &&
    (fault.key === undefined || fault.key === key) &&
    (fault.method === undefined || fault.method === method) &&
    (fault.path === undefined || fault.path === url.split("?", 1)[0])
  );
}

/**
 * mulberry32: small, and the same on every machine.
 *
 * @param {number} seed
 * @returns {() => number} at least 0, less than 1
 */
function generator(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
