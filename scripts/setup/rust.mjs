// A rustc that compiles for wasm32-unknown-unknown, and the cargo, clippy and rustfmt that belong to it.
//
// In this order: one on PATH that has the target; Debian's, which has the sources of the standard library but
// not the library, so that it is built once; rustup's.
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { cache, cached } from "./cache.mjs";
import { attempt, Failure, probe, run } from "./child.mjs";
import { aptRemedy, canInstall, compareVersions, isDebian, isRoot, missingPackages } from "./debian.mjs";

export const target = "wasm32-unknown-unknown";
export const cargoHome = process.env.CARGO_HOME || join(homedir(), ".cargo");

const debianRustc = "/usr/bin/rustc";
const debianLinker = "/usr/bin/lld-19";
/** All of one source, and so of one version. */
const debianRust = ["rustc-web", "cargo-web", "rust-web-src"];
const debianRustForTests = ["rust-web-clippy", "rustfmt-web"];

/** Raised when the recipe of `buildSysroot` changes, so that nobody keeps a library made by the old one. */
const RECIPE = 3;

/** @typedef {import("./progress.mjs").Progress} Progress */
/** @typedef {{root: string, tests: boolean}} Need */

/**
 * @typedef {object} Rust
 * @property {string} bin the folder that goes first on PATH
 * @property {string} rustc
 * @property {string} cargo
 * @property {string} version what `rustc -vV` says
 * @property {string} host
 * @property {string} sources where this compiler believes the sources of the standard library to be
 * @property {string} [sysroot] only when the standard library was built here
 */

/** Probing must never start a download: a rustup proxy would fetch a whole toolchain. */
const quiet = { ...process.env, RUSTUP_AUTO_INSTALL: "0" };

/** @param {string} text @param {string} name */
const field = (text, name) => text.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1] ?? "";

/** The oldest compiler that Cargo.toml allows. @param {string} root */
function oldest(root) {
  return readFileSync(join(root, "Cargo.toml"), "utf8").match(/^rust-version = "(.*)"/m)?.[1] ?? "1.85";
}

/** Every folder with a rustc: those on PATH, and cargo's own, which a new shell may not have on PATH yet. */
function folders() {
  const all = [...(process.env.PATH ?? "").split(delimiter), join(cargoHome, "bin"), "/usr/bin"];
  const real = all
    .filter((folder) => existsSync(join(folder, "rustc")))
    .map((folder) => realpathSync(folder));
  // Not our own wrappers, which a shell may have on PATH: the compiler behind them is asked.
  return [...new Set(real)].filter((folder) => !folder.includes(join(basename(cache), "rust-")));
}

/**
 * @param {string} bin
 * @param {Need} need
 * @returns {Promise<{rust?: Rust, hasTarget: boolean, complete: boolean, why: string}>} `why` it cannot be taken
 */
async function inspect(bin, { root, tests }) {
  const no = (/** @type {string} */ why) => ({ hasTarget: false, complete: false, why });
  const rustc = join(bin, "rustc");
  const [version, own, paths, cargo, clippy, rustfmt] = await Promise.all([
    probe(rustc, ["-vV"], quiet),
    probe(rustc, ["--print", "sysroot"], quiet),
    probe(rustc, ["--print", "target-libdir", "--target", target], quiet),
    probe(join(bin, "cargo"), ["-V"], quiet),
    tests ? probe(join(bin, "cargo-clippy"), ["-V"], quiet) : undefined,
    tests ? probe(join(bin, "rustfmt"), ["-V"], quiet) : undefined,
  ]);
  if (!version.ok) return no(`does not run: ${version.why}`);
  const release = field(version.out, "release");
  if (compareVersions(release, oldest(root)) < 0) return no(`is ${release}, older than ${oldest(root)}`);
  if (!cargo.ok) return no("has no cargo beside it");
  const rust = {
    ...{ bin, rustc, cargo: join(bin, "cargo") },
    ...{ version: version.out, host: field(version.out, "host") },
    sources: join(own.out.trim(), "lib", "rustlib", "src", "rust"),
  };
  const library = paths.out.trim();
  const hasTarget =
    paths.ok && existsSync(library) && readdirSync(library).some((file) => file.startsWith("libstd-"));
  const hasSources = existsSync(join(rust.sources, "library", "Cargo.lock"));
  const hasTools = !tests || (clippy?.ok === true && rustfmt?.ok === true);
  const complete = hasSources && hasTools;
  const lacks = [
    !hasTarget && `the ${target} target`,
    !hasSources && "the sources of the standard library",
    !hasTools && "clippy or rustfmt",
  ].filter(Boolean);
  return { rust, hasTarget, complete, why: `lacks ${lacks.join(" and ")}` };
}

