// Where the package cannot run, it says so: nothing was sent, and what is missing has a name. Each case is a process of
// its own, as the modules are compiled once.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const dist = new URL("../../pkg/dist/index.js", import.meta.url).href;

/** What a script that imports the package prints as JSON, under these switches of Node. */
async function inNode(script: string, ...switches: string[]) {
  const code = `const api = await import(${JSON.stringify(dist)});
    const outcome = async (work) => {
      try { await work(); return "no error"; } catch (error) { return { ...error, name: error.name, message: error.message, known: api.isTrackerError(error) }; }
    };
    const tracker = { id: "1", name: "a", vocabulary: [] };
    ${script}`;
  const { stdout } = await run(process.execPath, [...switches, "--input-type=module", "-e", code]);
  return JSON.parse(stdout);
}

const UNSUPPORTED = {
  name: "TrackerError",
  known: true,
  code: "unsupported_environment",
  outcome: "not_applied",
  attempts: [],
};

const EVERYTHING = `console.log(JSON.stringify([
  await outcome(() => api.updateTracker("1", tracker, { accessToken: "t" })),
  await outcome(() => new api.TrackerClient({ accessToken: "t" }).list()),
  await outcome(() => api.buildUpdateRequest("1", tracker, { accessToken: "t" })),
  await outcome(() => api.validateTracker(tracker)),
  await outcome(() => api.adviseTracker(tracker)),
  await outcome(() => new api.TrackerDraft(tracker)),
  await outcome(() => api.ready()),
]));`;

describe("an environment that refuses WebAssembly", () => {
  it("without it, as under --jitless: everything says so", async () => {
    const errors = await inNode(EVERYTHING, "--jitless");
    expect(errors).toHaveLength(7);
    for (const error of errors) {
      expect(error).toMatchObject(UNSUPPORTED);
      expect(error.message).toContain("WebAssembly");
    }
  });

  it("that refuses to compile, as a Content-Security-Policy does: names the directive", async () => {
    // What an engine does under such a policy; the browser suite has a page with a real one.
    const refuse = `const refuse = () => { throw new WebAssembly.CompileError("disallowed by embedder"); };
      WebAssembly.Module = class { constructor() { refuse(); } };
      WebAssembly.compile = async () => refuse();`;
    const errors = await inNode(refuse + EVERYTHING);
    for (const error of errors) {
      expect(error).toMatchObject(UNSUPPORTED);
      expect(error.message).toContain("'wasm-unsafe-eval'");
    }
  });

  it("that compiles over 4 KB only asynchronously, as Chromium before 115: ready() is enough", async () => {
    const limit = `const { Module, Instance } = WebAssembly;
      const large = new WeakSet();
      const compile = WebAssembly.compile;
      WebAssembly.Module = function (bytes) {
        if (bytes.byteLength > 4096) throw new RangeError("WebAssembly.Compile is disallowed on the main thread");
        return new Module(bytes);
      };
      WebAssembly.compile = async (bytes) => { const module = await compile(bytes); large.add(module); return module; };
      WebAssembly.Instance = function (module, imports) {
        if (large.has(module)) throw new RangeError("WebAssembly.Instance is disallowed on the main thread");
        return new Instance(module, imports);
      };`;
    const [before, after, option] = await inNode(`${limit}
      const before = await outcome(() => api.validateTracker(tracker));
      await api.ready();
      const after = api.validateTracker(tracker);
      const option = await outcome(() => api.updateTracker("1", tracker, { accessToken: "t", baseUrl: "x" }));
      console.log(JSON.stringify([before, after, option]));`);
    expect(before).toMatchObject(UNSUPPORTED);
    expect(before.message).toContain("await ready()");
    expect(after).toMatchObject({ ok: true });
    expect(option).toMatchObject({ code: "invalid_option" });
  });
});

describe("an environment without a global", () => {
  it.each(["WebAssembly", "TextEncoder", "TextDecoder"])("%s: everything names it", async (name) => {
    const errors = await inNode(`delete globalThis.${name};${EVERYTHING}`);
    for (const error of errors) {
      expect(error).toMatchObject(UNSUPPORTED);
      expect(error.message).toContain(name);
    }
  });

  it.each(["fetch", "AbortController", "URL", "setTimeout", "clearTimeout"])(
    "%s: what sends names it, before anything is sent",
    async (name) => {
      const error = await inNode(`delete globalThis.${name};
        console.log(JSON.stringify(await outcome(() => api.updateTracker("1", tracker, { accessToken: "t" }))));`);
      expect(error).toMatchObject(UNSUPPORTED);
      expect(error.message).toContain(` ${name}.`);
    },
  );

  it("Request: buildUpdateRequest names it; sending needs neither it, nor Headers, nor crypto", async () => {
    const [built, sent] =
      await inNode(`delete globalThis.Request; delete globalThis.Headers; delete globalThis.crypto;
      const fetch = async () => ({ status: 200, body: null });
      console.log(JSON.stringify([
        await outcome(() => api.buildUpdateRequest("1", tracker, { accessToken: "t" })),
        await outcome(() => api.updateTracker("1", tracker, { accessToken: "t", fetch })),
      ]));`);
    expect(built).toMatchObject(UNSUPPORTED);
    expect(built.message).toContain(" Request.");
    expect(sent).toBe("no error");
  });

  it("importing needs none of them", async () => {
    const names = [
      "WebAssembly",
      "TextEncoder",
      "TextDecoder",
      "fetch",
      "URL",
      "AbortController",
      "crypto",
      "Request",
    ];
    const deleted = names.map((name) => `delete globalThis.${name};`).join("");
    const { stdout } = await run(process.execPath, [
      "--input-type=module",
      "-e",
      `${deleted} const api = await import(${JSON.stringify(dist)}); console.log(typeof api.validateTracker);`,
    ]);
    expect(stdout.trim()).toBe("function");
  });
});
