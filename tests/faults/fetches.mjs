// One update in a page with the fetch of another package, which sends by XMLHttpRequest and has no streams.

import { outcomeOf, send } from "./page.mjs";

/** @import { Api, Order } from "./page.mjs" */

/** Where the packages' modules are, and the name of what they export. */
const PACKAGES = {
  "whatwg-fetch": ["/node_modules/whatwg-fetch/fetch.js", "fetch"],
  unfetch: ["/node_modules/unfetch/dist/unfetch.mjs", "default"],
};

/**
 * @param {Api} api
 * @param {Order & { package: keyof typeof PACKAGES }} order
 * @returns {Promise<string>} "ok", or class, code and outcome
 */
export async function updateWith(api, order) {
  const [path = "", name = ""] = PACKAGES[order.package];
  const { [name]: fetch } = await import(path);
  return (await outcomeOf(send(api, order, { accessToken: order.token, fetch })))[0];
}
