// A client behind the proxies of frameworks works as without, and does not show the token.

import { inspect } from "node:util";
import { TrackerClient } from "symbl-tracker";
import { proxy } from "valtio/vanilla";
import { afterAll, beforeAll, expect, it } from "vitest";
import { reactive, readonly, ref } from "vue";
import { start } from "../../www/sandbox/server.mjs";

let sandbox: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  sandbox = await start();
});
afterAll(() => sandbox.close());

const wrappers: [string, (client: TrackerClient) => TrackerClient][] = [
  ["bare", (client) => client],
  ["in Vue's ref", (client) => ref(client).value as TrackerClient],
  ["in Vue's reactive", (client) => reactive({ client }).client as TrackerClient],
  ["in Vue's readonly", (client) => readonly(client) as TrackerClient],
  ["in valtio's proxy", (client) => proxy({ client }).client as TrackerClient],
  ["behind a plain Proxy", (client) => new Proxy(client, {})],
];

it.each(wrappers)("%s", async (_, wrap) => {
  const token = sandbox.token();
  const client = wrap(new TrackerClient({ accessToken: token, baseUrl: sandbox.url }));
  const trackers = await client.list();
  expect(trackers.length).toBeGreaterThan(0);
  const [tracker] = trackers;
  expect((await client.get(tracker?.id ?? "")).name).toBe(tracker?.name);
  for (const shown of [inspect(client, { depth: 9, showHidden: true }), JSON.stringify(client)]) {
    expect(shown).not.toContain(token);
  }
});
