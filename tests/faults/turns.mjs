// What pages, workers and frames do in turns.test.ts.

import { outcomeOf, send, until } from "./page.mjs";

/** @import { Api, Order } from "./page.mjs" */

/**
 * @param {Api} api
 * @param {Order} order
 * @returns {Promise<string>}
 */
export async function one(api, order) {
  return (await outcomeOf(send(api, order, { accessToken: order.token })))[0];
}

/**
 * All at once, as far as this page is concerned.
 *
 * @param {Api} api
 * @param {Order} order
 * @returns {Promise<string[]>}
 */
export function ten(api, order) {
  return Promise.all(Array.from({ length: 10 }, () => one(api, order)));
}

/**
 * @param {Api} _api
 * @param {Order} order
 * @returns {Promise<string[]>}
 */
export async function tenInWorker(_api, order) {
  const worker = new Worker("/worker.js", { type: "module" });
  await message(worker);
  worker.postMessage(["ten", order]);
  return message(worker);
}

/**
 * In a frame with an origin of its own, which has no right to locks.
 *
 * @param {Api} _api
 * @param {Order} order
 * @returns {Promise<{ locks: string, results: string[] }>}
 */
export async function tenInSandboxedFrame(_api, order) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.src = "/frame";
  document.body.append(frame);
  await message(globalThis);
  const ask = (/** @type {string} */ name) => {
    frame.contentWindow?.postMessage([name, order], "*");
    return message(globalThis);
  };
  return { locks: await ask("locks"), results: await ask("ten") };
}

/** What comes of asking for a lock. */
export async function locks() {
  const asked = async () => navigator.locks.request("any", () => "granted");
  return asked().catch((error) => error.name);
}

/**
 * @param {Api} api
 * @param {Order} order
 * @returns {Promise<string[]>}
 */
export function tenWithoutLocks(api, order) {
  Object.defineProperty(navigator, "locks", { value: undefined });
  return ten(api, order);
}

/**
 * Resolves when somebody waits for the sandbox's lock.
 *
 * @param {Api} _api
 * @param {Order} order
 */
export async function somebodyWaits(_api, { baseUrl }) {
  const isMine = (/** @type {LockInfo} */ { name }) => name === `symbl-tracker:${baseUrl}`;
  await until(async () => (await navigator.locks.query()).pending?.some(isMine) ?? false);
}

/**
 * The module's memory is destroyed while a call is under way and another one is in the queue; a third comes when
 * the first has failed of it.
 *
 * @param {Api} api
 * @param {Order} order
 * @returns {Promise<string[]>}
 */
export async function trap(api, order) {
  // Not imported above: only pages have it at this path.
  const path = "/pkg/dist/wasm.js";
  const { input_memory: memory } = await import(path);
  const onAttempt = () => {
    new Uint8Array(memory().buffer).fill(0xff);
  };
  const first = outcomeOf(send(api, order, { accessToken: order.token, onAttempt }));
  const second = one(api, order);
  const [result] = await first;
  const third = one(api, order);
  return [result, await second, await third];
}

/**
 * The next thing that a worker or a frame says.
 *
 * @param {Worker | typeof globalThis} from
 * @returns {Promise<any>}
 */
function message(from) {
  return new Promise((resolve, reject) => {
    from.addEventListener("message", (event) => resolve(/** @type {MessageEvent} */ (event).data), {
      once: true,
    });
    from.addEventListener("error", () => reject(new Error("a script failed to load")), { once: true });
  });
}
