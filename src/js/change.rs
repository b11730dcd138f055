//! What the last edit of a draft changed, kept until the facade has read it.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

use crate::draft::Change;

thread_local! {
    static CHANGED: RefCell<Vec<f64>> = const { RefCell::new(Vec::new()) };
    static TOUCHED: Cell<f64> = const { Cell::new(-1.0) };
}

/// The keys of the rows that the last edit changed.
#[wasm_bindgen]
pub fn changed_keys() -> *const f64 {
    CHANGED.with_borrow(|keys| keys.as_ptr())
}

/// The key of the row for a screen to show after the last edit; -1 where there is none.
#[wasm_bindgen]
pub fn touched_key() -> f64 {
    TOUCHED.get()
}

/// Keeps a change, and returns how many rows it changed.
pub fn keep(change: Change) -> i32 {
    TOUCHED.set(change.row.map_or(-1.0, |key| key as f64));
    CHANGED.with_borrow_mut(|keys| {
        keys.clear();
        keys.extend(change.changed.into_iter().map(|key| key as f64));
        keys.len() as i32
    })
}
