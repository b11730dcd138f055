// The hostile values in each engine.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browsers, openBrowser, type Tab } from "../common/browsers.js";
import { hostile } from "../hostile/index.mjs";

for (const name of ["chromium", "firefox", "webkit"] as const) {
  const { title, isHere } = browsers[name];
  describe.skipIf(!isHere)(`${title}${isHere ? "" : " (the environment does not say where it is)"}`, () => {
    let browser: Awaited<ReturnType<typeof openBrowser>>;
    let tab: Tab;
    beforeAll(async () => {
      browser = await openBrowser(name, "tests/hostile/page.mjs");
      tab = await browser.openTab();
    });
    afterAll(() => browser?.close());

    it.each(hostile.map(({ name }, index) => [name, index] as const))("%s", async (_, index) => {
      expect(await tab.run("wrongResultsOf", index)).toEqual([]);
    });

    it("values that Node lacks", async () => {
      const names = await tab.run<string[]>("names");
      for (let index = hostile.length; index < names.length; index++) {
        expect(await tab.run("wrongResultsOf", index), names[index]).toEqual([]);
      }
    });
  });
}
