import type { TokenFunction } from "../types.js";

/** New tokens that are on their way, so that calls which are refused together ask once. */
const refreshing = new WeakMap<TokenFunction, Promise<string>>();

/**
 * Asks for a token: a new one if `refresh`, or if another call is already asking for a new one.
 *
 * @param expired resolves when this call no longer waits. Others still may, but a later call asks again: a function
 *   that once never settles must not keep every later call waiting
 */
export function askToken(
  getToken: TokenFunction | string,
  refresh: boolean,
  expired: Promise<unknown>,
): Promise<string> {
  if (typeof getToken === "string") return Promise.resolve(getToken);
  const shared = refreshing.get(getToken);
  if (shared) return shared;
  const asked = (async () => {
    const token: unknown = await getToken({ refresh });
    if (typeof token !== "string") throw new TypeError(`the token is not a string but ${typeof token}`);
    return token;
  })();
  if (refresh) {
    refreshing.set(getToken, asked);
    const forget = () => {
      if (refreshing.get(getToken) === asked) refreshing.delete(getToken);
    };
    Promise.race([asked, expired]).then(forget, forget);
  }
  return asked;
}
