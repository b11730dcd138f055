/** One request and its answer, to the last byte. */
import { LATE, type Limit } from "./deadline.js";

/** An answer, and its body as far as that came. */
export interface Heard {
  response: Response;
  body: Uint8Array;
  end: "whole" | "tooLong" | "cutShort";
}

/** Why there was none. */
export interface Unheard {
  timedOut: boolean;
  cause?: unknown;
}

/** Sends a request and reads at most `maxBytes` of the answer, both within the limit. */
export async function attempt(
  send: (signal: AbortSignal) => Promise<Response>,
  maxBytes: number,
  limit: Limit,
): Promise<Heard | Unheard> {
  const controller = new AbortController();
  try {
    const response = await limit.race(send(controller.signal));
    if (response === LATE) return { timedOut: true };
    // The caller's own `fetch` may give anything.
    if (typeof response.status !== "number" || typeof response.headers.get !== "function") {
      throw new TypeError("fetch gave something other than a Response");
    }
    return { response, ...(await read(response.body, maxBytes, limit)) };
  } catch (cause) {
    return { timedOut: false, cause };
  } finally {
    // Whatever is still on its way is not wanted any more.
    controller.abort();
  }
}

async function read(
  stream: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  limit: Limit,
): Promise<Pick<Heard, "body" | "end">> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const ended = (end: Heard["end"]) => {
    const body = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      body.set(chunk, at);
      at += chunk.length;
    }
    return { body, end };
  };
  if (!stream) return ended("whole");
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    reader = stream.getReader();
    for (;;) {
      const chunk = await limit.race(reader.read());
      if (chunk === LATE) return ended("cutShort");
      if (chunk.done) return ended("whole");
      if (length + chunk.value.length > maxBytes) return ended("tooLong");
      chunks.push(chunk.value);
      length += chunk.value.length;
    }
  } catch {
    return ended("cutShort");
  } finally {
    // A fetch of the caller's may not listen to the signal.
    reader?.cancel().catch(() => {});
  }
}
