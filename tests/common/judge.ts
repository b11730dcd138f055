// The sandbox as the judge of a body, over real HTTP. It shares no code with the crate.

import { once } from "node:events";
import http from "node:http";
import { start } from "../../www/sandbox/server.mjs";

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

/** Starts a sandbox that judges bodies, as many at a time as there are accounts. */
export async function startJudge(accounts = 1) {
  const sandbox = await start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: accounts });
  const tokens = Array.from({ length: accounts }, (_, account) => sandbox.token(`${account}`));

  async function ask(body: string, target: Target, account: number): Promise<Judgement> {
    const create = target.for === "create";
    const path = create ? "/v1/manage/tracker" : `/v1/manage/tracker/${pathId(body, target)}`;
    const request = http.request(sandbox.url + path, {
      method: create ? "POST" : "PUT",
      agent,
      headers: {
        authorization: `Bearer ${tokens[account]}`,
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
    if (![200, 400, 404, 409, 413].includes(status)) throw new Error(`the sandbox answered ${status}: ${answer}`);
    const accepted = status !== 400 && status !== 413;
    return { accepted, status, message: JSON.parse(answer).message, sha256: null, bytes: 0 };
  }

  /** Judges bodies side by side, one an account, and answers in their order. */
  async function judge(bodies: readonly (readonly [body: string, target: Target])[]): Promise<Judgement[]> {
    if (bodies.length > accounts) throw new Error("one call at a time an account");
    const judgements = await Promise.all(bodies.map(([body, target], account) => ask(body, target, account)));
    for (const { key, sha256, bytes } of sandbox.record().requests) {
      Object.assign(judgements[Number(key)] as Judgement, { sha256, bytes });
    }
    // Also the trackers that were created: an account holds 500.
    sandbox.reset();
    return judgements;
  }

  return {
    judge,
    url: sandbox.url,
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
