// The sandbox as a reference validator of request bodies, over HTTP. It shares no code with the crate.

import { once } from "node:events";
import http from "node:http";
import type { Entry } from "../../www/sandbox/record.mjs";
import { start } from "../../www/sandbox/server.mjs";

const CREATE = "/v1/manage/tracker";
const UPDATE = "/v1/manage/tracker/";

/** The sandbox's result for a body. */
export interface SandboxResult {
  /** Whether the body is valid. A body for a tracker that does not exist is valid. */
  accepted: boolean;
  status: number;
  message: string | undefined;
  /** The hash of the bytes that arrived, in hexadecimal. */
  sha256: string | null;
  bytes: number;
}

/** The request for which to validate the body. The path of an update has `trackerId`, or else the id of the body. */
interface Target {
  for?: "update" | "create" | undefined;
  trackerId?: string | undefined;
}

export type SandboxValidator = Awaited<ReturnType<typeof startSandboxValidator>>;

/** Starts a sandbox that validates one body at a time, on a single connection. */
export async function startSandboxValidator() {
  const sandbox = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const token = sandbox.token();

  async function validate(body: string, target: Target = {}): Promise<SandboxResult> {
    const create = target.for === "create";
    const request = http.request({
      host: "127.0.0.1",
      port: sandbox.port,
      method: create ? "POST" : "PUT",
      // As a path, because a URL would resolve the ids "." and "..".
      path: create ? CREATE : UPDATE + pathId(body, target),
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
      },
    });
    request.end(body);
    const [response] = (await once(request, "response")) as [http.IncomingMessage];
    let text = "";
    for await (const chunk of response) text += chunk;
    const status = response.statusCode ?? 0;
    // 404 and 409 are about the account. The sandbox returns them only for valid bodies.
    if (![200, 400, 404, 409, 413].includes(status))
      throw new Error(`unexpected status ${status} from the sandbox: ${text}`);
    const { message } = JSON.parse(text);
    const { sha256, bytes } = sandbox.record().requests[0] as Entry;
    // Also deletes the trackers that were created, because an account can have only 500.
    sandbox.reset();
    return { accepted: status !== 400 && status !== 413, status, message, sha256, bytes };
  }

  /** Runs a function that makes calls, and returns the calls that arrived, oldest first. */
  async function received(run: (options: { baseUrl: string; accessToken: string }) => Promise<unknown>) {
    await run({ baseUrl: sandbox.url, accessToken: token });
    const { requests } = sandbox.record();
    sandbox.reset();
    return requests.map(({ status, sha256, bytes }) => ({ status, sha256, bytes }));
  }

  return {
    validate,
    received,
    async close() {
      agent.destroy();
      await sandbox.close();
    },
  };
}

function pathId(body: string, { trackerId }: Target): string {
  if (trackerId !== undefined) return encodeURIComponent(trackerId);
  try {
    // If the id cannot be in a path, the body is invalid for every path.
    return encodeURIComponent(JSON.parse(body).id.slice(0, 1000)) || "any";
  } catch {
    return "any";
  }
}
