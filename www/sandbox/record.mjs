// The log of what arrived and what became of it: what tests count, search for leaked tokens and compare.
// It is kept in memory and goes nowhere unless asked for.

/** @import { FastifyRequest } from "fastify" */
/** @import { ServerResponse } from "node:http" */

/**
 * @typedef {object} Entry
 * @property {number} n counts from 1
 * @property {"management" | "token" | "preflight" | "redirected" | "other"} kind "redirected" is what follows a
 *   `redirect` fault to its default location
 * @property {string | null} key the account's appId, once the token told
 * @property {string} method
 * @property {string} url as it stood in the request line
 * @property {Record<string, string | string[] | undefined>} headers as they arrived, Authorization included
 * @property {boolean} reused whether the connection had served a request before
 * @property {number} bytes of the request body that arrived; management calls only
 * @property {string | null} sha256 of those bytes in hex, once they are all there
 * @property {Uint8Array | null} body those bytes, if they are kept; at most one more than the limit of 1 MB
 * @property {number} startedAt milliseconds since 1970
 * @property {number | null} endedAt when the answer was out or the connection gone
 * @property {number | null} status null as long as, and if, no head of an answer was sent
 * @property {boolean} complete whether the answer was sent to its end
 * @property {boolean} applied whether the store took a change
 * @property {string | null} fault the kind of fault that the call met
 * @property {number} streamed bytes of a `hugeBody` answer that were handed to the connection
 */

// A sandbox that runs for days under a dashboard must not grow for days.
const MOST_ENTRIES = 10_000;

const now = () => performance.timeOrigin + performance.now();

/** The requests that arrived, oldest first. Calls of the control API are not among them. */
export class Log {
  /** @type {Entry[]} */
  #entries = [];
  #count = 0;
  /** @type {Map<string | null, Entry>} by account: the last call that had a body */
  #lastBodies = new Map();

  /**
   * @param {FastifyRequest} request
   * @param {ServerResponse} response
   * @param {Pick<Entry, "kind" | "reused">} known
   * @returns {Entry} completed while the request is served
   */
  open(request, response, { kind, reused }) {
    /** @type {Entry} */
    const entry = {
      n: ++this.#count,
      kind,
      key: null,
      method: request.method,
      url: request.url,
      headers: { ...request.headers },
      reused,
      bytes: 0,
      sha256: null,
      body: null,
      startedAt: now(),
      endedAt: null,
      status: null,
      complete: false,
      applied: false,
      fault: null,
      streamed: 0,
    };
    this.#entries.push(entry);
    if (this.#entries.length > MOST_ENTRIES) this.#entries.shift();
    // "close" comes in any case: after the answer, or when the connection goes away.
    response.once("close", () => {
      entry.endedAt = now();
      entry.status = response.headersSent ? response.statusCode : null;
      entry.complete = response.writableFinished;
    });
    return entry;
  }

  /**
   * @param {Entry} entry
   * @param {Uint8Array} body
   * @param {boolean} keepAll false: the account's body before this one is let go
   */
  keepBody(entry, body, keepAll) {
    const before = this.#lastBodies.get(entry.key);
    if (before && !keepAll) before.body = null;
    entry.body = body;
    // Deleted first, so that the latest stands last.
    this.#lastBodies.delete(entry.key);
    this.#lastBodies.set(entry.key, entry);
  }

  /**
   * @param {string} [key] default: every account's, and the requests that belong to none
   * @returns {Entry[]}
   */
  entries(key) {
    return key === undefined ? [...this.#entries] : this.#entries.filter((entry) => entry.key === key);
  }

  /**
   * @param {string} [key] default: of whichever account called last
   * @returns {Uint8Array | null}
   */
  lastBody(key) {
    const entry = key === undefined ? [...this.#lastBodies.values()].at(-1) : this.#lastBodies.get(key);
    return entry?.body ?? null;
  }

  /** @param {string} [key] default: everything */
  clear(key) {
    this.#entries = key === undefined ? [] : this.#entries.filter((entry) => entry.key !== key);
    if (key === undefined) this.#lastBodies.clear();
    else this.#lastBodies.delete(key);
  }
}
