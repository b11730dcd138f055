// How tests and the dashboard steer the sandbox: the same few controls in process and, for pages in a
// browser, under /sandbox. No token, no record of these calls, any origin: there is nothing here to protect.

import { Refusal } from "./refusal.mjs";
import { requiring } from "./schema.mjs";
import { changeSettings } from "./settings.mjs";

/** @import { FastifyInstance } from "fastify" */
/** @import { FaultOptions } from "./faults.mjs" */
/** @import { Context } from "./management.mjs" */
/** @import { Entry } from "./record.mjs" */
/** @import { Settings } from "./settings.mjs" */

/**
 * `key` is an account's appId wherever it stands; without it, all accounts are meant.
 *
 * @typedef {object} Controls
 * @property {(key?: string) => string} token a new valid token; default: of the account "sandbox"
 * @property {(key?: string) => void} expireTokens makes every token so far invalid
 * @property {(faults: FaultOptions | FaultOptions[]) => void} addFaults to the end of the queue
 * @property {(key?: string) => void} clearFaults
 * @property {(changes: Partial<Settings>) => Settings} changeSettings answers all of them
 * @property {(key?: string) => void} reset trackers, record and faults; without a key, the settings of the start
 *   again, too. Tokens stay valid
 * @property {(key?: string) => { requests: Entry[], maxConcurrent: Record<string, number> }} record
 * @property {(key?: string) => Uint8Array | null} lastBody of the last management call that had one
 */

/**
 * @param {Context} context
 * @returns {Controls}
 */
export function makeControls({ store, faults, log, settings }) {
  const initial = { ...settings };
  return {
    token: (key = "sandbox") => store.issueToken(key, settings.tokenLifetime),
    expireTokens: (key) => store.expireTokens(key),
    addFaults: (list) => faults.add(list),
    clearFaults: (key) => faults.clear(key),
    changeSettings(changes) {
      changeSettings(settings, changes);
      return { ...settings };
    },
    reset(key) {
      store.reset(key);
      log.clear(key);
      faults.clear(key);
      if (key === undefined) Object.assign(settings, initial);
    },
    record: (key) => ({ requests: log.entries(key), maxConcurrent: store.maxConcurrent(key) }),
    lastBody: (key) => log.lastBody(key),
  };
}

/** @type {(value: unknown) => { key?: string }} */
const maybeKey = requiring({
  type: "object",
  additionalProperties: false,
  properties: { key: { type: "string" } },
});

/**
 * @param {FastifyInstance} app
 * @param {Controls} controls
 */
export function controlRoutes(app, controls) {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("cache-control", "no-store");
  });

  app.get("/sandbox/record", async ({ query }) => {
    const { requests, maxConcurrent } = controls.record(maybeKey(query).key);
    const base64 = (/** @type {Uint8Array | null} */ body) => body && Buffer.from(body).toString("base64");
    return { requests: requests.map((entry) => ({ ...entry, body: base64(entry.body) })), maxConcurrent };
  });

  app.get("/sandbox/last-body", async ({ query }, reply) => {
    const body = controls.lastBody(maybeKey(query).key);
    if (!body) throw new Refusal(404, "No call had a body yet.");
    return reply.type("application/octet-stream").send(body);
  });

  app.post("/sandbox/faults", async ({ body }) => {
    controls.addFaults(/** @type {FaultOptions[]} checked there */ (body));
    return {};
  });

  app.post("/sandbox/token", async ({ query }) => ({
    accessToken: controls.token(maybeKey(query).key),
    expiresIn: controls.changeSettings({}).tokenLifetime,
  }));

  app.delete("/sandbox/faults", async ({ query }) => {
    controls.clearFaults(maybeKey(query).key);
    return {};
  });

  app.post("/sandbox/expire-tokens", async ({ body }) => {
    controls.expireTokens(maybeKey(body ?? {}).key);
    return {};
  });

  app.post("/sandbox/settings", async ({ body }) =>
    controls.changeSettings(/** @type {Partial<Settings>} checked there */ (body)),
  );

  app.post("/sandbox/reset", async ({ body }) => {
    controls.reset(maybeKey(body ?? {}).key);
    return {};
  });
}
