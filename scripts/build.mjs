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
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { declarationsOf, glueOf, SHORTEN } from "./glue.mjs";
import { inline } from "./inline.mjs";
import { pack } from "./pack.mjs";
import { replaced, withLock } from "./setup/cache.mjs";
import { Failure, main, run } from "./setup/child.mjs";
import { Progress } from "./setup/progress.mjs";
import { cargoHome, registrySources, target } from "./setup/rust.mjs";
import { root, setup } from "./setup.mjs";

/** Every engine that the package supports has SIMD; the tests compile with the same flag. */
export const wasmFlags = ["-C", "target-feature=+simd128"];

/** Compiled for size. Inlining even less than the compiler does for size saves another percent. */
const SMALL = ["-C", "opt-level=z", "-C", "llvm-args=-inline-threshold=10"];

/** Enables the marks `optimize(speed)`, and an optimisation of loops that the compiler leaves out for size. */
const LEVELS = ["--cfg", "levels", "-C", "llvm-args=-enable-loop-header-duplication"];

/**
 * The wasm modules of the package. Each has what one group of functions needs, so that an application's bundle contains
 * only those that it imports. Each is the crate with one cargo feature, compiled for size. The hot functions of
 * validation and drafts are compiled for speed. Merging and calls are rarely urgent: `small` leaves out code that only
 * makes things faster.
 *
 * @type {Record<string, string[]>}
 */
const MODULES = {
  validate: [...SMALL, ...LEVELS],
  draft: [...SMALL, ...LEVELS],
  merge: [...SMALL, "--cfg", "small"],
  call: [...SMALL, "--cfg", "small"],
};

/**
 * What wasm-opt does. The first kilobyte of memory is the far end of the stack, and no pointer but the stack's own leads
 * there, so offsets below 1,024 can be folded into loads. Functions with one caller stay functions: inlined, they are
 * larger when compressed and slower in their first run. Never `--all-features`: it makes modules that engines refuse.
 */
const OPTIMISE = [
  "-O3",
  "--low-memory-unused",
  "--one-caller-inline-max-function-size=0",
  "--strip-target-features",
];

/**
 * A panic traps at once, without composing a message that wasm has nowhere to print. The
 * standard library has to be compiled for it, which takes half a minute, once for each checkout. Both switches are
 * unstable; the compiler is not.
 */
const ABORT = ["-Zunstable-options", "-Cpanic=immediate-abort", "-Zlocation-detail=none"];
const buildStd = ["-Zbuild-std=std,panic_abort"];

const dist = join(root, "pkg", "dist");
const work = join(root, "target", "pkg");
const stamp = join(work, "stamp");
const npmBin = join(root, "node_modules", ".bin");

/** What pkg/dist is made of, besides the compiler. */
const inputs = [
  ...["Cargo.toml", "Cargo.lock", "src", "pkg/src", "pkg/tsconfig.json", "tsconfig.json"],
  ...[
    "package-lock.json",
    "scripts/build.mjs",
    "scripts/declarations.mjs",
    "scripts/glue.mjs",
    "scripts/inline.mjs",
    "scripts/pack.mjs",
    "scripts/streams.mjs",
    "scripts/unpack.wat",
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

/** The package shows the project's own README, changes and licence. */
function copyTexts() {
  for (const name of readdirSync(root)) {
    if (name === "README.md" || name === "CHANGELOG.md" || name.startsWith("LICENSE"))
      copyFileSync(join(root, name), join(root, "pkg", name));
  }
}

/**
 * The package's entries: modules in pkg/src that `exports` of pkg/package.json names.
 */
const ENTRIES = ["index", "editor/index", "editor/translations/ar", "editor/react", "editor/vue"];

/**
 * @param {string} folder becomes pkg/dist
 * @param {import("./setup.mjs").Toolchain} toolchain
 */
async function fill(folder, toolchain) {
  const names = Object.keys(MODULES);
  const progress = new Progress("build", names.length + 3);
  // tsc finds here what pkg/src imports from ./generated (rootDirs of pkg/tsconfig.json).
  const generated = join(work, "src", "wasm", "generated");
  mkdirSync(generated, { recursive: true });
  /** @type {{glue: string, wasm: Buffer}[]} */
  const modules = [];
  for (const name of names) {
    const module = await progress.step(`the module "${name}" (about 20 s when cold)`, (onLine) =>
      compile(name, toolchain, onLine),
    );
    modules.push(module);
    writeFileSync(join(generated, `${name}.d.ts`), module.declarations);
  }
  await progress.step("packing", async () => {
    const { texts, unpacker } = await pack(modules.map(({ wasm }) => wasm));
    const out = join(folder, "wasm", "generated");
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "unpacker.js"), unpacker);
    writeFileSync(
      join(generated, "unpacker.d.ts"),
      "export const TEXT: number;\n/** The bytes of a wasm. */\nexport const unpacker: () => number[];\n",
    );
    for (const [index, { glue, wasm }] of modules.entries()) {
      // For platforms that compile no bytes at run time (pkg/src/workerd.ts).
      writeFileSync(join(folder, "wasm", `${names[index]}.wasm`), wasm);
      writeFileSync(join(out, `${names[index]}.js`), `${glue}export const text = "${texts[index]}";\n`);
    }
  });
  await progress.step("the facade: tsc -p pkg", async () => {
    await run(join(npmBin, "tsc"), ["-p", join(root, "pkg"), "--outDir", folder], {
      cwd: root,
      remedy: "The facade (pkg/src) does not compile.",
    });
    nameSources(folder);
    // tsc does not copy declarations; the flattening reads them and leaves none behind.
    for (const name of readdirSync(generated)) {
      copyFileSync(join(generated, name), join(folder, "wasm", "generated", name));
    }
    // Its tools are there only after the set-up.
    const { flattenDeclarations } = await import("./declarations.mjs");
    await flattenDeclarations(folder, ENTRIES);
    await unpacksAgain(folder);
  });
  await progress.step("the editor's CSV library", () =>
    inline(join(folder, "editor", "import", "csv.js"), join(root, "node_modules", "papaparse", "LICENSE")),
  );
  compactStyles(join(folder, "editor", "styles.js"));
  for (const [index, { wasm }] of modules.entries())
    console.log(`build: ${names[index]}.wasm ${sizes(wasm)}`);
}

