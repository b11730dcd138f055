//! Texts from JavaScript, written by `TextEncoder.encodeInto` straight into wasm memory: wasm-bindgen's own way of
//! passing a string walks every character first.

use std::borrow::Cow;
use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// From this length in bytes on, a text is handed over together with its buffer: copying it would cost more than
/// allocating the next buffer. `pkg/src/draft/handle.ts` has the same constant, and a test compares the two.
pub const HANDED_OVER_BYTES: usize = 1 << 16;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for `bytes` and returns where the input starts. Its content stays.
#[wasm_bindgen]
pub fn reserve(bytes: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        if input.len() < bytes {
            input.resize(bytes, 0);
        }
        input.as_mut_ptr()
    })
}

/// How many bytes fit without another [`reserve`].
#[wasm_bindgen]
pub fn capacity() -> usize {
    INPUT.with_borrow(Vec::len)
}

/// The input as memory to write to.
pub fn with_room<T>(work: impl FnOnce(&mut [u8]) -> T) -> T {
    INPUT.with_borrow_mut(|input| work(input))
}

/// The first `length` bytes of the input, as the text that they are. From [`HANDED_OVER_BYTES`] on the text owns the
/// buffer, and JavaScript has to ask for another.
pub fn with_long_text<T>(length: usize, work: impl FnOnce(Cow<'_, str>) -> T) -> T {
    if length < HANDED_OVER_BYTES {
        return with_text(length, |text| work(text.into()));
    }
    let mut bytes = INPUT.take();
    bytes.truncate(length);
    // SAFETY: as in `with_text`.
    #[allow(unsafe_code)]
    work(unsafe { String::from_utf8_unchecked(bytes) }.into())
}

/// The first `length` bytes of the input, as the text that they are.
pub fn with_text<T>(length: usize, work: impl FnOnce(&str) -> T) -> T {
    INPUT.with_borrow(|input| {
        let bytes = &input[..length];
        debug_assert!(std::str::from_utf8(bytes).is_ok());
        // SAFETY: the facade passes the count that `TextEncoder.encodeInto` says it wrote, and that method writes
        // whole, well-formed UTF-8 sequences (WHATWG Encoding, section 6.4). Checking a megabyte again would cost a
        // fifth of the whole validation.
        #[allow(unsafe_code)]
        work(unsafe { std::str::from_utf8_unchecked(bytes) })
    })
}
