// The hostile values in Chromium, where the other realm is that of an iframe.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROME, openPage } from "../common/page.js";
import { hostile } from "../hostile/index.mjs";

describe.skipIf(!CHROME)(`in Chromium${CHROME ? "" : " (CHROME is not set)"}`, () => {
  let opened: Awaited<ReturnType<typeof openPage>>;
  beforeAll(async () => {
    opened = await openPage(`
      import { validateTracker } from "/pkg/dist/index.js";
      import { hostile, wrongResults } from "/tests/hostile/index.mjs";
      const realm = document.body.appendChild(document.createElement("iframe")).contentWindow;
      globalThis.names = hostile.map(({ name }) => name);
      globalThis.wrongResults = (index) => wrongResults(hostile[index], validateTracker, realm);
    `);
    await opened.page.waitForFunction("globalThis.wrongResults");
  });
  afterAll(() => opened.close());

  for (const [index, { name }] of hostile.entries()) {
    it(name, async () => {
      expect(await opened.page.evaluate(`wrongResults(${index})`)).toEqual([]);
    });
  }

  // Chromium may have kinds of values that Node lacks, such as raw JSON.
  it("values that only Chromium has", async () => {
    const names = await opened.page.evaluate<string[]>("names");
    for (let index = hostile.length; index < names.length; index++) {
      expect(await opened.page.evaluate(`wrongResults(${index})`), names[index]).toEqual([]);
    }
    expect(opened.problems).toEqual([]);
  });
});
