/**
 * The platform's types that the package's declarations name. Each is the platform's own where a library declares it
 * (TypeScript's DOM or WebWorker, Node's, Bun's, Deno's, Cloudflare's); without one the declarations compile all the same.
 */

type Instance<Name extends string, Otherwise> = typeof globalThis extends {
  [name in Name]: { prototype: infer T };
}
  ? T
  : Otherwise;

/** `AbortSignal`. */
export type AbortSignalType = Instance<
  "AbortSignal",
  { readonly aborted: boolean; addEventListener(type: "abort", listener: () => void): void }
>;

/** `Request`. */
export type RequestType = Instance<"Request", { readonly method: string; readonly url: string }>;

/** `URL`. */
export type UrlType = Instance<"URL", { readonly href: string }>;

/** `fetch`. */
export type FetchFunction = typeof globalThis extends { fetch: infer F }
  ? F
  : (request: never) => Promise<unknown>;
