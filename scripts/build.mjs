// Makes pkg/dist/, what the npm package ships: the crate as optimised wasm, its glue, and the facade.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { SHORTEN, withShortNames } from "./names.mjs";
import { pack } from "./pack.mjs";
import { trapAtPanics } from "./panics.mjs";
import { replaced, withLock } from "./setup/cache.mjs";
import { Failure, main, run } from "./setup/child.mjs";
import { Progress } from "./setup/progress.mjs";
import { cargoHome, registrySources, target } from "./setup/rust.mjs";
import { root, setup } from "./setup.mjs";

/** Every engine that the package supports has SIMD; the tests compile with the same flag. */
export const wasmFlags = ["-C", "target-feature=+simd128"];

/**
 * `-O3` for speed; `-Oz` would save 0.1 kB of brotli. The first kilobyte of memory is the far end of the stack, which
 * no pointer but the stack's own leads to: offsets below 1,024 can be folded into loads. Never `--all-features`: that
 * makes modules which engines refuse.
 */
const OPTIMISE = ["-O3", "--low-memory-unused"];

const dist = join(root, "pkg", "dist");
const work = join(root, "target", "pkg");
const stamp = join(work, "stamp");
const npmBin = join(root, "node_modules", ".bin");

/** What pkg/dist is made of, besides the compiler. */
const inputs = [
  ...["Cargo.toml", "Cargo.lock", ".cargo", "src", "pkg/src", "pkg/tsconfig.json", "tsconfig.json"],
  ...[
    "package-lock.json",
    "scripts/build.mjs",
    "scripts/names.mjs",
    "scripts/pack.mjs",
    "scripts/panics.mjs",
  ],
].map((path) => join(root, path));

/**
 * Builds what has changed; nothing, if nothing has. A failure leaves the last good pkg/dist.
 * @param {import("./setup.mjs").Toolchain} toolchain
 */
export async function build(toolchain) {
  const name = `build-${createHash("sha256").update(root).digest("hex").slice(0, 12)}`;
  await withLock(
    name,
    async () => {
      copyTexts();
      const before = hashOf(inputs, toolchain.rustVersion);
      if (existsSync(stamp) && readFileSync(stamp, "utf8") === before + hashOf([dist])) {
        console.log("build: pkg/dist is up to date");
        return;
      }
      await replaced(dist, work, (temporary) => fill(temporary, toolchain));
      writeFileSync(stamp, before + hashOf([dist]));
    },
    () => console.log("build: another build is running; waiting …"),
  );
}

/** The package shows the project's own README and licence. */
function copyTexts() {
  for (const name of readdirSync(root)) {
    if (name === "README.md" || name.startsWith("LICENSE"))
      copyFileSync(join(root, name), join(root, "pkg", name));
  }
}

/**
 * @param {string} folder becomes pkg/dist
 * @param {import("./setup.mjs").Toolchain} toolchain
 */
