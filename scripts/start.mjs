// `npm start`: the dashboard, and the sandbox of the API that it talks to.
import { existsSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { join } from "node:path";
import { build } from "./build.mjs";
import { Failure, main, onStop } from "./setup/child.mjs";
import { root, setup } from "./setup.mjs";

const HOST = "127.0.0.1";

/**
 * A port from the environment, or the default.
 * @param {string} variable
 * @param {number} fallback
 */
function portFrom(variable, fallback) {
  const text = process.env[variable] || String(fallback);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Failure(`${variable} is "${text}": it has to be a port, a number from 0 to 65535.`);
}

/**
 * Opens a server on the port, or on the next one that is free.
 * @template T
 * @param {number} first
 * @param {(port: number) => Promise<T>} open rejects with EADDRINUSE
 */
async function nextFree(first, open) {
  for (let port = first; ; port++) {
    try {
      // After enough neighbours, any port that the system has.
      return await open(port > 65_535 || port > first + 50 ? 0 : port);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE") throw error;
    }
  }
}

/** @param {number} first */
async function startSandbox(first) {
  const { start } = await import("../www/sandbox/server.mjs");
  const sandbox = await nextFree(first, (port) => start({ port }));
  onStop(() => sandbox.close());
  return `http://${HOST}:${sandbox.port}/`;
}

/**
 * Vite behind a server of ours: Vite's own would end the process by itself on SIGTERM, before the sandbox is
 * closed.
 * @param {number} first
 * @param {string} sandboxUrl
 */
async function startDashboard(first, sandboxUrl) {
  const { createServer } = await import("vite");
  const config = join(root, "www", "vite.config.ts");
  const server = createHttpServer();
  const vite = await createServer({
    root: join(root, "www"),
    configFile: existsSync(config) ? config : false,
    clearScreen: false,
    define: { __SANDBOX_URL__: JSON.stringify(sandboxUrl) },
    server: { middlewareMode: true, hmr: { server } },
  });
  server.on("request", vite.middlewares);
  onStop(async () => {
    await vite.close();
    server.closeAllConnections();
    server.close();
  });
  await nextFree(
    first,
    (port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, HOST, () => {
          server.off("error", reject);
          resolve(undefined);
        });
      }),
  );
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("unreachable: it listens on a port");
  return `http://${HOST}:${address.port}/`;
}

await main(
  async () => {
    const ports = { dashboard: portFrom("PORT", 5173), sandbox: portFrom("SANDBOX_PORT", 5174) };
    await build(await setup({ tests: false }));
    const sandboxUrl = await startSandbox(ports.sandbox);
    const dashboardUrl = await startDashboard(ports.dashboard, sandboxUrl);
    console.log(`dashboard ${dashboardUrl}`);
    console.log(`sandbox ${sandboxUrl}`);
  },
  // Ctrl-C is how this is meant to end: npm need not call it an error.
  { signalCode: 0 },
);
