// The built package on a page, under the strictest Content-Security-Policy under which wasm can run.

import { describe, expect, it } from "vitest";
import { CHROME, openPage } from "../common/page.js";

const SCRIPT = `
  import { validateTracker } from "/pkg/dist/index.js";
  try {
    document.title = validateTracker({ id: "1", name: "Sale", vocabulary: ["a", "a"] }).issues[0].pointer;
  } catch (error) {
    document.title = error.name;
  }
`;

describe.skipIf(!CHROME)(`in Chromium${CHROME ? "" : " (CHROME is not set)"}`, () => {
  it.each([
    ["'self' 'wasm-unsafe-eval'", "/vocabulary/1"],
    ["'self'", "CompileError"],
  ])("script-src %s", async (sources, title) => {
    const { page, problems, close } = await openPage(SCRIPT, {
      "content-security-policy": `script-src ${sources}`,
    });
    try {
      await expect.poll(() => page.title(), { timeout: 30_000 }).toBe(title);
      if (title !== "CompileError") expect(problems).toEqual([]);
    } finally {
      await close();
    }
  });
});
