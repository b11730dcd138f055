// The contract over HTTP: token, trackers, and what every management call has to pass on its way in.

import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { misbehave, strikesUnread } from "./misbehave.mjs";
import { Refusal } from "./refusal.mjs";
import { CREATE, CREATE_MANY, TOKEN, UPDATE } from "./schema.mjs";

/** @import { FastifyInstance, FastifyReply, FastifyRequest } from "fastify" */
/** @import { IncomingHttpHeaders, IncomingMessage } from "node:http" */
/** @import { Fault, Faults } from "./faults.mjs" */
/** @import { Entry, Log } from "./record.mjs" */
/** @import { Settings } from "./settings.mjs" */
/** @import { Account, NewTracker, Store, Tracker } from "./store.mjs" */

/** 1 MB as the contract counts it; a body of exactly this size is accepted. */
export const BODY_LIMIT = 1_048_576;

export const APP_SECRET = "sandbox";

/**
 * @typedef {object} Context
 * @property {Store} store
 * @property {Faults} faults
 * @property {Log} log
 * @property {Settings} settings
 * @property {WeakMap<IncomingMessage, Entry>} entries
 */

/**
 * POST /oauth2/token:generate. Any appId is an account of its own; the secret is the same for all.
 *
 * @param {FastifyInstance} app
 * @param {Context} context
 */
export function tokenRoute(app, { store, settings, entries }) {
  app.post("/oauth2/token::generate", { schema: { body: TOKEN } }, async (request) => {
    const { appId, appSecret } = /** @type {{ appId: string, appSecret: string }} */ (request.body);
    if (appSecret !== APP_SECRET) throw new Refusal(401, "The appId or the appSecret is not valid.");
    const entry = entries.get(request.raw);
    if (entry) entry.key = appId;
    return {
      accessToken: store.issueToken(appId, settings.tokenLifetime),
      expiresIn: settings.tokenLifetime,
    };
  });
}

/**
 * The routes under /v1/manage. A call is checked in this order, so that each answer means one thing: 401, 429,
 * faults, 413, 415, 400 (the body alone), 404, 409. Faults strike only calls that are let in: a stray call
 * without a token does not use up what a test has laid out for the next.
 *
 * The contract has no status for a missing Content-Type; 415 is HTTP's own. The body comes before the 404, so that
 * any id can be used to ask whether a body would be accepted.
 *
 * @param {FastifyInstance} app encapsulated: the hook is for these routes alone
 * @param {Context} context
 */
export function managementRoutes(app, context) {
  const { settings } = context;

  /**
   * @typedef {object} Call
   * @property {Entry} entry
   * @property {Account} account
   * @property {Fault | null} fault that strikes once the call has taken effect
   */
  /** @type {WeakMap<IncomingMessage, Call>} */
  const calls = new WeakMap();

  app.addHook("preParsing", async (request, reply, payload) => {
    const entry = context.entries.get(request.raw);
    if (!entry) throw new Error("a management call without an entry in the record");
    const admission = admit(context, request, reply, entry);

    let fault = null;
    if (!(admission instanceof Refusal)) {
      fault = context.faults.take({ ...entry, preflight: false });
      if (fault) entry.fault = fault.kind;
      if (fault && strikesUnread(fault)) {
        await misbehave(fault, request, reply, entry);
        return undefined;
      }
    }

    // Read to its end even where the answer is no: a client that is still sending when the connection closes
    // may lose the answer. `resetWhileUploading` is there to do just that.
    const body = await drain(payload, entry);
    if (body.byteLength > 0) context.log.keepBody(entry, body, settings.keepBodies);

    if (admission instanceof Refusal) throw admission;
    calls.set(request.raw, { entry, account: admission, fault: fault?.applied ? fault : null });
    if (fault && !fault.applied && !(await misbehave(fault, request, reply, entry))) return undefined;
    return Readable.from([body]);
  });

  /**
   * @param {boolean} writes whether the operation changes the store
   * @param {(account: Account, request: FastifyRequest) => unknown} operate
   * @returns {(request: FastifyRequest, reply: FastifyReply) => Promise<unknown>}
   */
  const route = (writes, operate) => async (request, reply) => {
    const call = calls.get(request.raw);
    if (!call) throw new Error("a management call that was not admitted");
    const answer = operate(call.account, request);
    call.entry.applied = writes;
    if (call.fault && !(await misbehave(call.fault, request, reply, call.entry, answer))) return undefined;
    return answer;
  };

  app.put(
    "/v1/manage/tracker/:id",
    { schema: { body: UPDATE } },
    route(true, (account, request) => {
      const sent = /** @type {Tracker} */ (request.body);
      if (sent.id !== idOf(request)) throw new Refusal(400, "/id is not the tracker's id in the path.");
      return { tracker: account.update(sent, settings.update) };
    }),
  );

  app.post(
    "/v1/manage/tracker",
    { schema: { body: CREATE } },
    route(true, (account, request) => {
      const [tracker] = account.create([/** @type {NewTracker} */ (request.body)]);
      return { tracker };
    }),
  );

  app.post(
    "/v1/manage/trackers",
    { schema: { body: CREATE_MANY } },
    route(true, (account, request) => ({
      trackers: account.create(/** @type {NewTracker[]} */ (request.body)),
    })),
  );

  app.get(
    "/v1/manage/tracker/:id",
    route(false, (account, request) => ({ tracker: account.get(idOf(request)) })),
  );

  app.get(
    "/v1/manage/trackers",
    route(false, (account, request) => {
      const { name } = /** @type {{ name?: string | string[] }} */ (request.query);
      if (Array.isArray(name)) throw new Refusal(400, "The parameter name must stand once.");
      return { trackers: account.list(name) };
    }),
  );

  app.delete(
    "/v1/manage/tracker/:id",
    route(true, (account, request) => {
      const id = idOf(request);
      account.remove(id);
      return { id, type: "tracker", deleted: true };
    }),
  );
}

/**
 * Who calls, and may they now?
 *
 * @param {Context} context
 * @param {FastifyRequest} request
 * @param {FastifyReply} reply
 * @param {Entry} entry
 * @returns {Account | Refusal}
 */
function admit({ store }, request, reply, entry) {
  const token = tokenOf(request.headers);
  const key = token === null ? null : store.keyOf(token);
  if (key === null) return new Refusal(401);
  entry.key = key;
  const account = store.account(key);
  const alone = account.enter(entry);
  reply.raw.once("close", () => account.leave(entry));
  return alone ? account : new Refusal(429);
}

/**
 * @param {IncomingHttpHeaders} headers
 * @returns {string | null}
 */
function tokenOf({ authorization, "x-api-key": apiKey }) {
  if (authorization !== undefined) return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null;
  return typeof apiKey === "string" ? apiKey : null;
}

/**
 * @param {AsyncIterable<Buffer>} payload
 * @param {Entry} entry told the size and the digest of all of it
 * @returns {Promise<Buffer>} at most one byte more than the limit, so that Fastify sees that it is over
 */
async function drain(payload, entry) {
  const digest = createHash("sha256");
  const kept = [];
  for await (const chunk of payload) {
    if (entry.bytes <= BODY_LIMIT) kept.push(chunk);
    entry.bytes += chunk.length;
    digest.update(chunk);
  }
  entry.sha256 = digest.digest("hex");
  return Buffer.concat(kept).subarray(0, BODY_LIMIT + 1);
}

/**
 * @param {FastifyRequest} request
 * @returns {string}
 */
function idOf(request) {
  return /** @type {{ id: string }} */ (request.params).id;
}
