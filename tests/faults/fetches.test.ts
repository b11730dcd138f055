// Packages that replace `fetch` in a page: their responses have no stream, and still end in the true outcome.

import { beforeAll, describe, expect, it } from "vitest";
import type { FaultOptions } from "../../www/sandbox/faults.mjs";
import { start } from "../../www/sandbox/server.mjs";
import { inEachBrowser, type Tab } from "../common/browsers.js";

inEachBrowser("tests/faults/fetches.mjs", (openTab) => {
  let tab: Tab;
  beforeAll(async () => {
    tab = await openTab();
  });

  describe.each(["whatwg-fetch", "unfetch"])("%s", (fetch) => {
    it.each<[string, FaultOptions[], string]>([
      ["200", [], "ok"],
      ["502, then 200", [{ kind: "status", status: 502 }], "ok"],
      ["404", [{ kind: "status", status: 404 }], "RejectedError not_found not_applied"],
      ["another shape", [{ kind: "badShape" }], "ProtocolError wrong_shape unknown"],
      ["a web page", [{ kind: "html" }], "ProtocolError web_page unknown"],
      ["an empty success", [{ kind: "empty" }], "ok"],
    ])("%s", async (_, faults, expected) => {
      const sandbox = await start();
      try {
        sandbox.addFaults(faults);
        const order = { baseUrl: sandbox.url, token: sandbox.token(), package: fetch };
        expect(await tab.run("updateWith", order)).toBe(expected);
      } finally {
        await sandbox.close();
      }
    });
  });
});
