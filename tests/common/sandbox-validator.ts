// The sandbox as the judge of a body, over real HTTP. It shares no code with the crate.

import { once } from "node:events";
import http from "node:http";
import type { Entry } from "../../www/sandbox/record.mjs";
import { start } from "../../www/sandbox/server.mjs";

const CREATE = "/v1/manage/tracker";
const UPDATE = "/v1/manage/tracker/";

/** What the sandbox made of a body. */
export interface Judgement {
  /** Whether the body is one that the service takes; that no tracker has its id says nothing against it. */
  accepted: boolean;
  status: number;
  message: string | undefined;
  /** Of the bytes that arrived, in hex. */
  sha256: string | null;
  bytes: number;
}

/** Which request the body is for; an update's path names `trackerId`, or else the body's own id. */
interface Target {
  for?: "update" | "create" | undefined;
  trackerId?: string | undefined;
}

export type Judge = Awaited<ReturnType<typeof startJudge>>;

/** Starts a sandbox that judges one body at a time, on one connection. */
export async function startJudge() {
  const sandbox = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const token = sandbox.token();

  async function judge(body: string, target: Target = {}): Promise<Judgement> {
    const create = target.for === "create";
    const request = http.request({
      host: "127.0.0.1",
      port: sandbox.port,
      method: create ? "POST" : "PUT",
      // Not as a URL, which would resolve the ids "." and "..".
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
    let answer = "";
    for await (const chunk of response) answer += chunk;
    const status = response.statusCode ?? 0;
    // 404 and 409 are about the account, and come after the body was found good.
    if (![200, 400, 404, 409, 413].includes(status))
      throw new Error(`the sandbox answered ${status}: ${answer}`);
    const { message } = JSON.parse(answer);
    const { sha256, bytes } = sandbox.record().requests[0] as Entry;
    // Also the trackers that were created: an account holds 500.
    sandbox.reset();
    return { accepted: status !== 400 && status !== 413, status, message, sha256, bytes };
  }

  /** What arrived while a client did its work: the calls, oldest first. */
  async function received(work: (options: { baseUrl: string; accessToken: string }) => Promise<unknown>) {
    await work({ baseUrl: sandbox.url, accessToken: token });
    const { requests } = sandbox.record();
    sandbox.reset();
    return requests.map(({ status, sha256, bytes }) => ({ status, sha256, bytes }));
  }

  return {
    judge,
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
    // An id that no path can hold is refused whatever the path says.
    return encodeURIComponent(JSON.parse(body).id.slice(0, 1000)) || "any";
  } catch {
    return "any";
  }
}
