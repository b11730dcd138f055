#![doc = include_str!("../README.md")]

mod advice;
mod advise;
mod body;
mod draft;
mod issue;
#[cfg(target_arch = "wasm32")]
mod js;
mod json;
mod rules;
mod tracker;

pub use advice::near_duplicate::Fold;
#[cfg(not(target_arch = "wasm32"))]
pub use advice::near_duplicate::fold_unicode;
pub use advice::{Advice, AdviceReport};
pub use advise::advise;
pub use body::{MAX_BODY_BYTES, MAX_ISSUES, Operation, Options, Report, Validator, validate};
pub use draft::{Change, Draft, Key, MAX_UNDO};
pub use issue::{Issue, Path};
pub use json::JsonType;
pub use tracker::Tracker;
