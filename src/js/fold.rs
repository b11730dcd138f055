//! Folding by the engine's own Unicode tables, so that none are shipped.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "symbl-tracker")]
extern "C" {
    /// Folds the text of `length` bytes at `start` and returns the length of the result, which [`folded`] fetches.
    fn fold_text(start: *const u8, length: usize) -> usize;

    /// Writes the result of the last [`fold_text`] to `start`, which has room for it.
    fn folded(start: *mut u8);
}

/// The [`Fold`](crate::advice::Fold) of the engine that runs this.
pub fn fold(text: &str) -> String {
    let mut bytes = vec![0; fold_text(text.as_ptr(), text.len())];
    folded(bytes.as_mut_ptr());
    // `TextEncoder` writes well-formed UTF-8.
    String::from_utf8(bytes).unwrap_or_default()
}
