// Runs the table of faults where the package runs, against a real sandbox over loopback, and prints what it saw.

import * as api from "symbl-tracker";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { start } from "../../www/sandbox/server.mjs";
import { browsers, openBrowser, type Tab, titleOf } from "../common/browsers.js";
import { type Order, type Report, update } from "./page.mjs";
import { type Expected, type Row, type Runtime, table } from "./table.js";

const RUNTIMES: { name: Runtime; title: string; isHere: boolean }[] = [
  { name: "chromium", ...browsers.chromium },
  { name: "firefox", ...browsers.firefox },
  { name: "webkit", ...browsers.webkit },
  { name: "node", title: "Node", isHere: true },
];

/** What is expected of a row in this runtime, or why there is nothing to expect. */
function expectedIn(runtime: Runtime, row: Row): Expected | string {
  const difference = row.in?.[runtime] ?? {};
  if (typeof difference === "string") return difference;
  const preflights = runtime === "node" ? { preflights: 0 } : {};
  return { ...row.expected, ...preflights, ...difference };
}

/** What the server saw of a row, and what the caller heard. */
async function observe(row: Row, call: (order: Order) => Promise<Report>) {
  const sandbox = await start({ closeConnections: true, ...row.settings });
  const elsewhere = await start();
  try {
    const order: Order = { baseUrl: sandbox.url, token: sandbox.token(), ...row.order };
    if (row.refused) await sandbox.close();
    const retryAfter = new Date(Math.ceil((Date.now() + (row.retryAfterDateMs ?? 0)) / 1000) * 1000);
    sandbox.addFaults(faultsOf(row, elsewhere.url, retryAfter));
    const report = await call(order);
    const entries = await vi.waitFor(() => {
      const entries = sandbox.record().requests;
      if (entries.some(({ endedAt }) => endedAt === null)) throw new Error("a request is still being served");
      return entries;
    });
    return {
      report,
      token: order.token,
      puts: entries.filter(({ method }) => method === "PUT"),
      preflights: entries.filter(({ kind }) => kind === "preflight").length,
      strays: [...entries.filter(({ kind }) => kind === "redirected"), ...elsewhere.record().requests],
      retryAfter,
    };
  } finally {
    await sandbox.close();
    await elsewhere.close();
  }
}

function faultsOf({ faults = [], redirect, retryAfterDateMs }: Row, elsewhere: string, retryAfter: Date) {
  const all: FaultOptions[] = [...faults];
  if (redirect) {
    const { status, to } = redirect;
    all.push({
      kind: "redirect",
      status,
      ...(to === "elsewhere" && { location: `${elsewhere}/sandbox/redirected` }),
    });
  }
  if (retryAfterDateMs) {
    all.push({ kind: "status", status: 429, headers: { "retry-after": retryAfter.toUTCString() } });
  }
  return all;
}

function check(row: Row, expected: Expected, seen: Awaited<ReturnType<typeof observe>>) {
  const { report, puts, preflights, strays } = seen;
  expect(puts.length, "PUTs").toBe(expected.puts);
  expect([expected.result].flat()).toContain(report.result);
  expect(report.attempts, "attempts").toBe(expected.attempts ?? expected.puts);
  expect(preflights, "preflights").toBe(expected.preflights ?? expected.puts);
  expect(strays, "requests that a redirect led to").toEqual([]);
  // 12 characters: a part of it is too much as well, and JSON writes line breaks otherwise.
  expect(report.text).not.toContain(seen.token.slice(0, 12));
  expect(report.text).not.toContain("Flash sale");

  if (expected.applied !== undefined) {
    expect(puts.filter(({ applied }) => applied).length, "PUTs that took effect").toBe(expected.applied);
  }
  if (expected.cancelled) expect(puts[0]?.complete, "whether the first answer was sent whole").toBe(false);
  if (expected.waits) {
    expect(report.waits.length, "waits").toBe(expected.waits.length);
    for (const [index, [least, most]] of expected.waits.entries()) {
      expect(report.waits[index]).toBeGreaterThanOrEqual(least);
      expect(report.waits[index]).toBeLessThanOrEqual(most);
    }
  }
  const [first, second] = puts.map(({ startedAt }) => startedAt);
  if (expected.gapMs) expect(Number(second) - Number(first)).toBeGreaterThanOrEqual(expected.gapMs);
  // The clocks of two processes: they are one machine's, but not read alike.
  if (row.retryAfterDateMs) expect(Number(second) + 20).toBeGreaterThanOrEqual(Number(seen.retryAfter));
  if (expected.retryAfterMs) expect(report.retryAfterMs).toBe(expected.retryAfterMs);
  if (expected.refreshes) expect(report.refreshes).toEqual(expected.refreshes);
  if (expected.path) expect(puts[0]?.url).toBe(expected.path);
  if (row.order?.abortIn) expect(report.next, "the next call").toBe("ok");
}

const requests = (puts: number, result: string | string[]) => `${puts} PUT, ${[result].flat().join(" or ")}`;

/** By the row's and the runtime's names. */
const observed = new Map<string, string>();

for (const { name: runtime, ...place } of RUNTIMES) {
  // Each has a browser and sandboxes of its own; in one of them, the rows come one after the other.
  describe.skipIf(!place.isHere).concurrent(titleOf(place), () => {
    let browser: Awaited<ReturnType<typeof openBrowser>> | undefined;
    let tab: Tab | undefined;
    beforeAll(async () => {
      if (runtime === "node") return;
      browser = await openBrowser(runtime, "tests/faults/page.mjs");
      tab = await browser.openTab();
    });
    afterAll(() => browser?.close());

    for (const row of table) {
      const expected = expectedIn(runtime, row);
      if (typeof expected === "string") {
        observed.set(`${row.name} ${runtime}`, `(${expected})`);
        continue;
      }
      it.sequential(row.name, async () => {
        const seen = await observe(row, (order) =>
          tab ? tab.run<Report>("update", order) : update(api, order),
        );
        observed.set(`${row.name} ${runtime}`, requests(seen.puts.length, seen.report.result));
        check(row, expected, seen);
      });
    }
  });
}

afterAll(() => {
  const rows = table.map((row) => [
    row.name,
    requests(row.expected.puts, row.expected.result),
    ...RUNTIMES.map(({ name }) => observed.get(`${row.name} ${name}`) ?? "(not run)"),
  ]);
  const all = [["fault", "expected", ...RUNTIMES.map(({ title }) => title)], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = all.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join("  "));
  console.log(lines.map((line) => line.trimEnd()).join("\n"));
});
