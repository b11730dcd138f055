// The built dashboard on a static host: below a path, with good and bad settings, and what its policies prevent.

import { spawn } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import puppeteer from "puppeteer-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { buildDashboard, sandboxConfig } from "../../scripts/dashboard.mjs";
import { ConfigError, readConfig } from "../../www/config.js";
import { connectionPolicy } from "../../www/policy.js";
import { start } from "../../www/sandbox/server.mjs";
import { CHROME, FLAGS } from "../common/page.js";
import { SAMPLE, serveFolder } from "./dashboard.js";

const PAGE = new URL("https://tools.example/trackers/config.json");
const GOOD = { host: "https://api.example/symbl", tokenEndpoint: "token", account: "Example Ltd." };

/** The problems of a config.json. */
function problemsOf(content: unknown): readonly string[] {
  try {
    readConfig(typeof content === "string" ? content : JSON.stringify(content), PAGE);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.url).toBe(PAGE.href);
    return error.problems;
  }
}

describe("config.json", () => {
  test("a complete one", () => {
    expect(readConfig(JSON.stringify({ ...GOOD, host: `${GOOD.host}/` }), PAGE)).toEqual({
      ...GOOD,
      tokenEndpoint: "https://tools.example/trackers/token",
      sandbox: false,
    });
  });

  test.each([
    [{ tokenEndpoint: "/token?account=7" }, { tokenEndpoint: "https://tools.example/token?account=7" }],
    [{ tokenEndpoint: "https://login.example/token" }, { tokenEndpoint: "https://login.example/token" }],
    [
      { host: "http://127.0.0.1:5174", sandbox: true },
      { host: "http://127.0.0.1:5174", sandbox: true },
    ],
    [{ host: "http://localhost:80/a/" }, { host: "http://localhost/a" }],
  ])("accepts %j", (changes, expected) => {
    expect(readConfig(JSON.stringify({ ...GOOD, ...changes }), PAGE)).toMatchObject(expected);
  });

  test.each<[unknown, string[]]>([
    ["{", ["The file is not JSON: "]],
    ["<!doctype html><p>Start", ["The server returned a web page instead of this file."]],
    ["[]", ["The file must hold one object"]],
    [{}, ['"host" is missing', '"tokenEndpoint" is missing', '"account" is missing']],
    [
      { host: "", tokenEndpoint: "", account: " " },
      ['"host" is empty', '"tokenEndpoint" is empty', '"account" is empty'],
    ],
    [{ ...GOOD, host: 7 }, ['"host" must be a text in quotes']],
    [{ ...GOOD, host: "api.example" }, ['"host" is not an absolute URL: api.example.']],
    [{ ...GOOD, host: "http://api.example" }, ['"host" must be an https URL']],
    [{ ...GOOD, host: "ftp://api.example" }, ['"host" must be an https URL']],
    [{ ...GOOD, host: "http://[::1]:5174" }, ['"host" must have a host name instead of an IPv6 address']],
    [
      { ...GOOD, host: "https://me:secret@api.example" },
      ['"host" must not contain a user name or a password.'],
    ],
    [{ ...GOOD, host: "https://api.example?x" }, ['"host" must not have a query']],
    [{ ...GOOD, host: "https://api.example/v1/" }, ['"host" ends with /v1']],
    [{ ...GOOD, tokenEndpoint: "http://tools.example/token" }, ['"tokenEndpoint" must be an https URL']],
    [{ ...GOOD, tokenEndpoint: "/token#x" }, ['"tokenEndpoint" must not have a fragment']],
    [{ ...GOOD, sandbox: "yes" }, ['"sandbox" must be true or false']],
    [{ ...GOOD, hots: "x", "": 1 }, ['"hots" is not a setting.', '"" is not a setting.']],
  ])("refuses %j", (content, expected) => {
    const problems = problemsOf(content);
    expect(problems.map((problem, index) => problem.slice(0, expected[index]?.length))).toEqual(expected);
  });

  test("no problem shows the password", () => {
    expect(problemsOf({ ...GOOD, host: "https://me:secret@api.example" }).join()).not.toContain("secret");
  });
});

test("the policy names the addresses that are needed, and no more", () => {
  const config = { ...GOOD, tokenEndpoint: "https://login.example/a;b,c?d", sandbox: false };
  expect(connectionPolicy(config)).toBe(
    "connect-src https://api.example/symbl/v1/manage/ https://login.example/a%3Bb%2Cc",
  );
  expect(connectionPolicy({ ...config, sandbox: true })).toMatch(
    / https:\/\/api\.example\/symbl\/sandbox\/$/,
  );
});