/**
 * How to come by the compiler. Looks only; installs nothing.
 * @typedef {object} Plan
 * @property {string[]} packages Debian's packages to install first
 * @property {number} steps how many steps the two functions below will announce
 * @property {(progress: Progress) => Promise<Rust>} compiler enough to build tools for this machine
 * @property {(compiler: Rust, progress: Progress) => Promise<Rust>} withTarget
 *
 * @param {Need} need
 * @returns {Promise<Plan>}
 */
export async function planRust(need) {
  const bins = folders();
  const found = await Promise.all(bins.map((bin) => inspect(bin, need)));
  const taken =
    found.find(({ hasTarget, complete }) => hasTarget && complete)?.rust ??
    found.flatMap(({ rust, complete }) => (rust && complete && builtSysroot(rust)) || [])[0];
  if (taken) return { packages: [], steps: 0, compiler: async () => taken, withTarget: async () => taken };

  const wanted = Object.fromEntries([
    ...[...debianRust, ...(need.tests ? debianRustForTests : [])].map((name) => [name, oldest(need.root)]),
    ["lld-19", ""],
  ]);
  const missing = isDebian ? await missingPackages(wanted) : wanted;
  const packages = Object.keys(missing);
  if (packages.length === 0 || (await canInstall(missing))) return planDebian(need, packages);
  const seen = found.map(({ why }, index) => `  ${join(bins[index] ?? "", "rustc")} ${why}\n`).join("");
  const rustup = bins.map((bin) => join(bin, "rustup")).find((path) => existsSync(path));
  const failure = (/** @type {string} */ said) =>
    new Failure(
      `No Rust compiler for ${target} is here, and none could be installed:\n${seen}` +
        `  Debian's packages: ${!isDebian ? "this is not Debian" : isRoot ? "not on offer here" : "that needs root"}\n` +
        `  rustup: ${said}\nOne of these mends it; then start again:\n` +
        (isDebian && !isRoot ? `  ${aptRemedy(packages)}\n` : "") +
        `  with rustup (https://rustup.rs): rustup update stable && rustup default stable && rustup target add ${target}`,
    );
  if (!rustup) throw failure("not installed");
  return planRustup(need, rustup, failure);
}

/** @param {Need} need @param {string[]} packages @returns {Plan} */
function planDebian(need, packages) {
  return {
    packages,
    steps: 1,
    compiler: async () => {
      const { rust, why } = await inspect(dirname(debianRustc), need);
      if (!rust)
        throw new Failure(`${debianRustc} ${why}: are Debian's packages up to date? ${aptRemedy(packages)}`);
      return rust;
    },
    withTarget: (compiler, progress) =>
      progress.step(
        "the standard library for wasm32, built once for each compiler version (about 40 s)",
        (onLine) => buildSysroot(compiler, onLine),
      ),
  };
}

/**
 * @param {Need} need
 * @param {string} rustup
 * @param {(said: string) => Failure} failure
 * @returns {Plan}
 */
function planRustup(need, rustup, failure) {
  return {
    packages: [],
    steps: 1,
    compiler: (progress) =>
      progress.step(`rustup target add ${target} (about 10 s)`, async (onLine) => {
        const wanted = [
          ["target", "add", target],
          ["component", "add", "rust-src", ...(need.tests ? ["clippy", "rustfmt"] : [])],
        ];
        for (const args of wanted) {
          const { code, all } = await attempt(rustup, args, { onLine });
          if (code !== 0) throw failure(all.trim());
        }
        const { rust, hasTarget, complete, why } = await inspect(dirname(rustup), need);
        if (rust && hasTarget && complete) return rust;
        throw failure(`its rustc ${why}`);
      }),
    withTarget: async (compiler) => compiler,
  };
}

/** @param {Rust} rust */
function sysrootOf(rust) {
  const key = createHash("sha256").update(`${RECIPE}\n${rust.version}`).digest("hex").slice(0, 12);
  return join(cache, `rust-${field(rust.version, "release")}-${key}`);
}

/** The same compiler with the library that an earlier run built for it, if it did. @param {Rust} rust */
function builtSysroot(rust) {
  const sysroot = sysrootOf(rust);
  const bin = join(sysroot, "bin");
  if (!existsSync(join(sysroot, "lib", "rustlib", rust.host, "bin", "rust-lld"))) return undefined;
  return { ...rust, bin, rustc: join(bin, "rustc"), cargo: join(bin, "cargo"), sysroot };
}

