// The hostile values in each engine.

import { beforeAll, expect, it } from "vitest";
import { inEachBrowser, type Tab } from "../common/browsers.js";
import { hostile } from "../hostile/index.mjs";

inEachBrowser("tests/hostile/page.mjs", (openTab) => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab();
  });

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
