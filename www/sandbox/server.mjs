// The sandbox: a local server with the whole contract of the Trackers Management API, and with faults on
// request. It is what the dashboard talks to and what every test that needs HTTP runs against.
//
// This file puts the parts together: what holds for every request, whatever its route, is here.

import { randomUUID } from "node:crypto";
import cors from "@fastify/cors";
import fastify from "fastify";
import { controlRoutes, makeControls } from "./control.mjs";
import { Faults } from "./faults.mjs";
import { BODY_LIMIT, managementRoutes, tokenRoute } from "./management.mjs";
import { misbehave } from "./misbehave.mjs";
import { Log } from "./record.mjs";
import { sentenceFor } from "./refusal.mjs";
import { compile, readJson, sentence } from "./schema.mjs";
import { makeSettings } from "./settings.mjs";
import { Store } from "./store.mjs";

/** @import { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify" */
/** @import { Socket } from "node:net" */
/** @import { Controls } from "./control.mjs" */
/** @import { Context } from "./management.mjs" */
/** @import { Entry } from "./record.mjs" */
/** @import { Settings } from "./settings.mjs" */

/**
 * @typedef {object} Sandbox
 * @property {string} url such as "http://127.0.0.1:49152", without a slash at its end
 * @property {number} port
 * @property {() => Promise<void>} close cuts every connection; the port is free when it resolves
 */

/**
 * Starts a sandbox.
 *
 * @param {{ port?: number, host?: string } & Partial<Settings>} [options] port: default 0, a free one; host: default
 *   "127.0.0.1"; the rest: see Settings
 * @returns {Promise<Sandbox & Controls>} rejects with the error of listen(), such as EADDRINUSE
 */
export async function start({ port = 0, host = "127.0.0.1", ...options } = {}) {
  const settings = makeSettings(options);
  /** @type {Context} */
  const context = {
    store: new Store(),
    faults: new Faults(settings),
    log: new Log(),
    settings,
    entries: new WeakMap(),
  };
  const controls = makeControls(context);
  const app = makeApp(context, controls);

  /** @type {Set<Socket>} */
  const sockets = new Set();
  app.server.on("connection", (/** @type {Socket} */ socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });

  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = app.server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");

  return {
    ...controls,
    url: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`,
    port: address.port,
    async close() {
      const closed = app.close();
      // Responses that were taken out of Fastify's hands may never end by themselves.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/**
 * @param {Context} context
 * @param {Controls} controls
 * @returns {FastifyInstance}
 */
function makeApp(context, controls) {
  const { settings } = context;
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    // A path that cannot be decoded fits no route, so no hook sees it either.
    frameworkErrors: (error, request, /** @type {FastifyReply} */ reply) => {
      reply.header("x-request-id", request.id).code(400).send({ message: error.message });
    },
    genReqId: () => randomUUID(),
    // An id of any length is an unknown id (404), not an unknown route.
    routerOptions: { maxParamLength: 16_384 },
    schemaErrorFormatter: (errors) => new Error(sentence(errors)),
  });

  app.setValidatorCompiler(({ schema }) => compile(/** @type {object} */ (schema)));
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, readBody);

  app.setErrorHandler((/** @type {FastifyError} */ error, _request, reply) => {
    const status = error.statusCode ?? 500;
    // Fastify's own words for 413 and 415 are about Fastify; for 500 there is nothing to tell a caller.
    const ownWords = status >= 500 || error.code?.startsWith("FST_ERR_CTP_");
    reply.code(status).send({ message: ownWords ? sentenceFor(status) : error.message });
  });
  app.setNotFoundHandler((_request, reply) => {
    reply.code(404).send({ message: "There is nothing at this path for this method." });
  });

  observe(app, context);
  app.register(cors, {
    origin: "*",
    methods: ["GET", "PUT", "POST", "DELETE"],
    allowedHeaders: ["authorization", "content-type", "x-api-key"],
    exposedHeaders: ["Retry-After", "X-Request-Id"],
    // Browsers keep a preflight for five seconds where nothing is said, and tests have to see each one.
    maxAge: 0,
    strictPreflight: false,
  });
  app.addHook("onRequest", async (_request, reply) => {
    if (!settings.exposeHeaders) reply.removeHeader("access-control-expose-headers");
  });

  app.register(async (scope) => tokenRoute(scope, context));
  app.register(async (scope) => managementRoutes(scope, context));
  app.register(async (scope) => controlRoutes(scope, controls));
  // Where `redirect` faults point: the record says what came along, above all whether the token did.
  app.all("/sandbox/redirected", async () => ({ message: "Recorded." }));
  return app;
}

/**
 * @param {FastifyRequest} _request
 * @param {Buffer} body
 */
async function readBody(_request, body) {
  return readJson(body);
}

/**
 * What comes first for every request: its id, its entry in the record, and the fate of preflights.
 *
 * @param {FastifyInstance} app
 * @param {Context} context
 */
function observe(app, { faults, log, settings, entries }) {
  /** @type {WeakSet<Socket>} the connections that have served a request */
  const used = new WeakSet();

  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
    if (settings.closeConnections) reply.header("connection", "close");
    if (request.headers["access-control-request-private-network"] === "true") {
      reply.header("access-control-allow-private-network", "true");
    }
    const { socket } = request.raw;
    const reused = used.has(socket);
    used.add(socket);

    const kind = kindOf(request);
    if (kind === "control") return;
    const entry = log.open(request, reply.raw, { kind, reused });
    entries.set(request.raw, entry);
    if (kind !== "preflight") return;

    const method = request.headers["access-control-request-method"] ?? "";
    const fault = faults.take({ preflight: true, key: null, method, url: request.url, reused });
    if (fault) {
      entry.fault = fault.kind;
      await misbehave(fault, request, reply, entry);
    }
  });
}

/**
 * @param {FastifyRequest} request
 * @returns {Entry["kind"] | "control"}
 */
function kindOf({ method, url }) {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/sandbox/") && path !== "/sandbox/redirected") return "control";
  if (method === "OPTIONS") return "preflight";
  if (path === "/sandbox/redirected") return "redirected";
  if (path.startsWith("/v1/manage/")) return "management";
  return path === "/oauth2/token:generate" ? "token" : "other";
}
