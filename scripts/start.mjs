// `npm start` starts the dashboard and the sandbox of the API that the dashboard calls.
import { createServer as createHttpServer } from "node:http";
import { build } from "./build.mjs";
import { sandboxConfig, viteConfig } from "./dashboard.mjs";
import { Failure, main, onStop } from "./setup/child.mjs";
import { setup } from "./setup.mjs";

const HOST = "127.0.0.1";

/**
 * Reads a port from the environment, with a default.
 * @param {string} variable
 * @param {number} fallback
 */
function portFrom(variable, fallback) {
  const text = process.env[variable] || String(fallback);
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Failure(`${variable} is "${text}", but it must be a port number from 0 to 65535.`);
}

/**
 * Opens a server on the given port, or on the next free one.
 * @template T
 * @param {number} first
 * @param {(port: number) => Promise<T>} open rejects with EADDRINUSE
 */
async function nextFree(first, open) {
  for (let port = first; ; port++) {
    try {
      // After 50 attempts, let the system choose a port.
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
  return sandbox.url;
}

/**
 * Starts Vite in middleware mode behind our own HTTP server. Vite's own server ends the process on SIGTERM, before
 * the sandbox is closed.
 * @param {number} first
 * @param {string} sandboxUrl
 */
async function startDashboard(first, sandboxUrl) {
  const { createServer } = await import("vite");
  const server = createHttpServer();
  const vite = await createServer({
    ...viteConfig(sandboxConfig(sandboxUrl)),
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
  if (address === null || typeof address === "string")
    throw new Error("unreachable: the server listens on a port");
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
  // Ctrl-C is the normal way to stop this script, so npm should not report an error.
  { signalCode: 0 },
);
