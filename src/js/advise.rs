//! `adviseTracker` as the facade calls it.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::fold::fold;
use super::input::with_text;
use super::to_js;
use crate::advice::Advice;
use crate::advise::advise as advise_on;
use crate::body::Options;

thread_local! {
    static ADVICE: RefCell<Vec<Advice>> = const { RefCell::new(Vec::new()) };
}

/// Advises on the first `len` bytes of the input and says how much there is to say; [`advice`] has the first.
#[wasm_bindgen]
pub fn advise(len: usize, max_body_bytes: usize, max_advice: usize) -> usize {
    let options = Options { max_body_bytes, max_issues: max_advice, ..Options::default() };
    let report = with_text(len, |body| advise_on(body, &options, fold));
    ADVICE.set(report.advice);
    report.advice_count
}

/// The advice of the last [`advise`], as plain data.
#[wasm_bindgen]
pub fn advice() -> Result<JsValue, JsValue> {
    to_js(ADVICE.take().iter().map(Advice::data))
}
