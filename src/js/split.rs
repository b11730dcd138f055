//! `splitTracker` as the facade calls it, once it knows that the tracker is valid but for its size.

use js_sys::{Array, JSON};
use wasm_bindgen::prelude::*;

use super::input::with_text;
use crate::split;

/// The trackers that the first `len` bytes of the input become; or the index of the phrase, -1 for the name, that
/// fits into none.
#[wasm_bindgen]
pub fn split_body(len: usize, max_body_bytes: usize) -> JsValue {
    match with_text(len, |body| split::split(body, max_body_bytes)) {
        Ok(bodies) => {
            let trackers = Array::new();
            for body in bodies {
                trackers.push(&JSON::parse(&body).unwrap_or_default());
            }
            trackers.into()
        }
        Err(too_long) => too_long.phrase.map_or(-1.0, |index| index as f64).into(),
    }
}