describe.skipIf(!CHROME)("the built folder", () => {
  let folder: string;
  let sandbox: Awaited<ReturnType<typeof start>>;
  let served: Awaited<ReturnType<typeof serveFolder>>;
  let browser: Browser;
  let page: Page;

  const settings = () => ({ ...sandboxConfig(sandbox.url), account: "Example Ltd." });
  const configure = (content: unknown) =>
    writeFile(path.join(folder, "config.json"), JSON.stringify(content));

  beforeAll(async () => {
    folder = await buildDashboard(await mkdtemp(path.join(tmpdir(), "hosted-")));
    sandbox = await start();
    served = await serveFolder(folder, "/tools/trackers/");
    browser = await chromium.launch({ executablePath: CHROME as string, args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    await sandbox?.close();
    await rm(folder, { recursive: true });
  });
  afterEach(() => page?.close());

  async function open(): Promise<void> {
    page = await browser.newPage();
    await page.goto(served.url);
  }
  const openReady = async () => {
    await configure(settings());
    await open();
    await page.getByRole("link", { name: SAMPLE.name, exact: true }).first().waitFor({ state: "attached" });
  };

  test("works below a path, and makes no request besides its files and the service", async () => {
    page = await browser.newPage();
    const urls: string[] = [];
    page.on("request", (request) => urls.push(request.url()));
    await configure(settings());
    await page.goto(served.url);
    await page.getByRole("link", { name: SAMPLE.name, exact: true }).first().waitFor({ state: "attached" });
    await page.getByText("Example Ltd.").first().waitFor();
    const others = urls.filter((url) => !url.startsWith(served.url));
    expect(new Set(others.map((url) => new URL(url).pathname))).toEqual(
      new Set(["/sandbox/token", "/v1/manage/trackers"]),
    );
  });

  test.each([
    ["a missing file", undefined, "There is no such file on the server."],
    ["the file as it was built", "built", "is empty: the address of the API"],
    ["a misspelt key", { hots: "x" }, "is not a setting"],
  ])("%s is explained on the page", async (_, content, message) => {
    const file = path.join(folder, "config.json");
    if (content === undefined) await rm(file, { force: true });
    else if (content === "built")
      await cp(path.join(import.meta.dirname, "../../www/public/config.json"), file);
    else await configure(content);
    await open();
    await page.getByRole("heading", { name: "This dashboard cannot start" }).waitFor();
    expect(await page.getByRole("alert").textContent()).toContain(message);
    expect(await page.getByRole("main").textContent()).toContain(`${served.url}config.json`);
    // A corrected file takes effect without a build.
    await configure(settings());
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: SAMPLE.name, exact: true }).first().waitFor({ state: "attached" });
  });

  test("its policies hold in Chromium", async () => {
    await openReady();
    expect(await page.evaluate(attack, { allowed: sandbox.url, own: served.url })).toEqual(HELD);
  });

  test.skipIf(!process.env.FIREFOX)(
    "its policies hold in Firefox",
    async () => {
      await configure(settings());
      const firefox = await puppeteer.launch({
        browser: "firefox",
        executablePath: process.env.FIREFOX as string,
      });
      try {
        const tab = await firefox.newPage();
        await tab.goto(served.url);
        await tab.waitForSelector(`a[href*="${SAMPLE.id}"]`);
        expect(await tab.evaluate(attack, { allowed: sandbox.url, own: served.url })).toEqual(HELD);
      } finally {
        await firefox.close();
      }
    },
    180_000,
  );

  test("works with the headers and the token endpoint of the README", async () => {
    const readme = await readFile(path.join(import.meta.dirname, "../../README.md"), "utf8");
    const block = (language: string) =>
      new RegExp(`^\x60{3}${language}\\n(.*?)^\x60{3}$`, "gms").exec(readme)?.[1] ?? "";
    const headers = Object.fromEntries(
      block("http")
        .trim()
        .split("\n")
        .map((line) => line.split(": ", 2) as [string, string]),
    );
    expect(Object.keys(headers)).toContain("Content-Security-Policy");

    const server = path.join(folder, "..", `${path.basename(folder)}.mjs`);
    const code = block("mjs");
    expect(code).toContain("isSignedIn = (request) => false");
    await writeFile(
      server,
      code.replace("(request) => false", '({ headers }) => headers.cookie === "session=7"'),
    );
    const port = await freePort();
    const env = { API_HOST: sandbox.url, APP_ID: "sandbox", APP_SECRET: "sandbox", PORT: `${port}` };
    let host: Awaited<ReturnType<typeof serveInFront>> | undefined;
    const child = spawn(process.execPath, [server], { env, stdio: "inherit" });
    try {
      const ask = () =>
        fetch(`http://127.0.0.1:${port}`).then(
          ({ status }) => status,
          () => 0,
        );
      await expect.poll(ask, { timeout: 15_000 }).toBe(405);
      await configure({ ...settings(), tokenEndpoint: "token", sandbox: false });
      host = await serveInFront(served.url, headers, port);
      page = await browser.newPage();
      await page.goto(host.url);
      await page.getByText("Your session has ended. Sign in again").first().waitFor();
      await page.context().addCookies([{ name: "session", value: "7", url: host.url }]);
      await page.reload();
      await page.getByRole("link", { name: SAMPLE.name, exact: true }).first().waitFor({ state: "attached" });
    } finally {
      await host?.close();
      child.kill();
      await rm(server);
    }
  }, 180_000);

  test("has no secret, no source and no trace of this machine", async () => {
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ name }) => path.extname(name))).not.toContain(".map");
    for (const { parentPath, name } of files) {
      if (name === "config.json") continue;
      const text = await readFile(path.join(parentPath, name), "utf8");
      for (const trace of [
        "appSecret",
        "127.0.0.1:517",
        "/oauth2/token",
        path.resolve(import.meta.dirname, "../.."),
      ])
        expect(text.includes(trace), `${name} contains ${trace}`).toBe(false);
    }
  });
});

