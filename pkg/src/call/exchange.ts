/** One request and its response, to the last byte. `fetch` may be the caller's own, so it may return anything. */
import type { DriverEvent } from "../wasm/generated/call.js";
import { type Deadline, TIMED_OUT } from "./deadline.js";
import { networkCodes } from "./networkCodes.js";
import { readBody } from "./responseBody.js";

/** What came of a request. */
export type Exchange =
  | (DriverEvent & { type: "response" | "timedOut" | "notAResponse" })
  /** `fetch` rejected, for this reason. */
  | (DriverEvent & { type: "failed" } & { cause: unknown });

/** Sends a request and reads at most `maxBytes` of the response body, both within the deadline. */
export async function exchange(
  send: (signal: AbortSignal) => Promise<unknown>,
  maxBytes: number,
  deadline: Deadline,
): Promise<Exchange> {
  const controller = new AbortController();
  try {
    let response: unknown;
    try {
      response = await deadline.race(send(controller.signal));
    } catch (cause) {
      return failed(cause);
    }
    if (response === TIMED_OUT) return { type: "timedOut" };
    try {
      return await partsOf(response as Partial<Response>, maxBytes, deadline);
    } catch (error) {
      // A getter that throws, or a revoked proxy.
      return { type: "notAResponse", received: `something that throws ${typeof error} when it is read` };
    }
  } finally {
    // Whatever is still on its way is no longer wanted.
    controller.abort();
  }
}

async function partsOf(response: Partial<Response>, maxBytes: number, deadline: Deadline): Promise<Exchange> {
  if (typeof response !== "object" || response === null) {
    return { type: "notAResponse", received: describe(response) };
  }
  const { status, type } = response;
  if (type === "error") return failed(new TypeError("fetch returned Response.error()"));
  if (!Number.isInteger(status) || (status as number) < 0 || (status as number) > 999) {
    const received = `${typeof status === "number" ? "the number " : ""}${describe(status)}`;
    return { type: "notAResponse", received: `an object with ${received} as its status` };
  }
  const header = headersOf(response.headers);
  const head = {
    type: "response" as const,
    status: status as number,
    redirected: response.redirected === true,
    contentType: header("content-type"),
    retryAfter: header("retry-after"),
    requestId: header("x-request-id"),
  };
  // What the browser hides has no body to read.
  const body = status === 0 ? NO_BODY : await readBody(response, maxBytes, deadline);
  return { ...head, ...body };
}

function failed(cause: unknown): Exchange {
  return { type: "failed", codes: networkCodes(cause), cause };
}

const NO_BODY = { body: new Uint8Array(0), end: "complete" } as const;

/** Reads a header of a `Headers`, or of a plain object as in many mocks. */
function headersOf(headers: unknown): (name: string) => string | undefined {
  return (name) => {
    if (typeof headers !== "object" || headers === null) return;
    const { get } = headers as { get?: unknown };
    const value =
      typeof get === "function"
        ? Reflect.apply(get, headers, [name])
        : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    return typeof value === "string" ? value : undefined;
  };
}

/** A value in a few words, without its content. */
function describe(value: unknown): string {
  if (value === undefined || value === null) return `${value}`;
  if (typeof value === "number") return `${value}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
