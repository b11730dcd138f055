/**
 * The engine's codes for a failed request, separated by spaces: Node, Bun and Deno have them on the error, on its cause
 * or on the errors of an `AggregateError`. Browsers have none.
 *
 * Errors of another realm are no instances of `Error`, and what the caller's own `fetch` rejects with may be anything.
 */
export function networkCodes(error: unknown): string {
  const codes: string[] = [];
  collect(error, codes, 4);
  return codes.join(" ");
}

function collect(error: unknown, codes: string[], depth: number): void {
  if (depth === 0 || typeof error !== "object" || error === null) return;
  try {
    const { code, syscall, message, cause, errors } = error as Record<string, unknown>;
    for (const text of [code, syscall]) if (typeof text === "string" && /^\w+$/.test(text)) codes.push(text);
    // The Fetch standard's blocked ports: Node only says so in this message.
    if (message === "bad port") codes.push("blocked-port");
    collect(cause, codes, depth - 1);
    if (Array.isArray(errors)) for (const one of errors.slice(0, 8)) collect(one, codes, depth - 1);
  } catch {
    // A getter that throws, or a revoked proxy.
  }
}
