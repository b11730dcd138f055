// Finds or installs a rustc that compiles for wasm32-unknown-unknown, with its cargo, clippy and rustfmt.
//
// Tries, in this order: a compiler on PATH that has the target; Debian's, which has the sources of the standard library
// but not the compiled library, which is then built once; rustup's.
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
/** Packages from the same source package, so their versions match. */
const debianRust = ["rustc-web", "cargo-web", "rust-web-src"];
const debianRustForTests = ["rust-web-clippy", "rustfmt-web"];

/** Increased when `fillSysroot` changes, so a library that the old code built is no longer used. */
const SYSROOT_REVISION = 3;

/** @typedef {import("./progress.mjs").Progress} Progress */
/** @typedef {{root: string, tests: boolean}} Need */

/**
 * @typedef {object} Rust
 * @property {string} bin the folder to put first on PATH
 * @property {string} rustc
 * @property {string} cargo
 * @property {string} version the output of `rustc -vV`
 * @property {string} host
 * @property {string} sources the folder in which this compiler looks for the sources of the standard library
 * @property {string} [sysroot] only if this project built the standard library
 */

/** The environment for probing, which must not start a download: a rustup proxy could fetch a whole toolchain. */
const noInstall = { ...process.env, RUSTUP_AUTO_INSTALL: "0" };

/** @param {string} text @param {string} name */
const field = (text, name) => text.match(new RegExp(`^${name}: (.*)$`, "m"))?.[1] ?? "";

/** The minimum compiler version of Cargo.toml. @param {string} root */
function minimumVersion(root) {
  return readFileSync(join(root, "Cargo.toml"), "utf8").match(/^rust-version = "(.*)"/m)?.[1] ?? "1.85";
}

/** Every folder with a rustc: those on PATH, and cargo's own, which may not be on PATH yet. */
function compilerFolders() {
  const all = [...(process.env.PATH ?? "").split(delimiter), join(cargoHome, "bin"), "/usr/bin"];
  const real = all
    .filter((folder) => existsSync(join(folder, "rustc")))
    .map((folder) => realpathSync(folder));
  // Without our own wrappers, which may be on PATH: only the compiler that they call is inspected.
  return [...new Set(real)].filter((folder) => !folder.includes(join(basename(cache), "rust-")));
}

/**
 * @param {string} bin
 * @param {Need} need
 * @returns {Promise<{rust?: Rust, hasTarget: boolean, complete: boolean, why: string}>} `why` says
 *   why it cannot be used
 */
async function inspect(bin, { root, tests }) {
  const unusable = (/** @type {string} */ why) => ({ hasTarget: false, complete: false, why });
  const rustc = join(bin, "rustc");
  const [version, own, paths, cargo, clippy, rustfmt] = await Promise.all([
    probe(rustc, ["-vV"], noInstall),
    probe(rustc, ["--print", "sysroot"], noInstall),
    probe(rustc, ["--print", "target-libdir", "--target", target], noInstall),
    probe(join(bin, "cargo"), ["-V"], noInstall),
    tests ? probe(join(bin, "cargo-clippy"), ["-V"], noInstall) : undefined,
    tests ? probe(join(bin, "rustfmt"), ["-V"], noInstall) : undefined,
  ]);
  if (!version.ok) return unusable(`does not run: ${version.why}`);
  const release = field(version.out, "release");
  if (compareVersions(release, minimumVersion(root)) < 0)
    return unusable(`is ${release}, older than ${minimumVersion(root)}`);
  if (!cargo.ok) return unusable("has no cargo beside it");
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
  const missing = [
    !hasTarget && `the ${target} target`,
    !hasSources && "the sources of the standard library",
    !hasTools && "clippy or rustfmt",
  ].filter(Boolean);
  return { rust, hasTarget, complete, why: `lacks ${missing.join(" and ")}` };
}

/**
 * How to get the compiler. Making the plan installs nothing.
 * @typedef {object} Plan
 * @property {string[]} packages Debian packages to install first
 * @property {number} steps the number of steps that the two functions below report to `progress`
 * @property {(progress: Progress) => Promise<Rust>} compiler gets a compiler that can build tools for this machine
 * @property {(compiler: Rust, progress: Progress) => Promise<Rust>} withTarget adds the wasm32 target
 *
 * @param {Need} need
 * @returns {Promise<Plan>}
 */
