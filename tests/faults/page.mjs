// One update, done in a page, a worker or Node, and all that came of it as plain data.

/** @import { AttemptEvent } from "symbl-tracker" */
/** @import { Entry } from "../../www/sandbox/record.mjs" */

/** @typedef {typeof import("symbl-tracker")} Api */

/**
 * @typedef {object} Order what to do, as plain data
 * @property {string} baseUrl of a sandbox
 * @property {string} token
 * @property {string} [id] of the tracker, in the path and in the body. Default: the sandbox's sample
 * @property {number} [bytes] the length of the body. Default: as short as it is
 * @property {boolean} [asks] whether the token comes from a function
 * @property {{ timeoutMs?: number, totalTimeoutMs?: number, retries?: number }} [options]
 * @property {Phase} [abortIn] aborts the call once it has come so far
 */

/** @typedef {"before" | "queue" | "lock" | "token" | "wait" | "sending" | "body"} Phase */

/**
 * @typedef {object} Report
 * @property {string} result "ok"; class, code and outcome of the error; or what was thrown that is none, as JSON
 * @property {number} attempts that the package counted
 * @property {number[]} waits between them, in milliseconds
 * @property {boolean[]} refreshes what the token function was asked for, each time
 * @property {number} [retryAfterMs]
 * @property {string} text all that the error says, wherever
 * @property {string} [next] the result of another update after one that was aborted: its turn has to come
 */

/** What a call is aborted with: no Error, and nothing that a call would come to by itself. */
export const REASON = "the user left";

/**
 * @param {Api} api
 * @param {Order} order
 * @returns {Promise<Report>}
 */
export async function update(api, order) {
  /** @type {AttemptEvent[]} */
  const events = [];
  /** @type {boolean[]} */
  const refreshes = [];
  const { token, asks, abortIn } = order;
  const aborting = abortIn && (await PHASES[abortIn](api, order));
  const accessToken = (/** @type {{ refresh: boolean }} */ { refresh }) => {
    refreshes.push(refresh);
    return aborting?.token?.() ?? token;
  };
  const call = send(api, order, {
    accessToken: asks || aborting?.token ? accessToken : token,
    onAttempt: (event) => {
      events.push(event);
      aborting?.onAttempt?.(event);
    },
    ...(aborting && { signal: aborting.signal }),
    ...(aborting?.fetch && { fetch: aborting.fetch }),
  });
  const [result, error] = await outcomeOf(call);
  const report = {
    result,
    attempts: events.filter(({ type }) => type === "end").length,
    waits: events.flatMap((event) => (event.type === "wait" ? [event.waitMs] : [])),
    refreshes,
    retryAfterMs: error?.retryAfterMs,
    text: error ? textOf(error) : "",
  };
  if (!aborting) return report;
  // Nothing is left to disturb the next call, but a turn that was never given back.
  await aborting.release?.();
  await control(order, "faults", { method: "DELETE" });
  await recorded(order, (requests) => requests.every(({ endedAt }) => endedAt !== null));
  return { ...report, next: (await outcomeOf(send(api, order, { accessToken: token })))[0] };
}

/**
 * @param {Api} api
 * @param {Order} order
 * @param {Omit<import("symbl-tracker").SendOptions, "baseUrl">} more
 */
export function send({ updateTracker }, { baseUrl, id = "4476908732794496", bytes, options }, more) {
  const tracker = { id, name: "Promotion Mention", vocabulary: ["Flash sale is available right now"] };
  if (bytes) tracker.vocabulary.push("x".repeat(bytes - JSON.stringify(tracker).length - 3));
  return updateTracker(id, tracker, { baseUrl, verify: false, ...options, ...more });
}

/**
 * @param {Promise<unknown>} call
 * @returns {Promise<[result: string, error?: any]>}
 */
export async function outcomeOf(call) {
  try {
    await call;
    return ["ok"];
  } catch (error) {
    if (!(error instanceof Error)) return [JSON.stringify(error), error];
    const { name, code, outcome } = /** @type {any} */ (error);
    return [[name, code, outcome].join(" "), error];
  }
}

/**
 * @param {any} error
 * @returns {string}
 */
function textOf(error) {
  const own = error instanceof Error ? [error.message, error.stack, ...Object.values(error)] : [error];
  const texts = own.map((value) => (typeof value === "object" ? JSON.stringify(value) : String(value)));
  return [...texts, ...(error.cause ? [textOf(error.cause)] : [])].join("\n");
}

/**
 * @typedef {object} Aborting what a call needs to be aborted in a phase
 * @property {AbortSignal} signal
 * @property {() => Promise<string>} [token]
 * @property {(event: AttemptEvent) => void} [onAttempt]
 * @property {typeof fetch} [fetch]
 * @property {() => unknown} [release] lets go what kept the call there
 */

/** @type {Record<Phase, (api: Api, order: Order) => Promise<Aborting>>} */
const PHASES = {
  async before() {
    return { signal: AbortSignal.abort(REASON) };
  },

  async queue(api, order) {
    const first = new AbortController();
    const call = outcomeOf(send(api, order, { accessToken: order.token, signal: first.signal }));
    await recorded(order, (requests) => requests.some(({ method }) => method === "PUT"));
    const { signal, abort } = abortion();
    // The call comes after this, and goes no further than the queue.
    soon(abort);
    const release = () => {
      first.abort();
      return call;
    };
    return { signal, release };
  },

  async lock(_api, { baseUrl }) {
    const name = `symbl-tracker:${baseUrl}`;
    let release = () => {};
    await new Promise((granted) => {
      navigator.locks.request(name, () => {
        granted(undefined);
        return new Promise((resolve) => {
          release = () => resolve(undefined);
        });
      });
    });
    const { signal, abort } = abortion();
    const isPending = async () =>
      (await navigator.locks.query()).pending?.some((request) => request.name === name) ?? false;
    until(isPending).then(abort);
    return { signal, release };
  },

  async token() {
    const { signal, abort } = abortion();
    const token = () => {
      soon(abort);
      return new Promise(() => {});
    };
    return { signal, token: /** @type {() => Promise<string>} */ (token) };
  },

  async wait() {
    const { signal, abort } = abortion();
    return { signal, onAttempt: ({ type }) => type === "wait" && soon(abort) };
  },

  async sending(_api, order) {
    const { signal, abort } = abortion();
    recorded(order, (requests) => requests.some(({ method }) => method === "PUT")).then(abort);
    return { signal };
  },

  async body() {
    const { signal, abort } = abortion();
    return {
      signal,
      async fetch(...request) {
        const response = await fetch(...request);
        soon(abort);
        return response;
      },
    };
  },
};

function abortion() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(REASON) };
}

/**
 * Later than whatever follows from what has happened so far.
 *
 * @param {() => void} work
 */
function soon(work) {
  setTimeout(work, 20);
}

/** @param {() => Promise<boolean>} condition */
export async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

/**
 * Resolves when the sandbox's record is as it should be.
 *
 * @param {Order} order
 * @param {(requests: Entry[]) => boolean} is
 */
export async function recorded(order, is) {
  await until(async () => is((await (await control(order, "record")).json()).requests));
}

/**
 * @param {Pick<Order, "baseUrl">} order
 * @param {string} path
 * @param {RequestInit} [init]
 */
function control({ baseUrl }, path, init) {
  return fetch(`${baseUrl}/sandbox/${path}`, init);
}
