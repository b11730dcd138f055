// How each bundler makes one file of a module, for production and for Node to run.

/** @typedef {(entry: string, out: string) => string} Script a module that bundles `entry` into `out` */

/** @type {Record<string, Script>} */
export const bundlers = {
  vite: (entry, out) => `
    import { build } from "vite";
    const rolldownOptions = { input: "${entry}", output: { entryFileNames: "${out}" } };
    await build({ configFile: false, logLevel: "error", build: { outDir: ".", emptyOutDir: false, rolldownOptions } });
  `,
  webpack: (entry, out) => `
    import { resolve } from "node:path";
    import webpack from "webpack";
    const output = { path: resolve("."), filename: "${out}" };
    webpack({ mode: "production", target: "web", entry: "./${entry}", output }, (error, stats) => {
      if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString());
    });
  `,
  "@rspack/core": (entry, out) => `
    import { resolve } from "node:path";
    import { rspack } from "@rspack/core";
    const output = { path: resolve("."), filename: "${out}" };
    rspack({ mode: "production", target: "web", entry: "./${entry}", output }, (error, stats) => {
      if (error || stats.hasErrors() || stats.hasWarnings()) throw error ?? new Error(stats.toString());
    });
  `,
  rollup: (entry, out) => `
    import { nodeResolve } from "@rollup/plugin-node-resolve";
    import { rollup } from "rollup";
    const onLog = (level, log) => { throw new Error(log.message); };
    const bundle = await rollup({ input: "${entry}", plugins: [nodeResolve()], onLog });
    await bundle.write({ file: "${out}", format: "es" });
  `,
  rolldown: (entry, out) => `
    import { rolldown } from "rolldown";
    const bundle = await rolldown({ input: "${entry}" });
    await bundle.write({ file: "${out}", format: "es", minify: true });
  `,
  esbuild: (entry, out) => `
    import { build } from "esbuild";
    await build({ entryPoints: ["${entry}"], bundle: true, minify: true, format: "esm", outfile: "${out}" });
  `,
};
