/**
 * Lets a panic trap at once instead of first composing a message that nobody gets: wasm32-unknown-unknown has
 * nowhere to print it. The words, the formatting of numbers and the panic hook behind them are then linked for
 * nothing, and `wasm-opt` drops them with all that leads there. What a caller sees is the same,
 * `RuntimeError: unreachable`. The compiler's own switch for it (`-Cpanic=immediate-abort`) needs a nightly one.
 */
/** Functions of Rust's libraries that never return, as either of its two manglings names them. */
const PANICS = [
  /^core::panicking::\w+$/,
  /^core::(option|result)::(unwrap|expect)_failed$/,
  /^core::cell::panic_already_\w+$/,
  /^core::(slice::index|str)::slice_\w*fail\w*$/,
  /^<?alloc::vec::Vec<.*>>?::\w+::assert_failed$/,
  /^alloc::raw_vec::(handle_error|capacity_overflow)$/,
  /^alloc::alloc::handle_alloc_error$/,
  /^std::thread::local::panic_access_error$/,
  /rust_begin_unwind$/,
];

/** Without these the names are not what they were when this was written. */
const CERTAIN = ["core::panicking::panic_fmt", "core::panicking::panic_bounds_check"];

/** What composes the messages. */
const FORMATTING = [
  /^core::fmt::write$/,
  /^<?core::fmt::Formatter>?::pad/,
  /^alloc::fmt::format/,
  /^<&?[iu](\d+|size) as core::fmt::\w+>::fmt$/,
  /^core::fmt::num::imp::<impl core::fmt::\w+ for [iu](\d+|size)>::fmt$/,
];

/** What runs only while something is formatted, or after a panic. */
const BEHIND = [/ as core::fmt::\w+>::/, /<impl core::fmt::\w+ for /, /^<?core::fmt::/, /\bstd::panicking::/];

/** @param {string} name @param {RegExp[]} patterns */
const isAny = (name, patterns) => patterns.some((pattern) => pattern.test(name));

/**
 * @param {Uint8Array} wasm with its names, as `wasm-bindgen` leaves it
 * @returns {Promise<Uint8Array>} without, to be optimised
 */
export async function trapAtPanics(wasm) {
  // Not before it is called: the set-up may have to bring it first.
  const { default: binaryen } = await import("binaryen");
  // Its own types have this elsewhere.
  const { setBody } = /** @type {typeof binaryen.Module.prototype} */ (/** @type {unknown} */ (binaryen))
    .Function;
  const module = binaryen.readBinary(wasm);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => {
    const func = module.getFunctionByIndex(index);
    return { func, name: plain(binaryen.getFunctionInfo(func).name) };
  });
  /** @param {RegExp[]} patterns */
  const trap = (patterns) => {
    for (const { func, name } of functions) {
      if (isAny(name, patterns)) setBody(func, module.unreachable());
    }
  };
  const missing = CERTAIN.filter((name) => !functions.some((one) => one.name === name));
  if (missing.length > 0) {
    console.log(
      `build: the wasm is larger than need be, as it has no ${missing.join(", no ")}: see scripts/panics.mjs`,
    );
    module.dispose();
    return wasm;
  }
  trap(PANICS);
  const user = firstCaller(module.emitText(), FORMATTING, [...PANICS, ...FORMATTING, ...BEHIND]);
  if (user) console.log(`build: core::fmt, several kB, is linked for ${user}`);
  else trap(FORMATTING);
  const trapping = module.emitBinary();
  module.dispose();
  return trapping;
}

/** The first function that calls one of `callees` and is none of `others`. @param {string} text
 * @param {RegExp[]} callees @param {RegExp[]} others */
function firstCaller(text, callees, others) {
  let caller = "";
  for (const [, definition, called] of text.matchAll(/^ \(func \$(".*?"|\S+)|call \$(".*?"|[^\s)]+)/gm)) {
    if (definition) caller = plain(definition);
    else if (called && isAny(plain(called), callees) && !isAny(caller, others)) return caller;
  }
}

/** A Rust name without the hashes in it. @param {string} name */
function plain(name) {
  return name
    .replace(/^"|"$/g, "")
    .replace(/\\([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\[[0-9a-f]+\]/g, "")
    .replace(/::h[0-9a-f]{16}$/, "");
}