async function fill(folder, toolchain) {
  const { cargo, wasmBindgen } = toolchain;
  const progress = new Progress("build", 4);
  mkdirSync(work, { recursive: true });

  const crate = await progress.step("cargo build for wasm32 (about 40 s when cold)", async (onLine) => {
    const options = { cwd: root, env: { ...toolchain.env }, onLine };
    const lock = 'If Cargo.toml was changed, "cargo update --workspace" brings Cargo.lock up to date.';
    // Unpacks the crates, so that their folders are known below.
    await run(cargo, ["fetch", "--locked", "--target", target], { ...options, remedy: lock });
    options.env.CARGO_ENCODED_RUSTFLAGS = [...wasmFlags, ...anonymous(toolchain)].join("\x1f");
    const targetDir = join(root, "target");
    await run(
      cargo,
      ["build", "--release", "--locked", "--lib", "--target", target, "--target-dir", targetDir],
      {
        ...options,
        remedy: "The crate does not compile; the compiler says above where.",
      },
    );
    return join(targetDir, target, "release", "symbl_tracker.wasm");
  });

  await progress.step("wasm-bindgen", () =>
    run(wasmBindgen, [
      crate,
      ...["--target", "web", "--out-dir", work, "--out-name", "wasm", "--no-typescript"],
      // The bytes are inline: there is no default path to fetch them from.
      "--omit-default-module-path",
      "--remove-producers-section",
      // After an exception that is not ours the instance is started afresh: see pkg/src.
      "--experimental-reset-state-function",
    ]),
  );

  const optimised = join(work, "wasm.opt.wasm");
  const names = await progress.step(`wasm-opt ${OPTIMISE.join(" ")} (about 10 s)`, async () => {
    const trapping = join(work, "wasm.trap.wasm");
    writeFileSync(trapping, await trapAtPanics(readFileSync(join(work, "wasm_bg.wasm"))));
    return run(join(npmBin, "wasm-opt"), [...OPTIMISE, SHORTEN, trapping, "-o", optimised]);
  });
  const wasm = readFileSync(optimised);
  namesNoLocalPath(wasm, toolchain);
  writeFileSync(join(folder, "wasm.js"), withShortNames(readFileSync(join(work, "wasm.js"), "utf8"), names));
  writeFileSync(join(folder, "bytes.js"), await pack(wasm));

  await progress.step("the facade: tsc -p pkg", () =>
    run(join(npmBin, "tsc"), ["-p", join(root, "pkg"), "--outDir", folder], {
      cwd: root,
      remedy: "The facade (pkg/src) does not compile.",
    }),
  );
  // tsc leaves declarations that were written by hand where they are, and its own refer to them.
  for (const name of readdirSync(join(root, "pkg", "src"))) {
    if (name.endsWith(".d.ts")) copyFileSync(join(root, "pkg", "src", name), join(folder, name));
  }
  console.log(`build: wasm ${sizes(wasm)}; as JavaScript ${sizes(readFileSync(join(folder, "bytes.js")))}`);
}

/**
 * Panics name the file they are in: flags that make two machines write the same name, and none its own.
 * @param {import("./setup.mjs").Toolchain} toolchain
 */
function anonymous({ rustSources, rustVersion }) {
  const commit = rustVersion.match(/^commit-hash: (.*)$/m)?.[1];
  return [
    `${root}=/symbl-tracker`,
    ...registrySources().map((folder) => `${folder}=/crates`),
    `${rustSources}=/rustc/${commit}`,
  ].map((pair) => `--remap-path-prefix=${pair}`);
}

/** @param {Buffer} wasm @param {import("./setup.mjs").Toolchain} toolchain */
function namesNoLocalPath(wasm, { rustSources }) {
  for (const path of [join(root, "src"), join(cargoHome, "registry"), rustSources]) {
    const at = wasm.indexOf(path);
    if (at < 0) continue;
    const text = wasm.toString("latin1", at, at + 200).match(/^[\x20-\x7e]*/)?.[0];
    throw new Failure(`The wasm names a path of this machine: ${text}\nscripts/build.mjs has to remap it.`);
  }
}

/** @param {Uint8Array} bytes */
const sizes = (bytes) =>
  `${(bytes.length / 1000).toFixed(1)} kB, ${(brotliCompressSync(bytes).length / 1000).toFixed(1)} kB brotli`;

/**
 * A hash over the names and the content of files and folders; what does not exist counts as nothing.
 * @param {string[]} paths
 * @param {string} [also]
 */
function hashOf(paths, also = "") {
  const hash = createHash("sha256").update(also);
  /** @param {string} path */
  const add = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
    } else {
      const content = readFileSync(path);
      hash.update(`\0${path}\0${content.length}\0`).update(content);
    }
  };
  for (const path of paths) add(path);
  return hash.digest("hex");
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(async () => build(await setup({ tests: false })));
}
