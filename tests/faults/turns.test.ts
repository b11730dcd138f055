// One call at a time for each origin, from tabs, workers and frames. The sandbox is the witness: it
// counts how many calls of an account are under way, and refuses the second one.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { start } from "../../www/sandbox/server.mjs";
import { inEachBrowser } from "../common/browsers.js";
import type { Order } from "./page.mjs";

const OK = Array.from({ length: 10 }, () => "ok");

inEachBrowser("tests/faults/turns.mjs", (openTab) => {
  let sandbox: Awaited<ReturnType<typeof start>>;
  let order: Order;
  beforeEach(async () => {
    sandbox = await start();
    order = { baseUrl: sandbox.url, token: sandbox.token() };
  });
  afterEach(() => sandbox.close());

  const puts = () => sandbox.record().requests.filter(({ method }) => method === "PUT");
  /** Whether these calls came one after the other, and each was let in. */
  const inTurn = (count: number) => {
    expect(puts().map(({ status }) => status)).toEqual(Array.from({ length: count }, () => 200));
    expect(sandbox.record().maxConcurrent).toEqual({ sandbox: 1 });
  };
  /** Long enough for calls at the same time to meet. */
  const slow = (times: number) => sandbox.addFaults({ kind: "delay", ms: 20, times });

  it("two tabs and a worker, ten updates each", async () => {
    slow(30);
    const tabs = [await openTab(), await openTab()] as const;
    const running = [
      await tabs[0].start("ten", order),
      await tabs[1].start("tenInWorker", order),
      await tabs[1].start("ten", order),
    ];
    for (const one of running) expect(await one.result()).toEqual(OK);
    inTurn(30);
    for (const tab of tabs) await tab.close();
  });

  it("a tab that is closed in the middle of a call lets the next one have its turn", async () => {
    sandbox.addFaults({ kind: "delay" });
    const [holder, next] = [await openTab(), await openTab()];
    await holder.start("one", order);
    await vi.waitFor(() => expect(puts()).toHaveLength(1));
    const running = await next.start("one", order);
    await next.run("somebodyWaits", order);
    expect(puts()).toHaveLength(1);
    await holder.close();
    expect(await running.result()).toBe("ok");
    await next.close();
  });

  it("without Web Locks, the calls of one page", async () => {
    slow(10);
    const tab = await openTab();
    expect(await tab.run("tenWithoutLocks", order)).toEqual(OK);
    inTurn(10);
    await tab.close();
  });

  it("where Web Locks throw, the calls of one frame", async () => {
    slow(10);
    const tab = await openTab();
    expect(await tab.run("tenInSandboxedFrame", order)).toEqual({ locks: "SecurityError", results: OK });
    inTurn(10);
    await tab.close();
  });

  it("a trap in the middle of a call lets the next ones have their turn", async () => {
    const tab = await openTab();
    sandbox.addFaults({ kind: "delay", ms: 500, times: 2 });
    const other = await start();
    const elsewhere: Order = { baseUrl: other.url, token: other.token() };
    expect(await tab.run("trap", { here: order, elsewhere })).toEqual({
      first: "TrackerError crash unknown",
      second: "ok",
      // It was asking for its token, and had sent nothing.
      bystander: "TrackerError crash not_applied",
      third: "ok",
    });
    expect(other.record().requests).toEqual([]);
    await other.close();
    expect(sandbox.record().maxConcurrent).toEqual({ sandbox: 1 });
    await tab.close();
  });
});
