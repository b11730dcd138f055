//! The only code that knows JavaScript: exports, conversion, fetch, timers, locks.
