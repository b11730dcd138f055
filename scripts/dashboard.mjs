// `npm run build:dashboard` writes www/dist: the dashboard as files for any static host.
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build as buildPackage } from "./build.mjs";
import { main } from "./setup/child.mjs";
import { root, setup } from "./setup.mjs";

/** @import { InlineConfig, Plugin } from "vite" */

/** The settings of the dashboard, for `npm start` and the tests. @typedef {import("../www/config.ts").Config} Config */

/**
 * How Vite builds and serves the dashboard.
 *
 * @param {Partial<Config>} [config] what a development server serves as config.json. Default: www/public/config.json
 * @returns {InlineConfig}
 */
export function viteConfig(config) {
  return {
    root: join(root, "www"),
    // Relative, so that the folder works below any path.
    base: "./",
    configFile: false,
    clearScreen: false,
    plugins: config ? [serving(config)] : [],
    build: {
      emptyOutDir: true,
      // The browsers that the editor needs preload modules themselves.
      modulePreload: { polyfill: false },
    },
  };
}

/**
 * The settings of a dashboard that uses a sandbox.
 *
 * @param {string} url where the sandbox is
 * @returns {Config}
 */
export function sandboxConfig(url) {
  return { host: url, tokenEndpoint: `${url}/sandbox/token`, account: "Sandbox", sandbox: true };
}

/** @param {Partial<Config>} config @returns {Plugin} */
function serving(config) {
  return {
    name: "config.json",
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (!/^\/config\.json(\?|$)/.test(request.url ?? "")) return next();
        response.setHeader("content-type", "application/json").end(JSON.stringify(config));
      });
    },
  };
}

/**
 * Builds the dashboard with the present pkg/dist.
 *
 * @param {string} [folder] where to write it. Default: www/dist
 */
export async function buildDashboard(folder = join(root, "www", "dist")) {
  const { build } = await import("vite");
  const config = viteConfig();
  // Vite reads this variable, and test runners set it to another value.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  try {
    await build({ ...config, logLevel: "error", build: { ...config.build, outDir: folder } });
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
  return folder;
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(async () => {
    await buildPackage(await setup({ tests: false }));
    await buildDashboard();
    console.log("The dashboard is in www/dist. Edit config.json there, and serve the folder.");
  });
}
