// The hostile values on a page, where the other realm is that of an iframe.

import { hostile, wrongResults } from "./index.mjs";

/** @typedef {typeof import("symbl-tracker")} Api */

/** @type {any} */
let realm;

/** The names of the values: an engine may have kinds that Node lacks, such as raw JSON. */
export function names() {
  return hostile.map(({ name }) => name);
}

/** @param {Api} api @param {number} index */
export function wrongResultsOf({ validateTracker }, index) {
  realm ??= document.body.appendChild(document.createElement("iframe")).contentWindow;
  return wrongResults(/** @type {import("./make.mjs").Hostile} */ (hostile[index]), validateTracker, realm);
}
