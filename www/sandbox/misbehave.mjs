// Faults on the wire. Fastify would keep HTTP right, so most of these take the response, and its socket,
// out of Fastify's hands.

import { pipeline, Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { sentenceFor } from "./refusal.mjs";

/** @import { FastifyReply, FastifyRequest } from "fastify" */
/** @import { Fault } from "./faults.mjs" */
/** @import { Entry } from "./record.mjs" */

const JSON_TYPE = "application/json; charset=utf-8";

/** The answer of faults that look like a success but were told not to apply anything. */
const SOME_ANSWER = { tracker: { id: "4476908732794496", name: "Promotion Mention", vocabulary: [] } };

/** These strike as the head of the request arrives: its body is left unread. */
const UNREAD = new Set(["closeReused", "resetWhileUploading"]);

/**
 * @param {Fault} fault
 * @returns {boolean} whether it has to strike before the body of the request is read
 */
export function strikesUnread(fault) {
  return UNREAD.has(fault.kind);
}

/**
 * Answers the request in the fault's way.
 *
 * @param {Fault} fault
 * @param {FastifyRequest} request
 * @param {FastifyReply} reply
 * @param {Entry} entry
 * @param {unknown} [answer] what the contract would have answered
 * @returns {Promise<boolean>} true: the call goes on as if nothing had been; false: the answer is taken care of
 */
export async function misbehave(fault, request, reply, entry, answer = SOME_ANSWER) {
  if (!fault.cors) {
    for (const name of Object.keys(reply.getHeaders())) {
      if (name.startsWith("access-control-")) reply.removeHeader(name);
    }
  }
  if (fault.expose === false) reply.removeHeader("access-control-expose-headers");
  reply.headers(fault.headers ?? {});

  const { socket } = request.raw;
  const response = reply.raw;
  const json = Buffer.from(JSON.stringify(answer));
  const half = json.subarray(0, json.length >> 1);

  /**
   * Writes the head as raw HTTP, after which nothing but this file writes.
   *
   * @param {number} status
   * @param {Record<string, string | number>} headers
   */
  const head = (status, headers) => {
    reply.hijack();
    response.writeHead(status, { ...definedHeaders(reply), "content-type": JSON_TYPE, ...headers });
  };

  switch (fault.kind) {
    case "status":
    case "unauthorized":
    case "noCors":
    case "preflight": {
      const status = fault.status ?? 500;
      reply.code(status).send({ message: fault.message ?? sentenceFor(status) });
      return false;
    }
    case "redirect":
      reply
        .code(fault.status ?? 307)
        .header("location", fault.location ?? "/sandbox/redirected")
        .send({ message: "Moved." });
      return false;
    case "html":
      reply
        .code(fault.status ?? 200)
        .type("text/html; charset=utf-8")
        .send("<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>");
      return false;
    case "notJson":
      reply
        .code(fault.status ?? 200)
        .type(JSON_TYPE)
        .send(half);
      return false;
    case "empty":
      reply.code(fault.status ?? 200).send();
      return false;
    case "wrongTracker":
      reply
        .code(fault.status ?? 200)
        .send({ tracker: { id: "1111111111111111", name: "Another", vocabulary: [] } });
      return false;
    case "badShape":
      reply
        .code(fault.status ?? 200)
        .type(JSON_TYPE)
        .send(JSON.stringify("body" in fault ? fault.body : { tracker: { id: 1, vocabulary: "phrases" } }));
      return false;
    case "delay": {
      if (fault.ms !== undefined && (await stillThereAfter(fault.ms, response))) return true;
      reply.hijack();
      return false;
    }
    case "reset":
      reply.hijack();
      socket.resetAndDestroy();
      return false;
    case "close":
      reply.hijack();
      socket.destroySoon();
      return false;
    case "closeReused":
      reply.hijack();
      socket.destroy();
      return false;
    case "resetWhileUploading": {
      const refusal = JSON.stringify({ message: sentenceFor(413) });
      head(413, { "content-length": Buffer.byteLength(refusal), connection: "close" });
      response.write(refusal, () => socket.resetAndDestroy());
      return false;
    }
    case "stallBody":
      head(fault.status ?? 200, { "content-length": json.length });
      response.flushHeaders();
      if (fault.bytes) response.write(json.subarray(0, fault.bytes));
      return false;
    case "shortBody":
      head(fault.status ?? 200, { "content-length": json.length });
      response.write(half, () => socket.destroySoon());
      return false;
    case "resetBody":
      head(fault.status ?? 200, { "content-length": json.length });
      response.write(half);
      // An RST can overtake what was sent before it: the client would never see the head.
      if (await stillThereAfter(fault.ms ?? 100, response)) socket.resetAndDestroy();
      return false;
    case "truncatedGzip": {
      const zipped = gzipSync(json);
      const cut = zipped.subarray(0, zipped.length >> 1);
      head(fault.status ?? 200, { "content-length": cut.length, "content-encoding": "gzip" });
      response.end(cut);
      return false;
    }
    case "hugeBody":
      head(fault.status ?? 200, {});
      // The callback takes the error of a client that stops reading, which is what the fault is for.
      pipeline(Readable.from(hugeTracker(fault.bytes ?? 200 * 1024 * 1024, entry)), response, () => {});
      return false;
  }
}

/**
 * @param {FastifyReply} reply
 * @returns {Record<string, number | string | string[]>}
 */
function definedHeaders(reply) {
  /** @type {Record<string, number | string | string[]>} */
  const headers = {};
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) headers[name] = value;
  }
  return headers;
}

/**
 * @param {number} ms
 * @param {import("node:http").ServerResponse} response
 * @returns {Promise<boolean>} false at once where the connection goes away
 */
function stillThereAfter(ms, response) {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      response.off("close", gone);
      resolve(true);
    }, ms);
    const gone = () => {
      clearTimeout(timer);
      resolve(false);
    };
    response.once("close", gone);
  });
}

/**
 * A tracker of about this many bytes, made as it is read.
 *
 * @param {number} bytes
 * @param {Entry} entry counts what was handed to the connection
 * @returns {Generator<Buffer>}
 */
function* hugeTracker(bytes, entry) {
  const chunk = Buffer.alloc(64 * 1024, "x");
  yield Buffer.from('{"tracker":{"id":"4476908732794496","name":"Promotion Mention","vocabulary":["');
  while (entry.streamed < bytes) {
    const next = chunk.subarray(0, Math.min(chunk.length, bytes - entry.streamed));
    entry.streamed += next.length;
    yield next;
  }
  yield Buffer.from('"]}}');
}
