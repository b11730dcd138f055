/** The connection to the sandbox: the access token, the client, and simulated faults. */
import { TrackerClient } from "symbl-tracker";

/** Without a trailing slash. */
export const baseUrl = new URL(__SANDBOX_URL__).origin;

/** The account, which all dashboards of this sandbox share. */
const APP = "sandbox";

let token: { text: string; until: number } | undefined;

/**
 * Returns an access token, and fetches a new one a minute before it expires.
 *
 * The secret of a real account belongs on a server that gives tokens to its own pages. It is only in this file because
 * the sandbox's secret is public and protects nothing.
 */
export async function accessToken({ refresh }: { refresh: boolean }): Promise<string> {
  if (refresh || !token || Date.now() > token.until) {
    const response = await post("/oauth2/token:generate", {
      type: "application",
      appId: APP,
      appSecret: APP,
    });
    const { accessToken, expiresIn } = (await response.json()) as { accessToken: string; expiresIn: number };
    token = { text: accessToken, until: Date.now() + (expiresIn - 60) * 1000 };
  }
  return token.text;
}

export const client = new TrackerClient({ baseUrl, accessToken });

/** A fault of the sandbox; see FaultOptions in sandbox/faults.mjs. */
export interface Fault {
  kind: string;
  [option: string]: unknown;
}

/** Makes a call to which the sandbox responds with these faults. Removes the faults that are left afterwards. */
export async function withFaults<T>(faults: Fault[], call: () => Promise<T>): Promise<T> {
  if (faults.length === 0) return call();
  const ours = faults.map((fault) => ({ ...fault, key: APP }));
  await post("/sandbox/faults", ours);
  try {
    return await call();
  } finally {
    // Ignores a failure here, because the result of the call matters more.
    await fetch(`${baseUrl}/sandbox/faults?key=${APP}`, { method: "DELETE" }).catch(() => {});
  }
}

async function post(path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  const init = { method: "POST", headers, body: JSON.stringify(body) };
  const response = await fetch(baseUrl + path, init).catch(() => {
    throw new Error(`The sandbox at ${new URL(baseUrl).host} cannot be reached. Is it running?`);
  });
  if (!response.ok) throw new Error(`The sandbox responded to ${path} with status ${response.status}.`);
  return response;
}
