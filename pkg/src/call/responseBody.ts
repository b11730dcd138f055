/**
 * The body of a response, from whatever `fetch` returned: a stream, a Node stream (node-fetch, cross-fetch), or only
 * methods such as `text()` (whatwg-fetch, unfetch, hand-made mocks). Only `body: null` means that there is none.
 */
import type { ResponseParts } from "../wasm/generated/call.js";
import { type Deadline, TIMED_OUT } from "./deadline.js";
import { ignoringErrors } from "./ignoringErrors.js";

type Body = Pick<ResponseParts, "body" | "end" | "received">;

const EMPTY = new Uint8Array(0);

/** Never rejects, unless reading a property of the response throws. */
export async function readBody(
  response: Partial<Response>,
  maxBytes: number,
  deadline: Deadline,
): Promise<Body> {
  const { body, bodyUsed } = response as { body?: unknown; bodyUsed?: unknown };
  if (body === null) return { body: EMPTY, end: "complete" };
  if (bodyUsed === true || isLocked(body)) return unreadable("one that was read already");
  const chunks = chunksOf(body);
  if (chunks) return readChunks(chunks, maxBytes, deadline);
  for (const method of ["arrayBuffer", "text", "json"] as const) {
    if (typeof response[method] === "function") return readWhole(response, method, maxBytes, deadline);
  }
  return unreadable(body === undefined ? "missing" : `a ${typeof body}`);
}

function unreadable(received: string): Body {
  return { body: EMPTY, end: "unreadable", received };
}

function isLocked(body: unknown): boolean {
  return typeof body === "object" && (body as Partial<ReadableStream> | undefined)?.locked === true;
}

/** The chunks of a stream, each when it has arrived. */
interface Chunks {
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>;
  cancel(): unknown;
}

function chunksOf(body: unknown): Chunks | undefined {
  if (typeof body !== "object" || body === null) return;
  if (typeof (body as ReadableStream).getReader === "function") {
    const reader = (body as ReadableStream<unknown>).getReader();
    return { next: () => reader.read(), cancel: () => reader.cancel() };
  }
  const iterate = (body as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator];
  if (typeof iterate !== "function") return;
  const iterator: AsyncIterator<unknown> = Reflect.apply(iterate, body, []);
  const { destroy } = body as { destroy?: unknown };
  return {
    next: () => iterator.next(),
    cancel: () => (typeof destroy === "function" ? Reflect.apply(destroy, body, []) : iterator.return?.()),
  };
}

async function readChunks(chunks: Chunks, maxBytes: number, deadline: Deadline): Promise<Body> {
  const read: Uint8Array[] = [];
  let length = 0;
  const ended = (end: Body["end"]): Body => ({ body: joined(read, length), end });
  try {
    for (;;) {
      const chunk = await deadline.race(chunks.next());
      if (chunk === TIMED_OUT) return ended("truncated");
      if (chunk.done) return ended("complete");
      const bytes = bytesOf(chunk.value);
      if (!bytes) return unreadable("a stream of something other than bytes");
      if (length + bytes.length > maxBytes) return ended("tooLong");
      read.push(bytes);
      length += bytes.length;
    }
  } catch {
    return ended("truncated");
  } finally {
    // The caller's own `fetch` may not listen to the signal.
    ignoringErrors(() => chunks.cancel());
  }
}

async function readWhole(
  response: Partial<Response>,
  method: "arrayBuffer" | "text" | "json",
  maxBytes: number,
  deadline: Deadline,
): Promise<Body> {
  let value: unknown;
  try {
    const read = response[method] as () => unknown;
    value = await deadline.race(Promise.resolve(Reflect.apply(read, response, [])));
  } catch {
    return { body: EMPTY, end: "truncated" };
  }
  if (value === TIMED_OUT) return { body: EMPTY, end: "truncated" };
  const body = bytesOf(method === "json" ? JSON.stringify(value) : value);
  if (!body) return unreadable(`what ${method}() returned, a ${typeof value}`);
  return body.length > maxBytes ? { body: EMPTY, end: "tooLong" } : { body, end: "complete" };
}

/** The bytes of a text, of a buffer, also of another realm, or of a view. */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === "string") return new TextEncoder().encode(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const tag = Object.prototype.toString.call(value);
  if (tag === "[object ArrayBuffer]") return new Uint8Array(value as ArrayBuffer);
  return undefined;
}

function joined(chunks: Uint8Array[], length: number): Uint8Array {
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
