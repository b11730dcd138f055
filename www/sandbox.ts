/** The connection to the sandbox: a token, a client that uses it, and the faults that it can be asked for. */
import { TrackerClient } from "symbl-tracker";

/** Without a slash at its end. */
export const baseUrl = new URL(__SANDBOX_URL__).origin;

/** The account; every dashboard on this sandbox shares it. */
const APP = "sandbox";

let token: { text: string; until: number } | undefined;

/**
 * A token, fetched anew a minute before it expires.
 *
 * The secret of a real account belongs on a server, which hands tokens to its own pages. The sandbox's secret
 * is public and guards nothing, which is the one reason why it may stand here.
 */
export async function accessToken({ refresh }: { refresh: boolean }): Promise<string> {
  if (refresh || !token || Date.now() > token.until) {
    const answer = await ask("/oauth2/token:generate", { type: "application", appId: APP, appSecret: APP });
    const { accessToken, expiresIn } = (await answer.json()) as { accessToken: string; expiresIn: number };
    token = { text: accessToken, until: Date.now() + (expiresIn - 60) * 1000 };
  }
  return token.text;
}

export const client = new TrackerClient({ baseUrl, accessToken });

/** A fault as the sandbox takes it; see FaultOptions in sandbox/faults.mjs. */
export interface Fault {
  kind: string;
  [option: string]: unknown;
}

/** Makes a call that meets these faults. Those it did not come to are gone afterwards. */
export async function simulating<T>(faults: Fault[], call: () => Promise<T>): Promise<T> {
  if (faults.length === 0) return call();
  const ours = faults.map((fault) => ({ ...fault, key: APP }));
  await ask("/sandbox/faults", ours);
  try {
    return await call();
  } finally {
    // What came of the call matters more than this.
    await fetch(`${baseUrl}/sandbox/faults?key=${APP}`, { method: "DELETE" }).catch(() => {});
  }
}

async function ask(path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const answer = await fetch(baseUrl + path, init).catch(() => {
    throw new Error(`The sandbox at ${new URL(baseUrl).host} cannot be reached. Is it running?`);
  });
  if (!answer.ok) throw new Error(`the sandbox answered ${path} with ${answer.status}`);
  return answer;
}
