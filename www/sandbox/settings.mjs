// What a running sandbox can be told to do otherwise: options of `start`, and POST /sandbox/settings.

import { requiring } from "./schema.mjs";

/**
 * @typedef {object} Chaos
 * @property {number} rate share of the calls that fail, 0 to 1
 * @property {number} seed of the generator: the same seed and the same calls fail alike
 * @property {string} [key] only this account's calls (its appId); default: everyone's
 */

/**
 * @typedef {object} Settings
 * @property {"merge" | "replace"} update whether PUT adds the sent phrases before those the tracker has, as the
 *   documented sample does, or replaces them. The documentation never says which. Default "merge"
 * @property {number} tokenLifetime seconds that a new token is valid. Default 3600
 * @property {boolean} closeConnections answer with `Connection: close`, for tests that count requests: browsers
 *   repeat a request by themselves when a reused connection dies. Default false
 * @property {boolean} exposeHeaders let scripts of other origins read Retry-After and X-Request-Id. Default true
 * @property {boolean} keepBodies keep the bytes of every body in the record, not of the last alone. Default false
 * @property {Chaos | null} chaos calls fail at random. Default null
 */

/** @type {Settings} */
const DEFAULTS = {
  update: "merge",
  tokenLifetime: 3600,
  closeConnections: false,
  exposeHeaders: true,
  keepBodies: false,
  chaos: null,
};

/** @type {(value: unknown) => Partial<Settings>} */
const partialSettings = requiring({
  type: "object",
  additionalProperties: false,
  properties: {
    update: { enum: ["merge", "replace"] },
    tokenLifetime: { type: "number", exclusiveMinimum: 0 },
    closeConnections: { type: "boolean" },
    exposeHeaders: { type: "boolean" },
    keepBodies: { type: "boolean" },
    chaos: {
      type: "object",
      nullable: true,
      required: ["rate", "seed"],
      additionalProperties: false,
      properties: {
        rate: { type: "number", minimum: 0, maximum: 1 },
        seed: { type: "integer" },
        key: { type: "string" },
      },
    },
  },
});

/**
 * @param {unknown} [options] some of the settings
 * @returns {Settings}
 * @throws {import("./refusal.mjs").Refusal} 400 where an option is unknown or has a wrong value
 */
export function makeSettings(options = {}) {
  return { ...DEFAULTS, ...partialSettings(options) };
}

/**
 * @param {Settings} settings changed in place: everything in the sandbox looks at this one object
 * @param {unknown} changes
 */
export function changeSettings(settings, changes) {
  // A copy: that chaos is set anew shows by its being another object.
  Object.assign(settings, structuredClone(partialSettings(changes)));
}
