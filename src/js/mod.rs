//! What JavaScript calls: the exports of the npm package's wasm modules, one cargo feature for each module.
//!
//! The facade in `pkg/src` is the only caller. It reads every option and runs all code of its own caller (getters,
//! `toJSON`, proxies) before it calls an export. Between the two pass numbers, and texts as UTF-8 in wasm memory:
//! [`input`] takes them, [`output`] gives them. Only a call to the API passes JavaScript values (`call`).
//!
//! Promises, timers and locks stay on JavaScript's side, where a trap cannot lose them.

mod input;
mod output;

#[cfg(feature = "js-draft")]
mod advise;
#[cfg(feature = "js-call")]
mod call;
#[cfg(feature = "js-draft")]
mod change;
#[cfg(feature = "js-draft")]
mod draft;
#[cfg(any(feature = "js-draft", feature = "js-merge"))]
mod fold;
#[cfg(feature = "js-merge")]
mod merge;
#[cfg(feature = "js-merge")]
mod split;
#[cfg(feature = "js-validate")]
mod validate;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
