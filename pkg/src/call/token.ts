import type { TokenFunction } from "../types.js";

/** New tokens on their way, so that calls which fail together ask once. */
const refreshing = new WeakMap<TokenFunction, Promise<string>>();

/**
 * Asks for a token; for a new one if `refresh`, or if somebody is already asking for a new one.
 *
 * @param end settles when the asker waits no longer. Others may still, but whoever comes later asks anew: a
 *   function that never settles once would keep every later call waiting
 */
export function askToken(
  get: TokenFunction | string,
  refresh: boolean,
  end: Promise<unknown>,
): Promise<string> {
  if (typeof get === "string") return Promise.resolve(get);
  const shared = refreshing.get(get);
  if (shared) return shared;
  const asked = (async () => {
    const token: unknown = await get({ refresh });
    if (typeof token !== "string") throw new TypeError(`the token is not a string but ${typeof token}`);
    return token;
  })();
  if (refresh) {
    refreshing.set(get, asked);
    const forget = () => {
      if (refreshing.get(get) === asked) refreshing.delete(get);
    };
    Promise.race([asked, end]).then(forget, forget);
  }
  return asked;
}
