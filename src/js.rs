//! The only code that knows JavaScript: exports, conversion, fetch.
//!
//! The facade in `pkg/src` is the only caller. It has read every option and run every line of the caller's
//! code before it comes here, but for a `fetch` of the caller's own; so an import that could throw is declared
//! `catch`: an exception that crossed these frames would leak their stack. The facade also waits: promises,
//! timers and locks stay on its side, where a trap cannot lose them.

mod advise;
mod draft;
pub(crate) mod fold;
mod input;
mod send;
mod split;
mod validate;

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::body::{Operation, Options};
use crate::data::Data;

#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The rules' options as the facade passes them.
fn rules(create: bool, tracker_id: Option<String>, max_body_bytes: usize, max_issues: usize) -> Options {
    let operation = if create { Operation::Create } else { Operation::Update };
    Options { operation, tracker_id, max_body_bytes, max_issues }
}

/// As plain objects and arrays.
fn to_js<'a>(list: impl Iterator<Item = Data<'a>>) -> Result<JsValue, JsValue> {
    Ok(Data::List(list.collect()).serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
