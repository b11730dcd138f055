// Coverage-guided fuzzing of the byte pass against its naive implementation: `node scripts/fuzz.mjs [seconds]`, 20 unless
// told otherwise. The folder is laid out for cargo-fuzz, but neither that nor a nightly compiler is needed: the
// instrumentation is LLVM's, and libFuzzer comes as a crate that a C++ compiler builds.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt, Failure, main, probe, run } from "./setup/child.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "fuzz");
const work = join(root, "target", "fuzz");

/** As cargo-fuzz passes them, without a sanitizer: the crate's one `unsafe` is in the bindings. */
const INSTRUMENTED = [
  "-Cpasses=sancov-module",
  ...["-level=4", "-inline-8bit-counters", "-pc-table", "-trace-compares"].map(
    (option) => `-Cllvm-args=-sanitizer-coverage${option}`,
  ),
  "-Ccodegen-units=1",
  "--cfg",
  "fuzzing",
];

/** The table of cases as first inputs: a byte that chooses the options, then the text. */
function writeSeeds() {
  const seeds = join(work, "seeds");
  rmSync(seeds, { recursive: true, force: true });
  mkdirSync(seeds, { recursive: true });
  const cases = JSON.parse(readFileSync(join(root, "tests", "cases.json"), "utf8"));
  for (const [index, { body, value, pad, options = {} }] of cases.entries()) {
    if (pad) continue;
    const choice = Number(options.for === "create") + 2 * Number(options.trackerId === "1");
    writeFileSync(join(seeds, `${index}`), `${String.fromCharCode(choice)}${body ?? JSON.stringify(value)}`);
  }
  return seeds;
}

/** Why this machine cannot fuzz, if it cannot. */
async function obstacle() {
  const compiler = process.env.CXX || "c++";
  if (!(await probe(compiler, ["--version"])).ok) return `a C++ compiler, and there is no ${compiler}`;
  const empty = join(work, "empty.rs");
  mkdirSync(work, { recursive: true });
  writeFileSync(empty, "");
  const trial = ["--crate-type=lib", "--emit=obj", "--out-dir", work, empty, ...INSTRUMENTED];
  if (!(await probe("rustc", trial)).ok) return "a rustc whose LLVM has SanitizerCoverage";
}

await main(async () => {
  const seconds = Number(process.argv[2] ?? 20);
  if (!(seconds > 0)) throw new Failure("How many seconds? node scripts/fuzz.mjs 600");
  const { out } = await attempt("rustc", ["-vV"]);
  const host = /^host: (.*)$/m.exec(out)?.[1];
  if (!host) throw new Failure("rustc does not run; `npm test` brings one.");
  const needed = await obstacle();
  if (needed) {
    console.log(`SKIPPED: fuzzing needs ${needed}`);
    return;
  }

  // A target is named so that build scripts are not instrumented as well.
  const cargo = ["build", "--release", "--locked", "--bin", "body", "--target", host, "--target-dir", work];
  await run("cargo", [...cargo, "--manifest-path", join(folder, "Cargo.toml")], {
    env: { ...process.env, CARGO_ENCODED_RUSTFLAGS: INSTRUMENTED.join("\x1f") },
    remedy:
      "If Cargo.toml was changed, this brings fuzz/Cargo.lock up to date: " +
      "cargo update --workspace --manifest-path fuzz/Cargo.toml",
  });

  const [corpus, artifacts] = [join(work, "corpus"), join(folder, "artifacts", "body")];
  for (const path of [corpus, artifacts]) mkdirSync(path, { recursive: true });
  const fuzzer = join(work, host, "release", "body");
  // What is found goes to the first folder; those after it are only read.
  const folders = [corpus, join(folder, "corpus", "body"), writeSeeds()];
  const options = [`-max_total_time=${seconds}`, "-max_len=1024", `-dict=${join(folder, "body.dict")}`];
  const { code, all } = await attempt(fuzzer, [...options, `-artifact_prefix=${artifacts}/`, ...folders]);
  const runs = /^Done (\d+) runs/m.exec(all)?.[1];
  if (code !== 0 || !runs) {
    const tail = all.trimEnd().split("\n").slice(-40).join("\n");
    throw new Failure(`${tail}\nThe input is in fuzz/artifacts/body; "${fuzzer} <file>" runs it again.`);
  }
  console.log(
    `fuzz: ${runs} runs of the byte pass as the naive implementation, seed ${/Seed: (\d+)/.exec(all)?.[1]}`,
  );
});
