//! `adviseTracker`: returns the count first, so that advice is written only if there is any.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::fold::fold;
use super::input::with_text;
use super::output::written;
use crate::advice::Advice;
use crate::draft;
use crate::fields::write_json;
use crate::validate::Options;

thread_local! {
    static ADVICE: RefCell<Vec<Advice>> = const { RefCell::new(Vec::new()) };
}

/// Advises on the first `length` bytes of the input and returns how much advice there is; [`advice`] lists the first.
#[wasm_bindgen]
pub fn advise(length: usize, max_body_bytes: usize, max_advice: usize) -> usize {
    let options = Options { max_body_bytes, max_issues: max_advice, ..Options::default() };
    let report = with_text(length, |body| draft::advise(body, &options, fold));
    ADVICE.set(report.advice);
    report.advice_count
}

/// The advice of the last [`advise`], as a JSON array.
#[wasm_bindgen]
pub fn advice() -> *const u8 {
    written(|json| write_json(&ADVICE.take(), json))
}