/** Where cargo unpacks crates: one folder a registry, whose name depends on the registry's address. */
export function registrySources() {
  const sources = join(cargoHome, "registry", "src");
  return existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : [];
}

/**
 * Builds the standard library for wasm32 from the compiler's own sources, once a compiler version.
 * @param {Rust} rust
 * @param {(line: string) => void} onLine
 */
async function buildSysroot(rust, onLine) {
  const sysroot = sysrootOf(rust);
  await cached(
    sysroot,
    (temporary) => fillSysroot(rust, sysroot, temporary, onLine),
    () => onLine("another set-up is building it; waiting"),
  );
  const built = builtSysroot(rust);
  if (!built) throw new Error(`${sysroot} is not usable: delete it and start again`);
  return built;
}

/**
 * @param {Rust} rust
 * @param {string} sysroot where it will stand
 * @param {string} temporary where it is put together
 * @param {(line: string) => void} onLine
 */
async function fillSysroot(rust, sysroot, temporary, onLine) {
  const work = join(temporary, "build");
  mkdirSync(join(work, "src"), { recursive: true });
  writeFileSync(join(work, "src", "lib.rs"), "");
  writeFileSync(join(work, "Cargo.toml"), '[package]\nname = "empty"\nedition = "2021"\n\n[workspace]\n');
  const build = ["-Zbuild-std=std,panic_abort,test", "--target", target, "--manifest-path"];
  const manifest = join(work, "Cargo.toml");
  /** @type {NodeJS.ProcessEnv} `-Zbuild-std` is unstable; the compiler is not, it only has to let us. */
  const env = {
    ...process.env,
    RUSTC: rust.rustc,
    RUSTC_BOOTSTRAP: "1",
    CARGO_TARGET_DIR: join(work, "target"),
  };
  const options = {
    ...{ cwd: work, env, onLine },
    remedy:
      "The standard library could not be built. It needs a few crates: can cargo reach its registry, and is " +
      "there disk space?",
  };
  await run(rust.cargo, ["fetch", ...build, manifest], options);
  // The names that the official library carries, so that a wasm file tells nothing about this machine, and is
  // the same whichever of the two it was linked with.
  env.CARGO_ENCODED_RUSTFLAGS = [
    ...[rust.sources, realpathSync(rust.sources)].map(
      (sources) => `--remap-path-prefix=${sources}=/rustc/${field(rust.version, "commit-hash")}`,
    ),
    ...registrySources().map((folder) => `--remap-path-prefix=${folder}=/rust/deps`),
    // Without bitcode in it, `lto = "fat"` cannot see into it.
    "-Cembed-bitcode=yes",
  ].join("\x1f");
  await run(rust.cargo, ["build", "--release", ...build, manifest], options);

  const libraries = join(temporary, "lib", "rustlib", target, "lib");
  mkdirSync(libraries, { recursive: true });
  const built = join(work, "target", target, "release", "deps");
  for (const file of readdirSync(built)) {
    if (file.endsWith(".rlib") && !file.startsWith("libempty-")) {
      copyFileSync(join(built, file), join(libraries, file));
    }
  }
  rmSync(work, { recursive: true });

  // The build of the package compiles it once more, its own way.
  symlinkSync(join(rust.sources, ".."), join(temporary, "lib", "rustlib", "src"));
  const host = join(temporary, "lib", "rustlib", rust.host);
  mkdirSync(join(host, "bin"), { recursive: true });
  symlinkSync(join(rust.sources, "..", "..", rust.host, "lib"), join(host, "lib"));
  symlinkSync(debianLinker, join(host, "bin", "rust-lld"));

  const bin = join(temporary, "bin");
  mkdirSync(bin);
  const quoted = `'${sysroot.replaceAll("'", `'\\''`)}'`;
  for (const tool of ["rustc", "rustdoc"]) {
    writeFileSync(join(bin, tool), `#!/bin/sh\nexec ${join(rust.bin, tool)} --sysroot ${quoted} "$@"\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  // These two take the sysroot from the environment instead.
  for (const tool of ["cargo-clippy", "clippy-driver"]) {
    writeFileSync(join(bin, tool), `#!/bin/sh\nSYSROOT=${quoted} exec ${join(rust.bin, tool)} "$@"\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  for (const tool of ["cargo", "cargo-fmt", "rustfmt"]) symlinkSync(join(rust.bin, tool), join(bin, tool));
}
