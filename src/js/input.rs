//! The bytes that JavaScript hands over, written by `TextEncoder.encodeInto` straight into wasm memory:
//! wasm-bindgen's own string passing walks every character first.

use std::borrow::Cow;
use std::cell::RefCell;

use wasm_bindgen::prelude::*;

/// From how many bytes on a copy would cost more than another buffer. The facade knows the figure, too.
const GIVEN_AWAY: usize = 1 << 16;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Makes room for `bytes` and gives the place; what was there before stays where its start still fits.
#[wasm_bindgen]
pub fn reserve(bytes: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        if input.len() < bytes {
            input.resize(bytes, 0);
        }
        input.as_mut_ptr()
    })
}

/// How many bytes fit without another `reserve`.
#[wasm_bindgen]
pub fn capacity() -> usize {
    INPUT.with_borrow(Vec::len)
}

/// The memory that [`reserve`] speaks of.
#[wasm_bindgen]
pub fn input_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// The input, to be written to from its start as far as [`reserve`] has made room.
pub fn with_room<T>(work: impl FnOnce(&mut [u8]) -> T) -> T {
    INPUT.with_borrow_mut(|input| work(input))
}

/// The same as [`with_text`], but a long text is given away, buffer and all: then the facade asks for another.
pub fn with_long_text<T>(len: usize, work: impl FnOnce(Cow<'_, str>) -> T) -> T {
    if len < GIVEN_AWAY {
        return with_text(len, |text| work(text.into()));
    }
    let mut bytes = INPUT.take();
    bytes.truncate(len);
    // SAFETY: as at [`with_text`].
    #[allow(unsafe_code)]
    work(unsafe { String::from_utf8_unchecked(bytes) }.into())
}

/// The first `len` bytes as the text that they are.
pub fn with_text<T>(len: usize, work: impl FnOnce(&str) -> T) -> T {
    INPUT.with_borrow(|input| {
        let bytes = &input[..len];
        debug_assert!(std::str::from_utf8(bytes).is_ok());
        // SAFETY: the facade passes the count that `TextEncoder.encodeInto` says it wrote, and that writes
        // whole, well-formed UTF-8 sequences (WHATWG Encoding, section 6.4). Checking a megabyte again would
        // cost a fifth of the whole validation.
        #[allow(unsafe_code)]
        work(unsafe { std::str::from_utf8_unchecked(bytes) })
    })
}
