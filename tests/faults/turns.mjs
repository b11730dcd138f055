// What pages, workers and frames do in turns.test.ts.

import { outcomeOf, recorded, send, until } from "./page.mjs";

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
 * The module's memory is destroyed in the middle of a call. A second one is in the queue; a bystander waits for its
 * token, to be given it while a third call, made afterwards, is under way.
 *
 * @param {Api} api
 * @param {{ here: Order, elsewhere: Order }} orders
 * @returns {Promise<Record<"first" | "second" | "third" | "bystander", string>>}
 */
export async function trap(api, { here, elsewhere }) {
  // Not imported above: only pages have it at this path.
  const path = "/pkg/dist/wasm/caller.js";
  const { caller } = await import(path);
  /** @type {(token: string) => void} */
  let giveToken = () => {};
  const token = new Promise((/** @type {(token: string) => void} */ resolve) => {
    giveToken = resolve;
  });
  let isAsked = false;
  const accessToken = () => {
    isAsked = true;
    return token;
  };
  const bystander = outcomeOf(send(api, elsewhere, { accessToken }));
  await until(async () => isAsked);
  const onAttempt = () => {
    new Uint8Array(caller.instance.memory().buffer).fill(0xff);
  };
  const first = outcomeOf(send(api, here, { accessToken: here.token, onAttempt }));
  const second = one(api, here);
  const [result] = await first;
  const third = one(api, here);
  const results = { first: result, second: await second };
  await recorded(here, (requests) => requests.filter(({ method }) => method === "PUT").length === 2);
  giveToken(elsewhere.token);
  return { ...results, bystander: (await bystander)[0], third: await third };
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
