//! Texts for JavaScript: an export returns where the text starts, and [`text_length`] says how long it is.

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::*;

thread_local! {
    static LENGTH: Cell<usize> = const { Cell::new(0) };
    static TEXT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// The length in bytes of the text that the last export returned.
#[wasm_bindgen]
pub fn text_length() -> usize {
    LENGTH.get()
}

/// Returns a text that stays where it is until JavaScript has read it. Allocates nothing.
pub fn borrowed(text: &str) -> *const u8 {
    LENGTH.set(text.len());
    text.as_ptr()
}

/// Returns a text that is written for this call.
pub fn written(write: impl FnOnce(&mut String)) -> *const u8 {
    // The last text goes before this one is written: two long ones at once would leave holes in the memory.
    TEXT.take();
    let mut text = String::new();
    write(&mut text);
    kept(text)
}

#[inline(never)]
fn kept(text: String) -> *const u8 {
    let start = borrowed(&text);
    TEXT.set(text);
    start
}