/** A reverse proxy in front of the folder: it adds headers, and forwards requests to the token endpoint. */
async function serveInFront(url: string, headers: http.OutgoingHttpHeaders, tokenPort: number) {
  const server = http.createServer(
    async ({ url: path = "", method = "", headers: { cookie = "" } }, response) => {
      const to = path.endsWith("/token") ? `http://127.0.0.1:${tokenPort}/` : new URL(path, url);
      const answer = await fetch(to, { method, headers: { cookie } });
      const type = answer.headers.get("content-type");
      response.writeHead(answer.status, { ...headers, ...(type && { "content-type": type }) });
      response.end(Buffer.from(await answer.arrayBuffer()));
    },
  );
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(url).pathname}`,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A port that is free at the moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

const HELD = {
  api: "done",
  elsewhereOnApi: "blocked",
  own: "blocked",
  otherOrigin: "blocked",
  eval: "blocked",
  innerHTML: "blocked",
  inlineScript: "blocked",
  foreignScript: "blocked",
  policyName: "blocked",
  image: "blocked",
  frame: "blocked",
  form: "blocked",
  base: "blocked",
};

/** Tries what injected code would try, and returns what was prevented. It runs in the page, so it is self-contained. */
async function attack({ allowed, own }: { allowed: string; own: string }): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  const attempt = async (name: string, work: () => unknown) => {
    try {
      results[name] = (await work()) === false ? "blocked" : "done";
    } catch {
      results[name] = "blocked";
    }
  };
  /** Whether a violation of this directive is reported while something is done. */
  const violates = async (directive: string, work: () => void) => {
    let isBlocked = false;
    const listen = (event: SecurityPolicyViolationEvent) => {
      isBlocked ||= event.effectiveDirective.startsWith(directive);
    };
    document.addEventListener("securitypolicyviolation", listen);
    work();
    for (let tries = 0; tries < 100 && !isBlocked; tries++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    document.removeEventListener("securitypolicyviolation", listen);
    return !isBlocked;
  };
  await attempt("api", () => fetch(`${allowed}/v1/manage/trackers`));
  await attempt("elsewhereOnApi", () => fetch(`${allowed}/oauth2/token:generate`, { method: "POST" }));
  await attempt("own", () => fetch(`${own}index.html`));
  await attempt("otherOrigin", () => fetch("https://evil.example/", { method: "POST", mode: "no-cors" }));
  // biome-ignore lint/security/noGlobalEval: it has to fail
  await attempt("eval", () => globalThis.eval("1"));
  await attempt("innerHTML", () => {
    document.createElement("div").innerHTML = "<b>x</b>";
  });
  await attempt("inlineScript", () => {
    const script = document.createElement("script");
    script.append("globalThis.wasInjected = true");
    document.head.append(script);
    return "wasInjected" in globalThis;
  });
  await attempt("foreignScript", () => {
    const script = document.createElement("script");
    script.src = "https://evil.example/x.js";
  });
  await attempt("policyName", () => {
    const { trustedTypes } = globalThis as unknown as {
      trustedTypes: { createPolicy: (name: string, rules: object) => unknown };
    };
    trustedTypes.createPolicy("mine", {});
  });
  await attempt("image", () =>
    violates("img-src", () => {
      new Image().src = "https://evil.example/x.png";
    }),
  );
  await attempt("frame", () =>
    violates("frame-src", () => {
      const frame = document.createElement("iframe");
      frame.src = "https://evil.example/";
      document.body.append(frame);
    }),
  );
  await attempt("form", () =>
    violates("form-action", () => {
      const form = document.createElement("form");
      form.action = "https://evil.example/";
      document.body.append(form);
      form.submit();
    }),
  );
  await attempt("base", () =>
    violates("base-uri", () => {
      const base = document.createElement("base");
      base.href = "https://evil.example/";
      document.head.append(base);
    }),
  );
  return results;
}
