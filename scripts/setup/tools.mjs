// Installs the command-line tools that are built from crates, at pinned versions, into the user's cache.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, cached } from "./cache.mjs";
import { Failure, run } from "./child.mjs";

/**
 * @typedef {object} Tool
 * @property {string} crate
 * @property {string} version
 * @property {string[]} args
 * @property {number} seconds the approximate build time on two cores
 * @property {string} bin the folder of its programs
 */

/** The version of the crate, which the command-line tool must match exactly. @param {string} root */
function wasmBindgenVersion(root) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const version = lock.match(/name = "wasm-bindgen"\r?\nversion = "(.*)"/)?.[1];
  if (!version) throw new Failure("Cargo.lock has no version of wasm-bindgen. Is the clone complete?");
  return version;
}

/**
 * @param {string} root
 * @param {{tests: boolean}} need
 * @returns {Tool[]}
 */
export function neededTools(root, { tests }) {
  /** @param {Omit<Tool, "bin">} tool @returns {Tool} */
  const tool = (tool) => ({
    ...tool,
    bin: join(cache, `${tool.crate}-${tool.version}-${process.platform}-${process.arch}`, "bin"),
  });
  const bindgen = tool({
    crate: "wasm-bindgen-cli",
    version: wasmBindgenVersion(root),
    // Unoptimised: it builds three times as fast and runs for only a tenth of a second. Not `--locked`, because the
    // lock file of this crate names yanked crates.
    args: ["--debug", "--no-default-features", "--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"],
    seconds: 40,
  });
  const wasmPack = tool({
    crate: "wasm-pack",
    version: "0.15.1",
    args: ["--debug", "--locked"],
    seconds: 40,
  });
  return tests ? [bindgen, wasmPack] : [bindgen];
}

/** @param {Tool} tool */
export const isInstalled = (tool) => existsSync(tool.bin);

/**
 * @param {Tool} tool
 * @param {{cargo: string, rustc: string}} compiler
 * @param {(line: string) => void} onLine
 */
export async function installTool(tool, { cargo, rustc }, onLine) {
  mkdirSync(cache, { recursive: true });
  await cached(
    join(tool.bin, ".."),
    async (temporary) => {
      const work = join(temporary, "target");
      // Built without debug information, which would take a quarter of the time and 200 MB.
      await run(
        cargo,
        ["install", tool.crate, "--version", tool.version, "--root", temporary, "--no-track", ...tool.args],
        {
          cwd: cache,
          env: { ...process.env, RUSTC: rustc, CARGO_TARGET_DIR: work, CARGO_PROFILE_DEV_DEBUG: "0" },
          onLine,
          remedy:
            `${tool.crate} ${tool.version} could not be built. The build needs access to cargo's registry (network, proxy), ` +
            "a C linker (Debian: gcc libc6-dev) and disk space.",
        },
      );
      rmSync(work, { recursive: true });
    },
    () => onLine("waiting for another set-up that is installing it"),
  );
}
