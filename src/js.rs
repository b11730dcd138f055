//! The only code that knows JavaScript: exports, conversion, fetch, timers, locks.
//!
//! The facade in `pkg/src` is the only caller. It has read every option and run every line of the caller's
//! code before it comes here, so an import that could throw is declared `catch`: an exception that crossed
//! these frames would leak their stack.

mod input;
mod send;
mod validate;