export async function planRust(need) {
  const bins = compilerFolders();
  const found = await Promise.all(bins.map((bin) => inspect(bin, need)));
  const usable =
    found.find(({ hasTarget, complete }) => hasTarget && complete)?.rust ??
    found.flatMap(({ rust, complete }) => (rust && complete && builtSysroot(rust)) || [])[0];
  if (usable) return { packages: [], steps: 0, compiler: async () => usable, withTarget: async () => usable };

  const wanted = Object.fromEntries([
    ...[...debianRust, ...(need.tests ? debianRustForTests : [])].map((name) => [
      name,
      minimumVersion(need.root),
    ]),
    ["lld-19", ""],
  ]);
  const missing = isDebian ? await missingPackages(wanted) : wanted;
  const packages = Object.keys(missing);
  if (packages.length === 0 || (await canInstall(missing))) return planDebian(need, packages);
  const seen = found.map(({ why }, index) => `  ${join(bins[index] ?? "", "rustc")} ${why}\n`).join("");
  const rustup = bins.map((bin) => join(bin, "rustup")).find((path) => existsSync(path));
  const failure = (/** @type {string} */ rustupResult) =>
    new Failure(
      `There is no Rust compiler for ${target}, and none could be installed:\n${seen}` +
        `  Debian's packages: ${!isDebian ? "this is not Debian" : isRoot ? "not available" : "root is required"}\n` +
        `  rustup: ${rustupResult}\nRun one of these commands and start again:\n` +
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
        throw new Failure(
          `${debianRustc} ${why}. Are the Debian packages up to date? ${aptRemedy(packages)}`,
        );
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
 * @param {(rustupResult: string) => Failure} failure
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
  const key = createHash("sha256").update(`${SYSROOT_REVISION}\n${rust.version}`).digest("hex").slice(0, 12);
  return join(cache, `rust-${field(rust.version, "release")}-${key}`);
}

/** The same compiler with the library that an earlier run built for it, if there is one. @param {Rust} rust */
function builtSysroot(rust) {
  const sysroot = sysrootOf(rust);
  const bin = join(sysroot, "bin");
  if (!existsSync(join(sysroot, "lib", "rustlib", rust.host, "bin", "rust-lld"))) return undefined;
  return { ...rust, bin, rustc: join(bin, "rustc"), cargo: join(bin, "cargo"), sysroot };
}

/** The folders into which cargo unpacks crates: one per registry, with a name that depends on the registry's URL. */
export function registrySources() {
  const sources = join(cargoHome, "registry", "src");
  return existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : [];
}

/**
 * Builds the standard library for wasm32 from the compiler's own sources, once per compiler version.
 * @param {Rust} rust
 * @param {(line: string) => void} onLine
 */
async function buildSysroot(rust, onLine) {
  const sysroot = sysrootOf(rust);
  await cached(
    sysroot,
    (temporary) => fillSysroot(rust, sysroot, temporary, onLine),
    () => onLine("waiting for another set-up that is building it"),
  );
  const built = builtSysroot(rust);
  if (!built) throw new Error(`${sysroot} is not usable. Delete it and start again.`);
  return built;
}

/**
 * @param {Rust} rust
 * @param {string} sysroot the final path
 * @param {string} temporary the folder to fill
 * @param {(line: string) => void} onLine
 */
async function fillSysroot(rust, sysroot, temporary, onLine) {
  const work = join(temporary, "build");
  mkdirSync(join(work, "src"), { recursive: true });
  writeFileSync(join(work, "src", "lib.rs"), "");
  writeFileSync(join(work, "Cargo.toml"), '[package]\nname = "empty"\nedition = "2021"\n\n[workspace]\n');
  const build = ["-Zbuild-std=std,panic_abort,test", "--target", target, "--manifest-path"];
  const manifest = join(work, "Cargo.toml");
  /** @type {NodeJS.ProcessEnv} `RUSTC_BOOTSTRAP` makes the stable compiler accept the unstable option `-Zbuild-std`. */
  const env = {
    ...process.env,
    RUSTC: rust.rustc,
    RUSTC_BOOTSTRAP: "1",
    CARGO_TARGET_DIR: join(work, "target"),
  };
  const options = {
    ...{ cwd: work, env, onLine },
    remedy:
      "The standard library could not be built. The build needs a few crates and disk space: check that cargo " +
      "can reach its registry.",
  };
  await run(rust.cargo, ["fetch", ...build, manifest], options);
  // The paths that the official library contains. They keep this machine's paths out of the wasm, which is then the
  // same whichever library it was linked with.
  env.CARGO_ENCODED_RUSTFLAGS = [
    ...[rust.sources, realpathSync(rust.sources)].map(
      (sources) => `--remap-path-prefix=${sources}=/rustc/${field(rust.version, "commit-hash")}`,
    ),
    ...registrySources().map((folder) => `--remap-path-prefix=${folder}=/rust/deps`),
    // `lto = "fat"` needs the bitcode to optimise across the library.
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

  // The package's build compiles the standard library again, with its own options.
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
  // These two read the sysroot from the environment.
  for (const tool of ["cargo-clippy", "clippy-driver"]) {
    writeFileSync(join(bin, tool), `#!/bin/sh\nSYSROOT=${quoted} exec ${join(rust.bin, tool)} "$@"\n`);
    chmodSync(join(bin, tool), 0o755);
  }
  for (const tool of ["cargo", "cargo-fmt", "rustfmt"]) symlinkSync(join(rust.bin, tool), join(bin, tool));
}
