//! `splitTracker`, for a tracker that is valid except for its size.

use wasm_bindgen::prelude::*;

use super::input::with_text;
use super::output::written;
use crate::json::write_number;
use crate::split;

/// Splits the tracker in the first `length` bytes of the input. Returns the parts as a JSON array; or, as a JSON number,
/// the index of a phrase that does not fit into any, -1 for the name.
#[wasm_bindgen]
pub fn split_body(length: usize, max_body_bytes: usize) -> *const u8 {
    let parts = with_text(length, |body| split::split(body, max_body_bytes));
    written(|json| match parts {
        Ok(bodies) => {
            json.push('[');
            json.push_str(&bodies.join(","));
            json.push(']');
        }
        Err(too_long) => match too_long.phrase {
            Some(index) => write_number(index, json),
            None => json.push_str("-1"),
        },
    })
}
