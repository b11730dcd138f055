/** The client of the service for one account, and the access token that it uses. */
import { TrackerClient } from "symbl-tracker";
import type { Config } from "../config.js";

/** A token is renewed this long before it expires, in milliseconds, so that it does not expire during a call. */
const RENEWAL_MS = 60_000;

export class Service {
  readonly client: TrackerClient;
  /** Identifies host and account: what is stored for one account is not shown for another. */
  readonly scope: string;
  #token: { text: string; until: number } | undefined;

  constructor(readonly config: Config) {
    this.scope = `${config.host} ${config.account}`;
    this.client = new TrackerClient({
      baseUrl: config.host,
      accessToken: ({ refresh }) => this.accessToken(refresh),
    });
  }

  /**
   * An access token for the account.
   *
   * @param refresh whether to get a new one, because the service refused the last one
   * @throws {Error} if the token endpoint does not return one; the message is a sentence for people
   */
  async accessToken(refresh = false): Promise<string> {
    if (refresh || !this.#token || Date.now() > this.#token.until) this.#token = await this.#newToken();
    return this.#token.text;
  }

  async #newToken(): Promise<{ text: string; until: number }> {
    const { tokenEndpoint } = this.config;
    const response = await fetch(tokenEndpoint, { method: "POST", credentials: "same-origin" }).catch(() => {
      throw new Error("You could not be signed in, because the server that does it cannot be reached.");
    });
    if (!response.ok) {
      const why =
        response.status === 401 || response.status === 403
          ? "Your session has ended. Sign in again in another tab, then try again."
          : `You could not be signed in: the server answered with status ${response.status}.`;
      throw new Error(why);
    }
    const body: unknown = await response.json().catch(() => undefined);
    const { accessToken, expiresIn } = (body ?? {}) as { accessToken?: unknown; expiresIn?: unknown };
    if (typeof accessToken !== "string" || accessToken === "")
      throw new Error("You could not be signed in: the server’s answer has no access token.");
    const lifetime = typeof expiresIn === "number" ? expiresIn * 1000 : 0;
    return { text: accessToken, until: Date.now() + lifetime - RENEWAL_MS };
  }
}
