// The sandbox as a package of its own: packed, installed in an empty folder, and started by its name.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installed, publintMessages, run } from "./common/tarball.js";

let app: Awaited<ReturnType<typeof installed>>;
// With `prepack`, which copies the licence.
beforeAll(async () => {
  app = await installed("www/sandbox", []);
}, 300_000);
afterAll(() => app.remove());

const program = () => path.join(app.folder, "node_modules/.bin/symbl-tracker-sandbox");

/** Starts the program. Resolves when it has printed its two lines. */
async function started(...args: string[]) {
  return startedBy(program(), ...args);
}

async function startedBy(command: string, ...args: string[]) {
  const child = spawn(command, args, { cwd: app.folder, stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (lines.length === 2) break;
  }
  const [address = "", token = ""] = lines.map((line) => /^\w+ +(\S+)/.exec(line)?.[1] ?? line);
  return { child, address, token, lines };
}

async function stopped({ child }: Awaited<ReturnType<typeof started>>, signal: NodeJS.Signals = "SIGTERM") {
  child.kill(signal);
  return (await once(child, "exit")) as [code: number | null, signal: string | null];
}

const id = "4476908732794496";
const sent = [
  "A flat 10 20 percent sale is",
  "Flash sale is available right now",
  "Lifestyle discount is available",
];
const update = (address: string, token: string) =>
  fetch(`${address}/v1/manage/tracker/${id}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ id, name: "Promotion Mention", vocabulary: sent }),
  });

describe("the program", () => {
  it("answers the documented update as documented, until it is stopped", async () => {
    const server = await started("--port", "0");
    const { address, token } = server;
    const response = await update(address, token);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      tracker: {
        id,
        name: "Promotion Mention",
        vocabulary: [
          ...sent,
          "We have a special promotion going on if you book this before",
          "I can offer you a discount of 10 20 percent you being a new customer for us",
          "We have our month special this month",
          "We have a sale right now on",
        ],
      },
    });
    expect(await stopped(server)).toEqual([0, null]);
    await expect(fetch(address)).rejects.toThrow();
  });

  it("makes tokens as it says, and replaces vocabularies when told to", async () => {
    const server = await started("--port=0", "--update=replace");
    const body = /POST (\S+) with (\{.*\})/.exec(server.lines[1] ?? "");
    const response = await fetch(`${server.address}${body?.[1]}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: body?.[2] ?? "",
    });
    const { accessToken } = (await response.json()) as { accessToken: string };
    const updated = await update(server.address, accessToken);
    expect(await updated.json()).toMatchObject({ tracker: { vocabulary: sent } });
    expect(await stopped(server, "SIGINT")).toEqual([0, null]);
  });

  it("is stopped with npx, which passes no signal on", async () => {
    const server = await startedBy("npx", "symbl-tracker-sandbox", "--port", "0");
    expect((await update(server.address, server.token)).status).toBe(200);
    await stopped(server);
    const answers = () =>
      fetch(server.address).then(
        () => true,
        () => false,
      );
    await expect.poll(answers, { timeout: 30_000 }).toBe(false);
  });

  it("says which port is in use", async () => {
    const server = await started("--port", "0");
    const { port } = new URL(server.address);
    await expect(run(app.folder, program(), "--port", port)).rejects.toThrow(
      `symbl-tracker-sandbox: port ${port} is in use; choose another with --port`,
    );
    await stopped(server);
  });

  it.each([
    [["--port", "x"], '--port must be a number from 0 to 65535, got "x"'],
    [["--port", "65536"], '--port must be a number from 0 to 65535, got "65536"'],
    [["--update", "append"], '--update must be "merge" or "replace", got "append"'],
    [["--colour"], "Unknown option '--colour'"],
    [["5174"], "Unexpected argument '5174'"],
  ])("refuses %j", async (args, message) => {
    await expect(run(app.folder, program(), ...args)).rejects.toThrow(message);
  });

  it("prints its options", async () => {
    expect(await run(app.folder, program(), "--help")).toMatch(/^Usage: symbl-tracker-sandbox \[--port/);
  });
});

describe("the package", () => {
  it("has its modules, a README and the licence", () => {
    expect(app.files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "bin.mjs", "server.mjs"]));
    expect(app.files.filter((file) => !/^(\w+\.mjs|LICENSE|README\.md|package\.json)$/.test(file))).toEqual(
      [],
    );
  });

  it("is published as publint advises", async () => {
    expect(await publintMessages(app.tarball)).toEqual([]);
  });

  it("runs the example of its README", async () => {
    const readme = await readFile(
      path.join(app.folder, "node_modules/symbl-tracker-sandbox/README.md"),
      "utf8",
    );
    const code = /^```js\n(.*?)^```$/ms.exec(readme)?.[1] ?? "";
    await writeFile(path.join(app.folder, "example.js"), code);
    const comments = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, comment]) => comment);
    expect(comments.length).toBeGreaterThan(0);
    expect(await run(app.folder, process.execPath, "example.js")).toBe(`${comments.join("\n")}\n`);
  });
});
