// The hostile values in Chromium, where another realm is an iframe's.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROME, openPage } from "../common/page.js";
import { hostile } from "../hostile/index.mjs";

describe.skipIf(!CHROME)(`in Chromium${CHROME ? "" : " (CHROME does not say where it is)"}`, () => {
  let opened: Awaited<ReturnType<typeof openPage>>;
  beforeAll(async () => {
    opened = await openPage(`
      import { validateTracker } from "/pkg/dist/index.js";
      import { hostile, misjudged } from "/tests/hostile/index.mjs";
      const realm = document.body.appendChild(document.createElement("iframe")).contentWindow;
      globalThis.names = hostile.map(({ name }) => name);
      globalThis.judge = (index) => misjudged(hostile[index], validateTracker, realm);
    `);
    await opened.page.waitForFunction("globalThis.judge");
  });
  afterAll(() => opened.close());

  for (const [index, { name }] of hostile.entries()) {
    it(name, async () => {
      expect(await opened.page.evaluate(`judge(${index})`)).toEqual([]);
    });
  }

  // Chromium knows kinds of values that Node does not, such as raw JSON.
  it("every further value", async () => {
    const names = await opened.page.evaluate<string[]>("names");
    for (let index = hostile.length; index < names.length; index++) {
      expect(await opened.page.evaluate(`judge(${index})`), names[index]).toEqual([]);
    }
    expect(opened.problems).toEqual([]);
  });
});
