// The built package on a page, with and without a Content-Security-Policy under which wasm can run.

import { describe, expect, it } from "vitest";
import { CHROME, openPage } from "../common/page.js";

const SCRIPT = `
  import { updateTracker, validateTracker } from "/pkg/dist/index.js";
  const tracker = { id: "1", name: "Sale", vocabulary: ["a", "a"] };
  const describe = ({ name, code, outcome, message }) => [name, code, outcome, message];
  const attempts = [
    () => validateTracker(tracker).issues[0].pointer,
    () => updateTracker("1", { ...tracker, vocabulary: ["a"] }, { accessToken: "t", baseUrl: "http://127.0.0.1:9", retries: 0 }),
  ];
  globalThis.results = [];
  for (const attempt of attempts) {
    try {
      results.push(await attempt());
    } catch (error) {
      results.push(describe(error));
    }
  }
  document.title = "done";
`;

describe.skipIf(!CHROME)(`in Chromium${CHROME ? "" : " (CHROME is not set)"}`, () => {
  const resultsUnder = async (sources: string) => {
    const { page, problems, close } = await openPage(SCRIPT, {
      "content-security-policy": `script-src ${sources}`,
    });
    try {
      await expect.poll(() => page.title(), { timeout: 30_000 }).toBe("done");
      return { results: await page.evaluate<unknown[]>("results"), problems };
    } finally {
      await close();
    }
  };

  it("validates and sends under script-src 'self' 'wasm-unsafe-eval'", async () => {
    const { results, problems } = await resultsUnder("'self' 'wasm-unsafe-eval'");
    expect(results[0]).toBe("/vocabulary/1");
    // It ran and sent: no server listens there.
    expect((results[1] as string[]).slice(0, 3)).toEqual(["NetworkError", "connection_lost", "unknown"]);
    expect(problems.filter((problem) => problem.includes("Content Security Policy"))).toEqual([]);
  });

  it("names the directive under script-src 'self', and sends nothing", async () => {
    const { results } = await resultsUnder("'self'");
    for (const result of results) {
      const [name, code, outcome, message] = result as string[];
      expect([name, code, outcome]).toEqual(["TrackerError", "unsupported_environment", "not_applied"]);
      expect(message).toContain("'wasm-unsafe-eval'");
    }
  });
});