/**
 * Compares what the package unpacks with what was packed.
 * @param {string} folder
 */
async function unpacksAgain(folder) {
  const load = (/** @type {string} */ file) => import(pathToFileURL(join(folder, "wasm", file)).href);
  const { bytesOf } = await load("unpack.js");
  for (const name of Object.keys(MODULES)) {
    const { text } = await load(join("generated", `${name}.js`));
    if (!readFileSync(join(folder, "wasm", `${name}.wasm`)).equals(bytesOf(text)))
      throw new Failure(`What scripts/unpack.wat makes of the module "${name}" is not what was packed.`);
  }
}

/**
 * Removes insignificant spaces from the editor's style sheet, because bundlers do not minify CSS in strings. The number
 * of lines stays the same, so that the source map stays right.
 * @param {string} file
 */
function compactStyles(file) {
  const text = readFileSync(file, "utf8");
  const compact = text.replace(/`\n[^`]*`/g, (css) => {
    const lines = css.split("\n").length - 1;
    return `${css
      .replace(/\n */g, "")
      .replace(/ \{ ?/g, "{")
      .replace(/;? ?\}/g, "}")
      .replace(/([:;,]) /g, "$1")}${"\n".repeat(lines)}`;
  });
  writeFileSync(file, compact);
}

/**
 * Source maps name the sources where a checkout has them: tsc wrote them for the folder that it filled.
 * @param {string} folder
 */
function nameSources(folder) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".js.map")) continue;
    const file = join(folder, name);
    const map = JSON.parse(readFileSync(file, "utf8"));
    const source = join("src", name.replace(/\.js\.map$/, ".ts"));
    map.sources = [relative(dirname(name), join("..", source))];
    writeFileSync(file, JSON.stringify(map));
  }
}

/**
 * One wasm module with its glue.
 *
 * @param {string} name
 * @param {import("./setup.mjs").Toolchain} toolchain
 * @param {(line: string) => void} onLine
 */
async function compile(name, toolchain, onLine) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...toolchain.env, RUSTC_BOOTSTRAP: "1" };
  const options = { cwd: root, env, onLine };
  const lock = 'If Cargo.toml was changed, "cargo update --workspace" brings Cargo.lock up to date.';
  // Unpacks the crates, so that their folders are known below.
  await run(toolchain.cargo, ["fetch", "--locked", "--target", target, ...buildStd], {
    ...options,
    remedy: lock,
  });
  env.CARGO_ENCODED_RUSTFLAGS = [...wasmFlags, ...ABORT, ...anonymous(toolchain)].join("\x1f");
  const targetDir = join(root, "target");
  const features = ["--no-default-features", "--features", `js-${name}`];
  const cargo = [
    "rustc",
    "--release",
    "--locked",
    "--lib",
    "--crate-type",
    "cdylib",
    ...features,
    ...buildStd,
  ];
  // The last flag wins, and for this crate alone: the libraries below it are compiled once for all modules.
  const level = ["--", ...(MODULES[name] ?? [])];
  await run(toolchain.cargo, [...cargo, "--target", target, "--target-dir", targetDir, ...level], {
    ...options,
    remedy: "The crate does not compile; the compiler says above where.",
  });
  const crate = join(targetDir, target, "release", "symbl_tracker.wasm");
  await run(toolchain.wasmBindgen, [
    crate,
    ...["--target", "web", "--out-dir", work, "--out-name", name],
    // The bytes are inline: there is no default path to fetch them from.
    "--omit-default-module-path",
    "--remove-producers-section",
  ]);
  const optimised = join(work, `${name}.wasm`);
  const names = await run(join(npmBin, "wasm-opt"), [
    ...OPTIMISE,
    SHORTEN,
    join(work, `${name}_bg.wasm`),
    ...["-o", optimised],
  ]);
  const wasm = readFileSync(optimised);
  namesNoLocalPath(wasm, toolchain);
  return {
    wasm,
    glue: glueOf(readFileSync(join(work, `${name}.js`), "utf8"), names),
    declarations: declarationsOf(readFileSync(join(work, `${name}.d.ts`), "utf8")),
  };
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
