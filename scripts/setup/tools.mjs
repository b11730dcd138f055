// The command-line tools that are built from crates, each at a pinned version in the user's cache.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, cached } from "./cache.mjs";
import { Failure, run } from "./child.mjs";

/**
 * @typedef {object} Tool
 * @property {string} crate
 * @property {string} version
 * @property {string[]} args
 * @property {number} seconds roughly, on two cores
 * @property {string} bin the folder its programs are in
 */

/** The glue that wasm-bindgen's tool writes fits only the crate of that very version. @param {string} root */
function wasmBindgenVersion(root) {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const version = lock.match(/name = "wasm-bindgen"\r?\nversion = "(.*)"/)?.[1];
  if (!version) throw new Failure("Cargo.lock names no version of wasm-bindgen: is the clone complete?");
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
    // Unoptimised: it builds three times as fast and runs for a tenth of a second. Not `--locked`: the lock file
    // in this crate names crates that were taken back.
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
      // Built outside the project, whose .cargo/config.toml is not meant for it; without debug information,
      // which takes a quarter of the time and 200 MB.
      await run(
        cargo,
        ["install", tool.crate, "--version", tool.version, "--root", temporary, "--no-track", ...tool.args],
        {
          cwd: cache,
          env: { ...process.env, RUSTC: rustc, CARGO_TARGET_DIR: work, CARGO_PROFILE_DEV_DEBUG: "0" },
          onLine,
          remedy:
            `${tool.crate} ${tool.version} could not be built. It needs cargo's registry (network, proxy), a C ` +
            "linker (Debian: gcc libc6-dev) and some disk space.",
        },
      );
      rmSync(work, { recursive: true });
    },
    () => onLine("another set-up is installing it; waiting"),
  );
}
