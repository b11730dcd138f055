/** Records the requests of a call and the answers to them, as they went over the network, for the details. */

export interface Exchange {
  /** Identifies the exchange: each one is reported several times. */
  key: symbol;
  method: string;
  url: string;
  /** Without the access token. */
  headers: Record<string, string>;
  body: string | undefined;
  /** Undefined until an answer arrives. 0 if the browser hides it. */
  status?: number;
  answerHeaders?: [name: string, value: string][];
  /** The text of the answer, if it is short. */
  answer?: string;
}

/** What the details show instead of the access token. */
const HIDDEN_TOKEN = "Bearer …";

/** Longer answers are not recorded, in bytes: a copy would take as much memory again. */
const MAX_ANSWER_BYTES = 100_000;

/** `fetch` that reports each request when it is sent, and again when it is answered. */
export function recordingFetch(report: (exchange: Exchange) => void): typeof fetch {
  return async (input, init) => {
    const headers = { ...(init?.headers as Record<string, string>) };
    for (const name of Object.keys(headers))
      if (/^(authorization|x-api-key)$/i.test(name)) headers[name] = HIDDEN_TOKEN;
    let exchange: Exchange = {
      key: Symbol(),
      method: init?.method ?? "GET",
      url: String(input),
      headers,
      body: typeof init?.body === "string" ? init.body : undefined,
    };
    const update = (answer: Partial<Exchange>) => {
      exchange = { ...exchange, ...answer };
      report(exchange);
    };
    update({});
    const response = await fetch(input, init);
    update({ status: response.status, answerHeaders: [...response.headers] });
    const length = response.headers.get("content-length");
    if (response.body && length !== null && Number(length) <= MAX_ANSWER_BYTES)
      tap(response, response.body, (answer) => update({ answer }));
    return response;
  };
}

/**
 * Reports the text of an answer while the client reads it. `response.clone()` would not do: when the client has read
 * enough, it aborts the request, and that ends the clone as well.
 */
function tap(response: Response, body: ReadableStream<Uint8Array>, report: (text: string) => void): void {
  const decoder = new TextDecoder();
  let text = "";
  const passing = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      text += decoder.decode(chunk, { stream: true });
      report(text);
      controller.enqueue(chunk);
    },
  });
  // `pipeThrough` locks the body, so the client gets the new one, and `bodyUsed` stays false.
  Object.defineProperties(response, {
    body: { value: body.pipeThrough(passing) },
    bodyUsed: { value: false },
  });
}

/** A command that sends the same request. The token is a placeholder: the shell's variable TOKEN. */
export function curlOf({ method, url, headers, body }: Exchange): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -X ${method} ${quoted(url)}`];
  for (const [name, value] of Object.entries(headers)) {
    const isSecret = value === HIDDEN_TOKEN;
    parts.push(isSecret ? `-H "${name}: Bearer $TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`);
  }
  if (body !== undefined) parts.push(`--data-raw ${quoted(body)}`);
  return parts.join(" \\\n  ");
}
